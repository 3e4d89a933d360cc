#!/bin/sh
# Compilers x Boost x standard x exceptions: the unit tests in every cell.
set -u

usage() {
    cat <<'END'
Usage: sh tests/run.sh --matrix [--row NAME]... [--cell PATTERN]... [--jobs N] [--list]

Builds and runs the unit tests (the library compiled once) and a header-only program with each compiler, Boost
version and standard, with and without exceptions and RTTI; and, if a compiler supports it, a program that
imports the library as a module. Warnings are errors. In each row, the cells 1.81/c++20/exceptions and
1.88/c++23/no-exceptions run all unit tests, the others a core of them. The row msvc-syntax only compiles the
headers, for Microsoft's ABI; the row thread runs the executors and the workers of wan under TSan. Default: all
cells, which takes more than an hour.

  --row NAME      only this row: a compiler with its standard library, a platform, or the module; may be
                  repeated
  --cell PATTERN  only cells whose name matches the shell pattern, such as '*/1.83/*'; may be repeated.
                  With --row: those of these rows
  --jobs N        compile N files in parallel (default: one per processor)
  --list          print the names of the cells and exit

Installs the required compilers (as root or with sudo). Other versions of Boost, GCC 14 and libc++ are
unpacked into build/matrix and do not change the system. A cell whose tools are not available is skipped, and
the reason is printed.

Exit codes: 0 no cell failed; 1 a cell failed, or all were skipped; 2 wrong usage.
END
}

rows='gcc-12 gcc-14 clang-14 clang-16 clang-16-libc++ clang-19 clang-19-libc++ gcc-m32 gcc-12-debug gcc-12-release clang-19-hardened arm32 s390x musl thread mingw-w64 msvc-syntax modules'
boosts='1.81 1.83 1.88'
standards='c++20 c++23'
exceptions='exceptions no-exceptions'

# The cells of a row. For a platform and for the module the oldest and the newest will do.
cells_of() {
    case "$1" in
        thread) echo "$1/1.81/c++20/exceptions" ;;
        gcc-m32 | gcc-12-debug | gcc-12-release | clang-19-hardened | arm32 | s390x | musl | mingw-w64 | msvc-syntax | modules) echo "$1/1.81/c++20/exceptions $1/1.88/c++23/no-exceptions" ;;
        *)
            for boost in $boosts; do for standard in $standards; do for exception in $exceptions; do
                echo "$1/$boost/$standard/$exception"
            done; done; done
            ;;
    esac
}

# The oldest and the newest of a row run all unit tests, the others those that have most to do with Boost and the language.
is_whole() {
    case "$1" in
        */1.81/c++20/exceptions | */1.88/c++23/no-exceptions) ;;
        *) return 1 ;;
    esac
}
core_tests='callback coroutine dashscope json_read json_write request_read task validate'
# Minutes where nothing is optimised: once per row, and not under an emulator, where they are more than a quarter of an hour.
long_tests='a fault at every step*,a fault at any step*,a quarter of all calls*'
runs_long_tests() {
    case "$1" in
        arm32/* | s390x/*) return 1 ;;
        */1.88/*) is_whole "$1" ;;
        *) return 1 ;;
    esac
}

cd "$(dirname -- "$0")/../.." || exit 1
. examples/install.sh

row_patterns='' cell_patterns=''
jobs=$CMAKE_BUILD_PARALLEL_LEVEL
list=no
while [ $# -gt 0 ]; do
    case "$1" in
        --help | -h) usage; exit 0 ;;
        --list) list=yes; shift; continue ;;
        --row | --cell | --jobs) [ $# -ge 2 ] || { usage >&2; exit 2; } ;;
        *) usage >&2; exit 2 ;;
    esac
    case "$1" in
        --row) row_patterns="$row_patterns $2/*" ;;
        --cell) cell_patterns="$cell_patterns $2" ;;
        --jobs) jobs=$2 ;;
    esac
    shift 2
done

# matches CELL PATTERNS: one of them, or there are none.
matches() {
    [ -n "$2" ] || return 0
    (
        set -f # a pattern is not to become the names of files
        for pattern in $2; do
            # shellcheck disable=SC2254 # it is a pattern
            case "$1" in $pattern) exit 0 ;; esac
        done
        exit 1
    )
}

cells=
for row in $rows; do
    for cell in $(cells_of "$row"); do
        if matches "$cell" "$row_patterns" && matches "$cell" "$cell_patterns"; then cells="$cells $cell"; fi
    done
done
if [ -z "$cells" ]; then
    echo "No cell matches; sh tests/run.sh --matrix --list prints their names." >&2
    exit 2
fi
if [ "$list" = yes ]; then
    # A list of words.
    # shellcheck disable=SC2086
    printf '%s\n' $cells
    exit 0
fi

work=build/matrix
mkdir -p "$work" || exit 1

# Packages of another release, or such as exclude each other: unpacked, not installed.

# private_apt RELEASE: an apt of its own for that release, from the server this machine's Debian comes from.
private_apt() {
    apt=$work/apt/$1
    APT_CONFIG=$apt/apt.conf
    export APT_CONFIG
    [ ! -e "$apt/ready" ] || return 0
    unset APT_CONFIG
    own=$(. /etc/os-release && echo "${VERSION_CODENAME-}")
    # shellcheck disable=SC2016
    format='$(REPO_URI) $(ORIGIN) $(CODENAME)' # apt's own variables
    server=$(apt-get indextargets --format "$format" 'Created-By: Packages' | awk -v own="$own" '$2 == "Debian" && $3 == own {print $1; exit}')
    [ -n "$server" ] || { echo "apt has no server of Debian $own in its sources; add one to /etc/apt/sources.list.d" >&2; return 1; }
    mkdir -p "$apt/lists/partial" "$apt/sources" "$apt/cache/archives/partial" && : >"$apt/status" || return 1
    cat >"$apt/sources/debian.sources" <<END
Types: deb
URIs: $server
Suites: $1
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
END
    cat >"$apt/apt.conf" <<END
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$PWD/$apt/sources";
Dir::State::lists "$PWD/$apt/lists";
Dir::State::status "$PWD/$apt/status";
Dir::Cache "$PWD/$apt/cache";
Dir::Cache::archives "$PWD/$apt/cache/archives";
END
    APT_CONFIG=$apt/apt.conf
    export APT_CONFIG
    apt-get -q -o APT::Update::Error-Mode=any update && : >"$apt/ready"
}

# unpack FOLDER RELEASE HOW PACKAGE...: HOW is alone, or with-dependencies.
unpack() {
    folder=$work/$1
    [ ! -d "$folder" ] || return 0
    (
        release=$2
        how=$3
        shift 3
        if ! command -v apt-get || ! command -v dpkg; then
            echo "not a Debian system: apt-get or dpkg is missing"
            exit 1
        fi
        private_apt "$release" || exit 1
        rm -rf "$folder.part" "$folder.packages"
        mkdir -p "$folder.part" "$folder.packages/partial" || exit 1
        case "$how" in
            alone) (cd "$folder.packages" && APT_CONFIG=$OLDPWD/$APT_CONFIG apt-get -q download "$@") ;;
            *) apt-get -q -y -o "Dir::Cache::archives=$PWD/$folder.packages" --no-install-recommends --download-only install "$@" ;;
        esac || exit 1
        for package in "$folder.packages"/*.deb; do
            dpkg -x "$package" "$folder.part" || exit 1
        done
        rm -rf "$folder.packages"
        mv "$folder.part" "$folder"
    ) >"$folder.log" 2>&1
}

# Each sets: compiler, flags, libraries (to link with) and runner, or says why not and returns 1.

installed_compiler() {
    compiler=$1
    shift
    if ! install_packages "$@" >"$work/packages.log" 2>&1 || ! need_programs "$compiler" $runner >/dev/null 2>&1; then
        echo "could not install: $*; see $work/packages.log"
        return 1
    fi
}

# GCC 14 is Debian 13's. Its programs need its C library, and so does what it links: that is static.
unpacked_gcc_14() {
    installed_compiler g++ g++ || return 1 # its assembler and linker are used
    unpack gcc-14 trixie with-dependencies g++-14 || {
        echo "could not download Debian 13's g++-14: $(tail -n 1 "$work/gcc-14.log")"
        return 1
    }
    top=$work/gcc-14
    loader=$(find "$top/usr/lib" -name 'ld-linux*' -type f | head -n 1)
    tools=$(dirname "$(find "$top/usr/libexec" -name cc1plus)")
    driver=$(find "$top/usr/bin" -name '*-linux-gnu*-g++-14' | head -n 1)
    mkdir -p "$top/tools"
    for tool in cc1plus collect2; do
        printf '#!/bin/sh\nexec %s --library-path %s %s "$@"\n' "$loader" "$(dirname "$loader")" "$tools/$tool" >"$top/tools/$tool"
        chmod +x "$top/tools/$tool"
    done
    printf '#!/bin/sh\nexec %s --library-path %s %s -B%s --sysroot=%s "$@"\n' \
        "$loader" "$(dirname "$loader")" "$driver" "$top/tools" "$top" >"$top/tools/g++"
    chmod +x "$top/tools/g++"
    compiler=$top/tools/g++
    libraries='-static -fno-use-linker-plugin'
}

clang_with_libcxx() {
    installed_compiler "clang++-$1" "clang-$1" || return 1
    release=$(. /etc/os-release && echo "${VERSION_CODENAME-}")
    # The libc++ of each Clang excludes the others'.
    unpack "libc++-$1" "$release" alone "libc++-$1-dev" "libc++abi-$1-dev" || {
        echo "could not download libc++-$1-dev: $(tail -n 1 "$work/libc++-$1.log")"
        return 1
    }
    libcxx=$work/libc++-$1/usr/lib/llvm-$1
    flags="-nostdinc++ -isystem $libcxx/include/c++/v1"
    libraries="-nostdlib++ $libcxx/lib/libc++.a $libcxx/lib/libc++abi.a -pthread"
}

mingw() {
    runner=wine
    installed_compiler x86_64-w64-mingw32-g++-posix g++-mingw-w64-x86-64-posix wine wine64 || return 1
    flags='-D_WIN32_WINNT=0x0A00 -Wa,-mbig-obj'
    libraries=-static
    export WINEPREFIX="$PWD/$work/wine" WINEDEBUG=-all
    mkdir -p "$WINEPREFIX"
}

# cross TRIPLET MACHINE: Debian's cross compiler, and a program that runs what it makes.
cross() {
    runner=qemu-$2
    installed_compiler "$1-g++" "g++-$1" qemu-user && libraries=-static
}

# Zig has Clang, libc++ and musl's headers and library in one; PyPI has Zig.
zig() {
    tools=$PWD/$work/zig
    [ -x "$tools/clang++" ] || {
        install_packages python3-venv >"$work/packages.log" 2>&1 && python3 -m venv "$tools" &&
            "$tools/bin/pip" install -q ziglang || { echo "could not install ziglang from PyPI"; return 1; }
        printf '#!/bin/sh\nexec %s -m ziglang c++ -target x86_64-linux-musl "$@"\n' "$tools/bin/python" >"$tools/clang++"
        chmod +x "$tools/clang++"
    }
    compiler=$tools/clang++ flags="-Wno-unknown-warning-option -Wno-c2y-extensions" # doctest uses __COUNTER__
    libraries=-static
}

# Microsoft's ABI without Microsoft's compiler: Clang, with libc++, MinGW's C headers, and ours for what those lack. Nothing
# can be linked or run.
msvc_syntax() {
    clang_with_libcxx 19 && installed_compiler clang++-19 clang-19 mingw-w64-x86-64-dev || return 1
    flags="--target=x86_64-pc-windows-msvc -fms-compatibility -D_CRT_SECURE_NO_WARNINGS -nostdlibinc $flags"
    flags="$flags -isystem tests/windows -isystem /usr/x86_64-w64-mingw32/include"
    # MinGW's headers ask for it, Boost takes Clang for MinGW's then.
    flags="$flags -D__GNUC__=4 -D__GNUC_MINOR__=2 -D__GNUC_PATCHLEVEL__=1"
}

# Clang 16 does not find what Boost.Describe says of the module's types, and GCC 14 fails on itself ("recursive lazy load").
module_compiler() {
    # Lists of words.
    # shellcheck disable=SC2086
    installed_compiler clang++-19 clang-19 python3 $curl_packages
}

prepare_row() {
    flags='' libraries='' runner=''
    case "$1" in
        gcc-12) installed_compiler g++-12 g++-12 ;;
        gcc-14) unpacked_gcc_14 ;;
        gcc-12-debug) installed_compiler g++-12 g++-12 && flags=-D_GLIBCXX_DEBUG ;;
        gcc-12-release) installed_compiler g++-12 g++-12 && flags='-O3 -DNDEBUG' ;; # what it warns of depends on what it inlines
        clang-19-hardened) clang_with_libcxx 19 && flags="$flags -D_LIBCPP_HARDENING_MODE=_LIBCPP_HARDENING_MODE_DEBUG" ;;
        arm32) cross arm-linux-gnueabihf arm && flags="$flags -Wno-psabi" ;; # those are notes, thousands of lines
        s390x) cross s390x-linux-gnu s390x ;;
        musl) zig ;;
        # Lists of words.
        # shellcheck disable=SC2086
        thread) installed_compiler clang++ $fuzz_packages $build_packages $examples_packages $tests_packages ;;
        gcc-m32) installed_compiler g++ g++ g++-multilib && flags=-m32 ;;
        clang-*-libc++) version=${1#clang-} && clang_with_libcxx "${version%-libc++}" ;;
        clang-*) installed_compiler "clang++-${1#clang-}" "$1" ;;
        mingw-w64) mingw ;;
        msvc-syntax) msvc_syntax ;;
        modules) module_compiler ;;
    esac
}

# Headers only, of Boost and of doctest: in folders of their own, so that no compiler sees other headers of the system.
prepare_boost() {
    case "$1" in
        1.81) release=bookworm ;;
        *) release=trixie ;;
    esac
    unpack "boost-$1" "$release" alone "libboost$1-dev" || {
        echo "could not download libboost$1-dev: $(tail -n 1 "$work/boost-$1.log")"
        return 1
    }
}
prepare_doctest() {
    install_packages doctest-dev >"$work/packages.log" 2>&1 || {
        echo "could not install: doctest-dev; see $work/packages.log"
        return 1
    }
    mkdir -p "$work/doctest"
    ln -sfn /usr/include/doctest "$work/doctest/doctest"
}

warnings='-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror'

# compile_script FOLDER: compiles one source file; most wait for the precompiled header, which is the first in the list.
compile_script() {
    case "$compiler" in
        *clang*) precompile='-fpch-instantiate-templates' use="-include-pch $1/headers.pch" made=$1/headers.pch ;;
        *) precompile='' use="-include $1/headers.hpp" made=$1/headers.hpp.gch ;;
    esac
    cat <<END
compile() {
    $compiler $options "\$@"
}
object=$1/\$(echo "\$1" | tr / _).o
case "\$1" in
    precompiled)
        echo '#error "the precompiled header is not used"' >$1/headers.hpp
        if compile $once $precompile -x c++-header tests/matrix/test_headers.hpp -o $made.part; then
            mv $made.part $made
        else
            : >$1/no-precompiled
            exit 1
        fi
        ;;
    tests/unit/main.cpp) compile $once -c "\$1" -o "\$object" ;;
    tests/unit/*)
        until [ -e $made ]; do
            [ ! -e $1/no-precompiled ] || exit 1
            sleep 0.1
        done
        compile $once $use -c "\$1" -o "\$object"
        ;;
    tests/no_exceptions/header_only.cpp) compile -c "\$1" -o $1/header_only.o ;;
    tests/matrix/boost_json.cpp) compile -w $json_options -c "\$1" -o "\$object" ;;
    *) compile $once -c "\$1" -o "\$object" ;;
esac || { touch $1/failed; exit 1; }
END
}

# options_of BOOST STANDARD EXCEPTIONS
options_of() {
    printf %s "-O0 -g0 $warnings $flags -isystem $work/boost-$1/usr/include -isystem $work/doctest"
    case "$2" in
        c++23) printf ' -std=c++2b' ;; # the name that all compilers know
        *) printf %s " -std=$2" ;;
    esac
    [ "$3" = exceptions ] || printf ' -fno-exceptions -fno-rtti'
}

# run_module_cell FOLDER BOOST STANDARD EXCEPTIONS
run_module_cell() {
    options=$(options_of "$2" "$3" "$4")
    with_module="-fmodule-file=wan=$1/wan.pcm"
    hooks=
    # Lists of words from here on.
    # shellcheck disable=SC2086
    {
        python3 tests/matrix/module_names.py --check &&
            $compiler $options -w -c tests/matrix/boost_json.cpp -o "$1/json.o" || return 1
        if [ "$4" = no-exceptions ]; then
            hooks=$1/hooks.o
            $compiler $options -c examples/no_exceptions/boost_hooks.cpp -o "$hooks" || return 1
        fi
        # The module with the library's definitions in a file of their own, and then with them in itself.
        for once in -DWAN_SEPARATE_COMPILATION ''; do
            definitions=
            if [ -n "$once" ]; then
                definitions=$1/definitions.o
                echo '#include <wan/src.hpp>' >"$1/definitions.cpp"
                $compiler $options $once -Iinclude -c "$1/definitions.cpp" -o "$definitions" || return 1
            fi
            $compiler $options $once -Iinclude --precompile include/wan/wan.cppm -o "$1/wan.pcm" &&
                $compiler -c "$1/wan.pcm" -o "$1/wan.o" &&
                $compiler $options $with_module -c tests/matrix/modules/main.cpp -o "$1/main.o" &&
                $compiler "$1/main.o" "$1/wan.o" $definitions "$1/json.o" $hooks -o "$1/main.exe" && "$1/main.exe" || return 1
        done
    }
    [ "$4" = exceptions ] || return 0

    # The examples, and all that the docs show: every header of the library imports the module instead.
    for header in include/wan/*.hpp include/wan/*/*.hpp include/wan/*/*/*.hpp; do
        imported=$1/imported/${header#include/}
        mkdir -p "${imported%/*}" && echo 'import wan;' >"$imported"
    done
    for example in examples/first_video.cpp examples/own_loop.cpp examples/engine_loop.cpp examples/many_tasks.cpp tests/docs/snippets.cpp; do
        echo "$example"
        # shellcheck disable=SC2086
        $compiler $options $with_module -I"$1/imported" -Iexamples -fsyntax-only "$example" || return 1
    done
}

# The executors, which several threads use, and the workers of wan, with the thread sanitizer. Boost is the system's.
run_thread_cell() {
    TSAN_OPTIONS="suppressions=$PWD/tests/matrix/thread.supp"
    export TSAN_OPTIONS
    cmake --preset thread && cmake --build --preset thread --target wan wan-sandbox wan-e2e-tests &&
        build/thread/tests/wan-e2e-tests --test-suite='executors,curl executor' &&
        build/thread/tests/wan-e2e-tests --test-suite=fleet --test-case='two workers*,*changed*'
}

# run_syntax_cell FOLDER BOOST STANDARD EXCEPTIONS: every header alone, twice; and all of the library in one file, in both forms.
run_syntax_cell() {
    options=$(options_of "$2" "$3" "$4")
    if [ "$4" = no-exceptions ]; then options="$options -D_HAS_EXCEPTIONS=0"; else options="$options -fexceptions -fcxx-exceptions -D_HAS_EXCEPTIONS=1"; fi
    find include/wan -name '*.hpp' ! -name src.hpp ! -name push_macros.hpp ! -name pop_macros.hpp | sort >"$1/headers"
    while read -r header; do
        header=${header#include/}
        printf '#define WAN_SEPARATE_COMPILATION\n#include <%s>\n#include <%s>\n' "$header" "$header" >"$1/$(echo "$header" | tr / _).cpp"
    done <"$1/headers"
    echo '#include <wan/wan.hpp>' >"$1/header_only.cpp"
    printf '#define WAN_SEPARATE_COMPILATION\n#include <wan/src.hpp>\n' >"$1/compiled_once.cpp"
    # shellcheck disable=SC2086
    find "$1" -name '*.cpp' -print | sort | xargs -n 1 -P "$jobs" $compiler $options -Iinclude -fsyntax-only
}

# run_unit_cell FOLDER BOOST STANDARD EXCEPTIONS
run_unit_cell() {
    options="$(options_of "$2" "$3" "$4") -Iinclude -Itests -DWAN_SOURCE_DIR='\".\"'"
    once=-DWAN_SEPARATE_COMPILATION
    json_options=
    sources='tests/unit/main.cpp tests/matrix/boost_json.cpp'
    if [ "$4" = no-exceptions ]; then
        once="$once -DDOCTEST_CONFIG_NO_EXCEPTIONS_BUT_WITH_ALL_ASSERTS"
        sources="$sources examples/no_exceptions/boost_hooks.cpp"
        # Boost.JSON before 1.83 cannot be compiled by GCC without exceptions.
        case "$2:$compiler" in
            1.81:*clang*) ;;
            1.81:*) json_options=-fexceptions ;;
        esac
    fi
    for test in tests/unit/*_test.cpp; do
        name=${test##*/}
        if is_whole "$cell"; then
            sources="$sources $test"
        else
            case " $core_tests " in *" ${name%_test.cpp} "*) sources="$sources $test" ;; esac
        fi
    done
    excluded=
    runs_long_tests "$cell" || excluded=$long_tests
    compile_script "$1" >"$1/compile.sh" || return 1
    # The longest first. Lists of words.
    # shellcheck disable=SC2086
    printf '%s\n' precompiled tests/separate_compilation/wan.cpp tests/no_exceptions/header_only.cpp $sources |
        xargs -n 1 -P "$jobs" sh "$1/compile.sh" || return 1

    hooks=
    [ "$4" = exceptions ] || hooks=$1/examples_no_exceptions_boost_hooks.cpp.o
    # shellcheck disable=SC2086
    $compiler $flags "$1"/tests_*.o $hooks -o "$1/unit-tests.exe" $libraries &&
        $compiler $flags "$1/header_only.o" "$1/tests_matrix_boost_json.cpp.o" $hooks \
            -o "$1/header-only.exe" $libraries &&
        timeout 900 $runner "$1/unit-tests.exe" --test-case-exclude="$excluded" &&
        timeout 900 $runner "$1/header-only.exe"
}

# run_cell CELL: prints the reason if it is skipped.
run_cell() {
    folder=$work/cells/$(echo "$1" | tr / _)
    rm -rf "$folder"
    mkdir -p "$folder" || return 1
    case "$1" in
        modules/*) run=run_module_cell ;;
        thread/*) run=run_thread_cell ;;
        msvc-syntax/*) run=run_syntax_cell ;;
        *) run=run_unit_cell ;;
    esac
    # The words of its name: row, Boost, standard, exceptions.
    # shellcheck disable=SC2046
    set -- $(echo "$1" | tr / ' ')
    $run "$folder" "$2" "$3" "$4" >"$folder/log" 2>&1
    status=$?
    # Some hundred megabytes.
    rm -f "$folder"/*.o "$folder"/*.pcm "$folder"/headers.* "$folder"/*.exe
    return $status
}

printf '%s cells, %s compilations in parallel\n' "$(echo "$cells" | wc -w)" "$jobs"
results=$(mktemp) || exit 1
began=$(date +%s)
prepared=
trap 'rm -f "$results"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
for cell in $cells; do
    row=${cell%%/*}
    boost=${cell#*/}
    boost=${boost%%/*}
    if [ "$row" != "$prepared" ]; then
        prepared=$row
        refusal=$work/refusal
        row_reason=
        prepare_row "$row" >"$refusal" && prepare_doctest >"$refusal" || row_reason=$(cat "$refusal")
    fi
    reason=$row_reason
    [ -n "$reason" ] || prepare_boost "$boost" >"$refusal" || reason=$(cat "$refusal")
    start=$(date +%s)
    if [ -n "$reason" ]; then
        result=skipped
    elif run_cell "$cell"; then
        result=passed
    else
        result=FAILED
        reason="see $folder/log"
    fi
    seconds=$(($(date +%s) - start))
    echo "$cell $result $seconds $reason" >>"$results"
    printf '%-44s %-7s %4d s  %s\n' "$cell" "$result" "$seconds" "$reason"
done

# A line per row, a column per Boost, standard and exceptions.
echo
awk '
    { split($1, part, "/"); column = part[2] " " part[3] " " part[4]
      if (!(part[1] in seen_row)) { seen_row[part[1]] = 1; row[++rows] = part[1] }
      if (!(column in seen)) { seen[column] = 1; name[++columns] = column }
      said[part[1], column] = $2; ++count[$2] }
    END {
      for (i = 2; i <= columns; ++i) # in the order of their names
        for (j = i; j > 1 && name[j] < name[j - 1]; --j) { t = name[j]; name[j] = name[j - 1]; name[j - 1] = t }
      split("boost standard", title, " ")
      for (level = 1; level <= 2; ++level) {
        printf "%-16s", title[level]
        for (i = 1; i <= columns; ++i) { split(name[i], part, " "); printf " %-7s", part[level] }
        print ""
      }
      printf "%-16s", "exceptions"
      for (i = 1; i <= columns; ++i) { split(name[i], part, " "); printf " %-7s", part[3] == "exceptions" ? "yes" : "no" }
      print ""
      for (r = 1; r <= rows; ++r) {
        printf "%-16s", row[r]
        for (i = 1; i <= columns; ++i) printf " %-7s", (row[r], name[i]) in said ? said[row[r], name[i]] : "-"
        print ""
      }
      printf "\n%d passed, %d failed, %d skipped", count["passed"], count["FAILED"], count["skipped"]
    }' "$results"
printf ' in %d s\n' "$(($(date +%s) - began))"
# Reasons, each once.
awk '$2 == "skipped" { row = $1; sub("/.*", "", row); $1 = row; $2 = $3 = ""; gsub(/ +/, " "); if (!said[$0]++) print "skipped:", $0 }' "$results"
if grep -q ' FAILED ' "$results"; then exit 1; fi
grep -q ' passed ' "$results"
