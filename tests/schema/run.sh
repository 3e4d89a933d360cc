#!/bin/sh
# JSON Schemas against validation, by a validator that others wrote.
set -eu

version=4.23.0

usage() {
    cat <<END
Usage: sh tests/schema/run.sh [--requests N] [--judge PROGRAM]

Installs jsonschema $version (PyPI) in build/schema and checks that the library's JSON Schemas and its
validation accept the same requests: N generated requests (default 10000) over all jobs and models.

  --judge PROGRAM  path of wan-schema-judge (default: build it in build/dev)

Requires python3 with venv, and access to PyPI for the first run.

Exit codes: 0 no difference; 1 differences, or the build failed; 2 wrong usage.
END
}

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
requests=10000
judge=
while [ $# -gt 0 ]; do
    case "$1" in
        --help | -h) usage; exit 0 ;;
        --requests) [ $# -ge 2 ] || { usage >&2; exit 2; }; requests=$2; shift 2 ;;
        --judge) [ $# -ge 2 ] || { usage >&2; exit 2; }; judge=$2; shift 2 ;;
        *) usage >&2; exit 2 ;;
    esac
done

if [ -z "$judge" ]; then
    cmake --preset dev -S "$root" || exit 1
    cmake --build "$root/build/dev" --target wan-schema-judge || exit 1
    judge=$root/build/dev/tests/wan-schema-judge
fi
folder=$root/build/schema
if [ ! -f "$folder/installed" ]; then
    echo "Installing jsonschema $version in build/schema ..."
    rm -rf "$folder"
    python3 -m venv "$folder"
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-compile "jsonschema==$version"
    touch "$folder/installed"
fi
exec "$folder/bin/python" "$root/tests/schema/check.py" --requests "$requests" "$judge"
