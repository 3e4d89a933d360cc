#!/bin/sh
# From nothing to tested: installs what is missing, builds, and runs all tests.
set -eu

usage() {
    cat <<'END'
Usage: sh tests/run.sh [--preset NAME]
       sh tests/run.sh --packaging
       sh tests/run.sh --sdk
       sh tests/run.sh --schema
       sh tests/run.sh --explore [--faults K] [OPTION]...
       sh tests/run.sh --matrix [OPTION]...
       sh tests/run.sh --fuzz SECONDS
       sh tests/run.sh --fuzz-coverage
       sh tests/run.sh --coverage [OPTION]...

Builds the library's tests and examples in build/NAME and runs all tests.

  --preset NAME  dev (default: g++, debug), clang, or sanitize (clang, ASan and UBSan)
  --packaging    instead: install the library in every way of docs/install.md, with a small program each
  --sdk          instead: test wan-sandbox with third-party SDKs (tests/sdk/run.sh)
  --schema       instead: compare the JSON Schemas of requests with validation (tests/schema/run.sh)
  --explore      instead: explore all sequences of responses and events, at most K faults (--explore --help)
  --matrix       instead: test compilers, Boost versions, standards, platforms, modules (--matrix --help)
  --fuzz SECONDS instead: replay the fuzzers' corpus, then fuzz for SECONDS in all (tests/fuzz/run.sh)
  --fuzz-coverage
                 instead: measure how many lines of the parsers the corpus covers
  --coverage     instead: measure how many lines and branches of the library the unit tests cover (--coverage --help)

Installs Debian packages that are missing (as root or with sudo).

Exit codes: 0 all tests passed; 1 the build failed; 2 wrong usage; otherwise from ctest (8: tests failed).
END
}

case "${1-}" in
    --matrix) shift; exec sh "$(dirname -- "$0")/matrix/run.sh" "$@" ;;
    --explore) shift; exec sh "$(dirname -- "$0")/explore/run.sh" "$@" ;;
    --fuzz) shift; exec sh "$(dirname -- "$0")/fuzz/run.sh" --fuzz "$@" ;;
    --coverage) shift; exec sh "$(dirname -- "$0")/coverage/run.sh" "$@" ;;
    --fuzz-coverage) shift; exec sh "$(dirname -- "$0")/fuzz/run.sh" --coverage "$@" ;;
esac

preset=dev
packaging=no
sdk=no
schema=no
while [ $# -gt 0 ]; do
    case "$1" in
        --help | -h) usage; exit 0 ;;
        --preset) [ $# -ge 2 ] || { usage >&2; exit 2; }; preset=$2; shift 2 ;;
        --packaging) packaging=yes; shift ;;
        --sdk) sdk=yes; shift ;;
        --schema) schema=yes; shift ;;
        --preset=*) preset=${1#*=}; shift ;;
        *) usage >&2; exit 2 ;;
    esac
done

cd "$(dirname -- "$0")/.."
. examples/install.sh

say() { printf '\n== %s\n' "$1"; }

if [ $packaging = yes ]; then
    say "Packages"
    # Lists of words.
    install_packages $build_packages $packaging_packages || exit 1
    say "Packaging"
    exec sh tests/packaging/run.sh --all
fi

if [ $sdk = yes ]; then
    say "Packages"
    # Lists of words. The SDKs come from PyPI and from the registry of npm.
    install_packages $build_packages $examples_packages python3-venv nodejs npm || exit 1
    need_programs c++ cmake ninja ffmpeg ffprobe python3 || exit 1
    say "SDK"
    exec sh tests/sdk/run.sh
fi

if [ $schema = yes ]; then
    say "Packages"
    # A list of words. The validator comes from PyPI.
    install_packages $build_packages python3-venv || exit 1
    need_programs c++ cmake ninja python3 || exit 1
    say "Schema"
    exec sh tests/schema/run.sh
fi

compiler=
case "$preset" in clang | sanitize) compiler=clang ;; esac

say "Packages"
# Lists of words.
install_packages $build_packages $examples_packages $tests_packages $compiler || exit 1
need_programs c++ cmake ctest ninja ffmpeg ffprobe convert identify cwebp webpmux $compiler || exit 1
echo "All required packages are installed."

if ! ctest --list-presets | grep -q "^ *\"$preset\""; then
    echo "Unknown preset $preset. The presets with tests are:" >&2
    ctest --list-presets >&2
    exit 2
fi

say "Build (build/$preset)"
cmake --preset "$preset" || exit 1
cmake --build --preset "$preset" || exit 1

say "Tests"
ctest --preset "$preset"
