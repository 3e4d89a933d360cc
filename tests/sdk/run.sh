#!/bin/sh
# SDKs that others wrote against wan-sandbox: what they make of its replies is what they make of the service's.
set -eu

# The newest of both lines. The classes of 1.x are in 2.x too.
versions='1.27.8 2.0.2'
# Vercel's AI SDK: the newest that run with the Node.js of Debian 12.
ai='ai@6.0.326 @ai-sdk/alibaba@1.0.61'

usage() {
    cat <<END
Usage: sh tests/sdk/run.sh [--programs FOLDER]

Installs the official Python SDK (PyPI: dashscope, versions $versions) and Vercel's AI SDK (npm: $ai) in
build/sdk, starts wan-sandbox, and makes videos with every client of these SDKs, from submit to the downloaded
file. Then compares the bodies that the Python SDK sends with the output of \`wan JOB --dry-run\`. Prints one
line per case. Nothing is sent to a provider.

  --programs FOLDER  folder of wan and wan-sandbox (default: build them in build/dev)

Requires python3 with venv, npm and ffmpeg, and access to PyPI and the npm registry for the first run.

Exit codes: 0 all cases passed; 1 a case failed; 2 wrong usage.
END
}

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
programs=
while [ $# -gt 0 ]; do
    case "$1" in
        --help | -h) usage; exit 0 ;;
        --programs) [ $# -ge 2 ] || { usage >&2; exit 2; }; programs=$2; shift 2 ;;
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
    [ $code -eq 0 ] || [ ! -s "$work/sandbox.err" ] || { echo "== The last 30 lines of the sandbox's log"; tail -n 30 "$work/sandbox.err"; } >&2
    rm -rf "$work"
    exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if [ -z "$programs" ]; then
    cmake --preset dev -S "$root" || exit 1
    cmake --build "$root/build/dev" --target wan wan-sandbox || exit 1
    programs=$root/build/dev/examples
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
npm=$root/build/sdk/npm
if [ ! -f "$npm/installed" ]; then
    echo "Installing $ai in build/sdk ..."
    rm -rf "$npm"
    mkdir -p "$npm"
    # shellcheck disable=SC2086
    npm install --prefix "$npm" --no-audit --no-fund --loglevel=error $ai
    touch "$npm/installed"
fi

: >"$work/sandbox.out"
"$programs/wan-sandbox" --port 0 --pace 300 --assets "$root/examples/frames" >"$work/sandbox.out" 2>"$work/sandbox.err" &
sandbox=$!
url=
for _ in $(seq 100); do
    url=$(sed -n 's/^listening on //p' "$work/sandbox.out")
    [ -z "$url" ] || break
    kill -0 "$sandbox" 2>/dev/null || { cat "$work/sandbox.err" >&2; exit 1; }
    sleep 0.1
done
[ -n "$url" ] || { echo "tests/sdk/run.sh: the sandbox did not start within 10 s" >&2; exit 1; }

running=
names=
start() { # NAME COMMAND...
    name=$1
    shift
    "$@" >"$work/$name.out" 2>"$work/$name.err" &
    running="$running $!"
    names="$names $name"
}
for version in $versions; do
    python=$root/build/sdk/$version/bin/python
    start "videos-$version" "$python" "$root/tests/sdk/videos.py" "$url"
    DASHSCOPE_API_KEY=sk-sdk-test start "bodies-$version" "$python" "$root/tests/sdk/bodies.py" "$programs/wan"
done
start ai node "$root/tests/sdk/videos.mjs" "$url" "$npm"
result=0
for one in $running; do wait "$one" || result=1; done
for name in $names; do
    cat "$work/$name.out"
    # Where all went well it has nothing but the SDK's own complaints, of sessions that it does not close.
    [ $result -eq 0 ] || cat "$work/$name.err" >&2
done
exit $result
