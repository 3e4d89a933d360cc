#!/bin/sh
# The official Python SDK against wan-sandbox: what it makes of the sandbox's replies is what it makes of the service's.
set -eu

# The newest of both lines. The classes of 1.x are in 2.x too.
versions='1.27.8 2.0.2'

usage() {
    cat <<END
Usage: sh tests/sdk/run.sh [--sandbox PROGRAM]

Installs the official Python SDK (PyPI: dashscope, versions $versions) in build/sdk, starts wan-sandbox, and lets every client of
the SDK make videos with it, from submit to the downloaded file. Prints one line for each case. Nothing is sent to a provider.

  --sandbox PROGRAM  that wan-sandbox; else it is built in build/dev

Needs python3 with venv, access to PyPI at the first run, and ffmpeg.

Exit codes: 0 all cases passed; 1 not so; 2 usage.
END
}

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
program=
while [ $# -gt 0 ]; do
    case "$1" in
        --help | -h) usage; exit 0 ;;
        --sandbox) [ $# -ge 2 ] || { usage >&2; exit 2; }; program=$2; shift 2 ;;
        *) usage >&2; exit 2 ;;
    esac
done

work=$(mktemp -d)
sandbox=
finish() {
    code=$?
    trap - EXIT
    if [ -n "$sandbox" ]; then
        kill "$sandbox" 2>/dev/null || true
        wait "$sandbox" || true
    fi
    # What it said is of interest where something failed.
    [ $code -eq 0 ] || [ ! -s "$work/sandbox.err" ] || { echo "== The sandbox's log, its end"; tail -n 30 "$work/sandbox.err"; } >&2
    rm -rf "$work"
    exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if [ -z "$program" ]; then
    cmake --preset dev -S "$root" || exit 1
    cmake --build "$root/build/dev" --target wan-sandbox || exit 1
    program=$root/build/dev/examples/wan-sandbox
fi

for version in $versions; do
    folder=$root/build/sdk/$version
    # Marked when complete: a run that was interrupted does not leave half of one.
    [ -f "$folder/installed" ] && continue
    echo "Installing dashscope $version in build/sdk ..."
    rm -rf "$folder"
    python3 -m venv "$folder"
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-compile "dashscope==$version"
    touch "$folder/installed"
done

"$program" --port 0 --pace 300 --assets "$root/examples/frames" >"$work/sandbox.out" 2>"$work/sandbox.err" &
sandbox=$!
url=
for _ in $(seq 100); do
    url=$(sed -n 's/^listening on //p' "$work/sandbox.out")
    [ -z "$url" ] || break
    kill -0 "$sandbox" 2>/dev/null || { cat "$work/sandbox.err" >&2; exit 1; }
    sleep 0.1
done
[ -n "$url" ] || { echo "tests/sdk/run.sh: the sandbox does not start" >&2; exit 1; }

running=
for version in $versions; do
    "$root/build/sdk/$version/bin/python" "$root/tests/sdk/videos.py" "$url" >"$work/$version.out" 2>"$work/$version.err" &
    running="$running $!"
done
result=0
for one in $running; do wait "$one" || result=1; done
for version in $versions; do
    cat "$work/$version.out"
    # Where all went well it has nothing but the SDK's own complaints, of sessions that it does not close.
    [ $result -eq 0 ] || cat "$work/$version.err" >&2
done
exit $result
