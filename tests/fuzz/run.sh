#!/bin/sh
# Builds the fuzz targets, replays their corpus, and fuzzes, or counts the lines that the corpus reaches.
set -eu

usage() {
    cat <<'END'
Usage: sh tests/fuzz/run.sh --fuzz SECONDS [TARGET]...
       sh tests/fuzz/run.sh --runs COUNT [TARGET]...
       sh tests/fuzz/run.sh --replay [TARGET]...
       sh tests/fuzz/run.sh --coverage
       sh tests/fuzz/run.sh --minimize [TARGET]...
       sh tests/fuzz/run.sh --seeds

  --fuzz SECONDS  replay the corpus, then fuzz for SECONDS in all, one target after the other
  --runs COUNT    replay the corpus, then run each target with COUNT more inputs, derived from
                  tests/fuzz/corpus alone and the same in each run
  --replay        run only the inputs of tests/fuzz/corpus
  --coverage      measure the lines of the parsers (tests/fuzz/parsers.txt) that the corpus covers; at least 95 %
  --minimize      add inputs with new coverage from build/fuzz/corpus to tests/fuzz/corpus, remove redundant ones
  --seeds         write the seeds again, from the golden files and the media of the tests

Default: all targets; build/fuzz/tests/fuzz/wan-fuzz --help lists them. --fuzz keeps new inputs in
build/fuzz/corpus, where the next run continues. An input that breaks a property is saved in build/fuzz/found
and printed as base64.

Installs Debian packages that are missing (as root or with sudo).

Exit codes: 0 all properties hold; 1 a property is broken, the build failed, or too few lines are covered;
2 wrong usage.
END
}

fail_usage() { usage >&2; exit 2; }

mode=${1-}
[ $# -eq 0 ] || shift
seconds=0
count=0
case "$mode" in
    --help | -h) usage; exit 0 ;;
    --fuzz)
        case "${1-}" in '' | *[!0-9]*) fail_usage ;; esac
        seconds=$1
        shift
        ;;
    --runs)
        case "${1-}" in '' | *[!0-9]*) fail_usage ;; esac
        count=$1
        shift
        ;;
    --replay | --minimize) ;;
    --coverage | --seeds) [ $# -eq 0 ] || fail_usage ;;
    *) fail_usage ;;
esac
for name in "$@"; do
    case "$name" in -*) fail_usage ;; esac
done

cd "$(dirname -- "$0")/../.."
. examples/install.sh

say() { printf '\n== %s\n' "$1"; }

say "Packages"
# Lists of words.
install_packages $build_packages $fuzz_packages || exit 1
need_programs clang++ cmake ninja llvm-cov llvm-profdata || exit 1
echo "All required packages are installed."

preset=fuzz
[ "$mode" != --coverage ] || preset=fuzz-coverage
program=build/$preset/tests/fuzz/wan-fuzz
kept=build/fuzz/corpus
found=build/fuzz/found
log=build/$preset/fuzz.log

say "Build (build/$preset)"
cmake --preset "$preset" || exit 1
goal=wan-fuzz
[ "$mode" != --seeds ] || goal=wan-fuzz-seeds
cmake --build --preset "$preset" --target "$goal" || exit 1

if [ "$mode" = --seeds ]; then
    exec build/fuzz/tests/fuzz/wan-fuzz-seeds tests/fuzz/corpus
fi

all=$("$program" --list | cut -d ' ' -f 1)
targets=${*:-$all}
for name in $targets; do
    echo "$all" | grep -qx "$name" || { echo "Unknown target $name; see build/fuzz/tests/fuzz/wan-fuzz --help." >&2; exit 2; }
done

longest_of() { "$program" --list | sed -n "s/^$1 //p"; }
stat_of() { sed -n "s/^stat::$1: *//p" "$log"; }

# run TARGET ARGUMENT...: shows what was found, and where.
run() {
    name=$1
    shift
    if "$program" --target="$name" -max_len="$(longest_of "$name")" -timeout=10 -print_final_stats=1 \
        -artifact_prefix="$found/$name-" -dict="tests/fuzz/dictionaries/$name.dict" "$@" >"$log" 2>&1; then
        return 0
    fi
    echo "$name: FAILED"
    grep -aE 'does not hold|^value|ERROR|runtime error' "$log" | head -n 8
    input=$(sed -n 's/.*Test unit written to //p' "$log")
    if [ -f "$input" ]; then
        echo "Input: $input, as base64:"
        base64 -w 0 "$input"
        echo
    fi
    echo "To reproduce: $program --target=$name FILE"
    return 1
}

mkdir -p "$found"
failed=0
runs=0

replay() {
    say "Replay of the corpus"
    for name in $targets; do
        run "$name" -runs=0 "tests/fuzz/corpus/$name" || { failed=1; continue; }
        units=$(stat_of number_of_executed_units)
        runs=$((runs + units))
        printf '%-13s %6d inputs\n' "$name" "$units"
    done
    echo "$runs inputs"
}

# The time in whole seconds; the first targets get what is left over.
fuzz() {
    say "Fuzzing for $seconds s in all"
    # A list of words.
    set -- $targets
    each=$((seconds / $#))
    left_over=$((seconds % $#))
    for name in "$@"; do
        share=$each
        if [ $left_over -gt 0 ]; then
            share=$((share + 1))
            left_over=$((left_over - 1))
        fi
        [ $share -gt 0 ] || continue
        mkdir -p "$kept/$name"
        ok=yes
        run "$name" -max_total_time=$share "$kept/$name" "tests/fuzz/corpus/$name" || { ok=no; failed=1; }
        units=$(stat_of number_of_executed_units)
        runs=$((runs + ${units:-0}))
        [ $ok = no ] || printf '%-13s %9d runs in %4d s, %6d inputs kept\n' "$name" "$units" "$share" \
            "$(find "$kept/$name" -type f | wc -l)"
    done
    echo "$runs runs in all"
}

# A fixed seed, a fixed number of runs, and nothing of earlier runs: what passes once passes again.
fuzz_again() {
    say "Fuzzing each target with $count inputs"
    for name in $targets; do
        scratch=build/fuzz/scratch/$name
        rm -rf "$scratch"
        mkdir -p "$scratch"
        begin=$(date +%s)
        inputs=$(find "tests/fuzz/corpus/$name" -type f | wc -l)
        # The corpus is read first; it counts as well.
        run "$name" -seed=1 -runs=$((count + inputs)) "$scratch" "tests/fuzz/corpus/$name" || { failed=1; continue; }
        units=$(stat_of number_of_executed_units)
        runs=$((runs + units))
        printf '%-13s %9d runs in %4d s\n' "$name" "$units" $(($(date +%s) - begin))
    done
    echo "$runs runs in all"
}

# What adds nothing is dropped, so that the corpus stays small.
minimize() {
    say "Minimizing the corpus"
    for name in $targets; do
        smaller=build/fuzz/minimized/$name
        rm -rf "$smaller"
        mkdir -p "$smaller" "$kept/$name"
        run "$name" -set_cover_merge=1 "$smaller" "tests/fuzz/corpus/$name" "$kept/$name" || { failed=1; continue; }
        # Those that were found once stay, whatever they reach.
        find "tests/fuzz/corpus/$name" -type f ! -name 'found-*' -exec rm {} +
        find "$smaller" -type f -exec cp {} "tests/fuzz/corpus/$name" \;
        printf '%-13s %6d inputs\n' "$name" "$(find "tests/fuzz/corpus/$name" -type f | wc -l)"
    done
}

coverage() {
    say "Coverage of the parsers by the corpus"
    profiles=build/fuzz-coverage/profiles
    rm -rf "$profiles"
    mkdir -p "$profiles"
    for name in $targets; do
        LLVM_PROFILE_FILE="$profiles/$name.profraw" run "$name" -runs=0 "tests/fuzz/corpus/$name" || failed=1
        printf '%s ' "$name"
    done
    echo
    llvm-profdata merge -o "$profiles/all.profdata" "$profiles"/*.profraw || exit 1
    llvm-cov report "$program" -instr-profile="$profiles/all.profdata" -show-region-summary=false \
        -show-branch-summary=false >"$log" || exit 1
    # The list, then the report, of which the last three columns are lines, lines not reached, and percent.
    awk -v least=95 '
        FNR == NR { if ($0 != "" && $0 !~ /^#/) is_parser[$0] = 1; next }
        $1 in is_parser {
            printf "%-52s %5d lines %7s\n", $1, $(NF - 2), $NF
            lines += $(NF - 2); missed += $(NF - 1)
            delete is_parser[$1]
        }
        END {
            for (file in is_parser) { print file " is not compiled into the targets"; failed = 1 }
            percent = lines ? 100 * (lines - missed) / lines : 0
            printf "%d of %d lines of the parsers are covered, %.1f %%; required: at least %d %%\n",
                lines - missed, lines, percent, least
            exit (failed || percent < least)
        }' tests/fuzz/parsers.txt "$log" || failed=1
}

case "$mode" in
    --replay) replay ;;
    --fuzz) replay; [ "$failed" -ne 0 ] || fuzz ;;
    --runs) replay; [ "$failed" -ne 0 ] || fuzz_again ;;
    --minimize) minimize ;;
    --coverage) coverage ;;
esac
exit $failed
