#!/bin/sh
# Gets the library in every way the README names, and builds and runs one small program with it.
set -u

usage() {
    cat <<'END'
Usage: sh tests/packaging/run.sh [--all]

Installs into temporary directories only. What lacks its tool (Meson; Conan, which is fetched with pip if it is not on
the PATH) is skipped.

  --all  count what is skipped as failed

Exit codes: 0 all that ran passed; 1 not so; 2 usage.
END
}

all=no
case "$#:${1-}" in
    0:) ;;
    1:--all) all=yes ;;
    1:--help | 1:-h) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
esac

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
expected=https://dashscope-intl.aliyuncs.com/api/v1/services/aigc/image2video/video-synthesis
skipped=77

# The program says the right thing.
check_consumer() {
    said=$("$1") || return 1
    echo "$said"
    [ "$said" = "$expected" ]
}

cmake_installed() {
    cmake -S "$root" -B "$work/library" -DWAN_TESTS=OFF -DWAN_EXAMPLES=OFF &&
        cmake --install "$work/library" --prefix "$work/prefix" &&
        cmake -S "$here/consumer" -B "$work/installed" -DCMAKE_PREFIX_PATH="$work/prefix" &&
        cmake --build "$work/installed" &&
        check_consumer "$work/installed/consumer"
}

cmake_subdirectory() {
    cmake -S "$here/subdirectory" -B "$work/subdirectory" &&
        cmake --build "$work/subdirectory" &&
        check_consumer "$work/subdirectory/consumer"
}

meson_installed() {
    command -v meson >/dev/null && command -v pkg-config >/dev/null || return $skipped
    meson setup "$work/meson" "$root" --prefix "$work/meson-prefix" --libdir lib &&
        # The headers alone: the programs have their own tests.
        meson install -C "$work/meson" --no-rebuild --tags devel &&
        PKG_CONFIG_PATH="$work/meson-prefix/lib/pkgconfig" meson setup "$work/meson-installed" "$here/consumer" &&
        meson compile -C "$work/meson-installed" &&
        check_consumer "$work/meson-installed/consumer"
}

meson_subproject() {
    command -v meson >/dev/null || return $skipped
    mkdir -p "$work/project/subprojects" &&
        cp "$here/consumer/main.cpp" "$here/consumer/meson.build" "$work/project" &&
        ln -s "$root" "$work/project/subprojects/wan-client" &&
        meson setup "$work/project/build" "$work/project" &&
        meson compile -C "$work/project/build" &&
        check_consumer "$work/project/build/consumer"
}

same_headers() {
    [ -d "$work/meson-prefix/include" ] || return $skipped
    diff -r "$root/include/wan" "$work/prefix/include/wan" && diff -r "$root/include/wan" "$work/meson-prefix/include/wan"
}

by_hand() {
    c++ -std=c++20 -I "$root/include" "$here/consumer/main.cpp" -lboost_json -o "$work/by-hand" &&
        check_consumer "$work/by-hand"
}

conan_create() {
    conan=$(command -v conan) || {
        python3 -m venv "$work/venv" && "$work/venv/bin/pip" install --quiet conan || return $skipped
        conan=$work/venv/bin/conan
    }
    # The system's Boost stands in for a package, so no server is asked.
    boost=$(echo '#include <boost/version.hpp>' | c++ -x c++ -E -dM - |
        sed -n 's/#define BOOST_LIB_VERSION "\([0-9]*\)_\([0-9]*\).*"/\1.\2.0/p')
    export CONAN_HOME="$work/conan"
    "$conan" profile detect || return
    printf 'include(default)\n[settings]\ncompiler.cppstd=20\n[platform_requires]\nboost/%s\n' "$boost" >"$work/profile"
    "$conan" create "$root" --profile:all "$work/profile" --no-remote \
        --conf "tools.cmake.cmake_layout:test_folder=$work/conan-test" >"$work/conan.out" 2>&1
    code=$?
    cat "$work/conan.out"
    [ $code -eq 0 ] && grep -qxF "$expected" "$work/conan.out"
}

table=
failures=0
check() {
    name=$1
    printf '%s ... ' "$name"
    start=$(date +%s)
    ("$2") >"$work/log" 2>&1
    code=$?
    if [ $code -eq 0 ]; then
        result=passed
    elif [ $code -eq $skipped ] && [ $all = no ]; then
        result=skipped
    else
        result=FAILED
        failures=$((failures + 1))
    fi
    seconds=$(($(date +%s) - start))
    echo "$result ($seconds s)"
    [ $result != FAILED ] || sed 's/^/    /' "$work/log"
    table="$table$(printf '%-28s %-8s %4d s' "$name" "$result" "$seconds")
"
}

check "CMake, installed" cmake_installed
check "CMake, add_subdirectory" cmake_subdirectory
check "Meson, installed" meson_installed
check "Meson, subproject" meson_subproject
check "installed headers, complete" same_headers
check "by hand" by_hand
check "Conan" conan_create

printf '\n%s' "$table"
[ $failures -eq 0 ]
