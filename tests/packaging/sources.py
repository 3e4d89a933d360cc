#!/usr/bin/env python3
"""Lists source files for Meson, which has no glob; and finds out whether a list has grown stale.

sources.py FOLDER PATTERN              prints the files that match, relative to FOLDER, one per line
sources.py FOLDER PATTERN --same FILE...   exits with 1 if these files are not all that match now
"""

import pathlib
import sys


def main():
    folder, pattern, *rest = sys.argv[1:]
    found = sorted(file.relative_to(folder).as_posix() for file in pathlib.Path(folder).glob(pattern))
    if not found:
        sys.exit(f"{folder} contains no {pattern}")
    if not rest:
        print("\n".join(found))
        return
    built = set(rest[1:])
    if built != set(found):
        sys.exit(f"{folder}/{pattern}: added or removed since the build was set up: {sorted(built ^ set(found))}; run meson setup --reconfigure")


main()
