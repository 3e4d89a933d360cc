#!/usr/bin/env python3
"""Applies the blocks of docs/add-a-job.md to a copy of the headers, counts the changed files, and compiles and
runs a program that uses the new job and the new field.

Usage: add_a_job.py --compiler CXX --work FOLDER [COMPILER_OPTION...]
"""

import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "add-a-job.md"
MOST_FILES = {"A job": 6, "A field": 3}

# "In `FILE`, before `ANCHOR`:", or "A new file, `FILE`.", and the next block
STEP = re.compile(r"(?:In\s+`(?P<file>[^`]+)`,\s+before\s+`(?P<anchor>[^`]+)`:|A new file, `(?P<new>[^`]+)`\.).*?```c\+\+\n(?P<block>.*?)```", re.S)


def insert_before(text, anchor, block, where):
    pattern = r"\s+".join(re.escape(word) for word in anchor.split())
    places = list(re.finditer(pattern, text))
    if len(places) != 1:
        sys.exit(f"{where}: `{anchor}` occurs {len(places)} times, expected once; update docs/add-a-job.md")
    at = places[0].start()
    return text[:at] + block + text[at:]


def apply(section, include):
    changed = set()
    for step in STEP.finditer(section):
        name = step["new"] or step["file"]
        path = include / name
        changed.add(name)
        if step["new"]:
            path.write_text(step["block"], encoding="utf-8")
        elif not path.is_file():
            sys.exit(f"{PAGE}: {name} does not exist")
        else:
            path.write_text(insert_before(path.read_text(encoding="utf-8"), step["anchor"], step["block"], name), encoding="utf-8")
    return changed


def run(command):
    print("+", " ".join(map(str, command)), flush=True)
    if subprocess.run(command).returncode != 0:
        sys.exit("the command failed")


def main():
    arguments = sys.argv[1:]
    if len(arguments) < 4 or arguments[0] != "--compiler" or arguments[2] != "--work":
        sys.exit(__doc__)
    compiler, work, options = arguments[1], pathlib.Path(arguments[3]), arguments[4:]
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(ROOT / "include", work / "include")

    page = PAGE.read_text(encoding="utf-8")
    blocks = page.count("```c++\n")
    steps = 0
    failed = False
    for title, most in MOST_FILES.items():
        section = page.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
        steps += len(STEP.findall(section))
        changed = apply(section, work / "include")
        print(f"{title}: {len(changed)} files of the library ({', '.join(sorted(changed))}), at most {most}")
        failed = failed or not changed or len(changed) > most
    if steps != blocks:
        sys.exit(f"{PAGE}: {blocks} blocks, but only {steps} name their file and position")
    if failed:
        sys.exit("too many changed files, or none")

    # The module exports the job without a line of its own.
    (work / "tests" / "matrix").mkdir(parents=True)
    names = shutil.copy(ROOT / "tests" / "matrix" / "module_names.py", work / "tests" / "matrix")
    run([sys.executable, names, "--check"])

    program = work / "program"
    run([compiler, "-std=c++20", "-O0", "-w", "-I", work / "include", *options, pathlib.Path(__file__).with_name("program.cpp"), "-o", program])
    run([program])


main()
