#!/bin/sh
# Calls a live service with the user's own key. Never run by tests/run.sh or .ci/run: it costs money.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)

# Built quietly, unless it does not build: what counts is what the program says.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { cmake --preset dev -S "$root" && cmake --build "$root/build/dev" --target wan-live; } >"$log" 2>&1; then
    cat "$log" >&2
    echo "tests/live.sh: could not build wan-live; run sh tests/run.sh once to install the required packages" >&2
    exit 2
fi
"$root/build/dev/tests/wan-live" "$@"
