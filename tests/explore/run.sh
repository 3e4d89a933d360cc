#!/bin/sh
# Drives the real task through every sequence of what its environment may do.
set -eu

usage() {
    cat <<'END'
Usage: sh tests/run.sh --explore [--faults K] [OPTION]...
       sh tests/run.sh --explore --fleet [OPTION]...

Builds wan-explore in build/explore, optimized, and runs it with these options: every path with at most K
faults (default 2), which takes a minute or two; each additional fault takes about fifteen times as long.
Without options, then runs wan-explore-fleet, which explores two workers that share a database.

  --options  print all options of wan-explore
  --fleet    instead: run wan-explore-fleet with these options (--explore --fleet --help)

Installs Debian packages that are missing (as root or with sudo).

Exit codes: 0 all invariants hold and every transition was taken; 1 otherwise, also if the build failed;
2 wrong usage.
END
}

programs="wan-explore"
[ $# -gt 0 ] || programs="wan-explore wan-explore-fleet"
case "${1-}" in
    --help | -h) usage; exit 0 ;;
    --options) shift; set -- --help ;;
    --fleet) shift; programs="wan-explore-fleet" ;;
esac

cd "$(dirname -- "$0")/../.."
. examples/install.sh

# Lists of words, as is the list of programs.
install_packages $build_packages $tests_packages || exit 1
need_programs c++ cmake ninja || exit 1
cmake --preset dev -B build/explore -DWAN_EXAMPLES=OFF || exit 1
cmake --build build/explore --target $programs || exit 1
for program in $programs; do
    build/explore/tests/$program "$@"
done
