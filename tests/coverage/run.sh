#!/bin/sh
# Counts the lines and branches of the library that the unit tests cover.
set -eu

usage() {
    cat <<'END'
Usage: sh tests/coverage/run.sh [--files] [--show FILE]
       sh tests/coverage/run.sh --lines-of PROGRAM PROFILE

Builds the unit tests with Clang, without exceptions and RTTI, in build/coverage, runs them, and prints how many
lines and branches of include/wan they cover. The tables of models are left out: the compiler evaluates them.

  --files      also print each file that is not covered as a whole
  --show FILE  print FILE, such as include/wan/task/impl/task.ipp, with the uncovered lines and branches marked,
               from the last run
  --lines-of PROGRAM PROFILE
               build and run nothing; print how many lines an earlier run of PROGRAM covered, which was compiled with
               -fprofile-instr-generate -fcoverage-mapping and wrote PROFILE, a .profraw file

Installs Debian packages that are missing (as root or with sudo).

Exit codes: 0 at least 98 % of the lines and 92 % of the branches are covered, or --lines-of has printed them; 1 fewer
are, a test or the build failed, or there is no such profile; 2 wrong usage.
END
}

files=no
show=
measured=
while [ $# -gt 0 ]; do
    case "$1" in
        --help | -h) usage; exit 0 ;;
        --files) files=yes; shift ;;
        --show) [ $# -ge 2 ] || { usage >&2; exit 2; }; show=$2; shift 2 ;;
        --lines-of) [ $# -ge 3 ] || { usage >&2; exit 2; }; measured=$2; profile=$3; shift 3 ;;
        *) usage >&2; exit 2 ;;
    esac
done

cd "$(dirname -- "$0")/../.."
. examples/install.sh

say() { printf '\n== %s\n' "$1"; }

# The compiler evaluates them: nothing of them is left to be run.
tables='model/(dashscope_models|gateway_models|detail/[a-z0-9_]*_limits)\.hpp'

# report PROGRAM PROFILE: prints the columns file, functions and those not reached with their percentage, the same of lines and
# of branches.
report() {
    llvm-profdata merge -o "$2.profdata" "$2.profraw" &&
        llvm-cov report "$1" -instr-profile="$2.profdata" -show-region-summary=false -ignore-filename-regex="$tables" include/wan
}

if [ -n "$measured" ]; then
    profile=${profile%.profraw}
    report "$measured" "$profile" >"$profile.txt" || exit 1
    awk '$1 == "TOTAL" {
        printf "%d of %d lines of include/wan are covered, %.1f %%\n", $5 - $6, $5, 100 * ($5 - $6) / $5
        found = 1
    }
    END { exit !found }' "$profile.txt"
    exit
fi

tests=build/coverage/tests/wan-unit-tests-no-exceptions
profile=build/coverage/unit
if [ -n "$show" ]; then
    [ -f "$profile.profdata" ] || { echo "There is no earlier run; leave out --show." >&2; exit 2; }
    exec llvm-cov show "$tests" -instr-profile="$profile.profdata" -show-branches=count "$show"
fi

say "Packages"
# Lists of words.
install_packages $build_packages doctest-dev $fuzz_packages || exit 1
need_programs clang++ cmake ninja llvm-cov llvm-profdata || exit 1
echo "All required packages are installed."

say "Build (build/coverage)"
cmake --preset coverage || exit 1
cmake --build --preset coverage --target wan-unit-tests-no-exceptions || exit 1

say "Tests"
LLVM_PROFILE_FILE=$profile.profraw "$tests" || exit 1

say "Coverage of include/wan by the unit tests"
report "$tests" "$profile" >"$profile.txt" || exit 1
awk -v files=$files '
    $1 ~ /\.(hpp|ipp)$/ && NF >= 10 {
        if (files == "yes" && ($6 > 0 || $9 > 0)) printf "%-52s %4d of %5d lines, %4d of %5d branches not covered\n", $1, $6, $5, $9, $8
    }
    $1 == "TOTAL" {
        lines = 100 * ($5 - $6) / $5
        branches = 100 * ($8 - $9) / $8
        printf "%d of %d lines are covered, %.1f %%; required: at least 98 %%\n", $5 - $6, $5, lines
        printf "%d of %d branches are covered, %.1f %%; required: at least 92 %%\n", $8 - $9, $8, branches
    }
    END { exit (lines < 98 || branches < 92) }' "$profile.txt"
