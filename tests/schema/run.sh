#!/bin/sh
# JSON Schemas against validation, by a validator that others wrote.
set -eu

version=4.23.0

usage() {
    cat <<END
Usage: sh tests/schema/run.sh [--requests N] [--judge PROGRAM]

Installs jsonschema $version (PyPI) in build/schema, and holds the schemas that the library writes against its own validation: what one
accepts the other accepts, for N generated requests (default 10000) of every job and model.

  --judge PROGRAM  that wan-schema-judge; else it is built in build/dev

Needs python3 with venv, and access to PyPI at the first run. Exit codes: 0 they agree; 1 not so; 2 usage.
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
