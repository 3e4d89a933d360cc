#!/bin/sh
# Gets the library in every way that docs/install.md tells, and builds and runs one small program with it.
set -u

usage() {
    cat <<'END'
Usage: sh tests/packaging/run.sh [--all] [WAY...]

Each WAY (default: all) is a script in a folder beside this one, without its .sh: find_package/build,
meson/wrap, ... It runs in its own temporary folder; as many run in parallel as there are processors. Nothing
is installed elsewhere. A way whose tool is not installed is skipped; Conan is installed with pip if it is not
on the PATH.

  --all  treat skipped ways as failed

Exit codes: 0 all ways that ran passed; 1 a way failed; 2 wrong usage.
END
}

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)

# Way, the tools that it needs, and its name in the table. What takes longest begins first.
ways='
executors/installed      cmake,pkg-config  an executor, installed
conan/header_only_boost  conan           Conan, Boost header-only
compiled_once/cmake      cmake           CMake, library compiled once
compiled_once/meson      meson,git       Meson, library compiled once
conan_consumer/build     conan           Conan, Boost linked
conan/system_boost       conan           Conan, Boost of the system
boost_headers/cmake      cmake           CMake, no Boost.JSON library
boost_headers/meson      meson,git       Meson, no Boost.JSON library
add_subdirectory/build   cmake           CMake, add_subdirectory
fetch_content/build      cmake,git       CMake, FetchContent
find_package/build       cmake           CMake, installed
meson/wrap               meson,git       Meson, wrap
meson/installed          meson,pkg-config  Meson, installed
pkg_config/build         cmake,pkg-config  pkg-config
vcpkg/build              cmake,pkg-config  vcpkg (stand-in)
executors/wrap           meson,git       an executor, Meson
executors/by_hand        c++             an executor, by hand
by_hand/nothing_linked   c++             by hand, nothing linked
by_hand/no_exceptions    c++             by hand, no exceptions, no RTTI
by_hand/linked           c++             by hand
'

all=no
chosen=
for argument in "$@"; do
    case "$argument" in
        --all) all=yes ;;
        --help | -h) usage; exit 0 ;;
        *)
            echo "$ways" | grep -q "^$argument " || { usage >&2; exit 2; }
            chosen="$chosen $argument"
            ;;
    esac
done
whole=no
[ -n "$chosen" ] || whole=yes
[ $whole = no ] || chosen=$(echo "$ways" | awk '{ print $1 }')

work=$(mktemp -d) || exit 1
lanes=
finish() {
    code=$?
    trap - EXIT
    # Lists of words.
    # shellcheck disable=SC2086
    [ -z "$lanes" ] || { kill $lanes; wait; } 2>/dev/null
    rm -rf "$work"
    exit $code
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

begun=$(date +%s)
version=$(sed -n 's/#define WAN_VERSION_[A-Z]* //p' "$root/include/wan/version.hpp" | paste -s -d .)

# What a user has: the tree, and its repository at the address that the docs give.
prepare() {
    mkdir "$work/wan-client" "$work/bin" || return
    tar -C "$root" -c --exclude=./.git --exclude='./build*' . | tar -C "$work/wan-client" -x || return
    cat >"$work/gitconfig" <<END
[user]
    name = nobody
    email = nobody@example.com
[advice]
    detachedHead = false
[url "file://$work/wan-client"]
    insteadOf = https://example.com/wan-client.git
END
    export GIT_CONFIG_GLOBAL="$work/gitconfig" GIT_CONFIG_NOSYSTEM=1
    if command -v git >/dev/null; then
        (cd "$work/wan-client" && git init -q && git add -A && git commit -q -m 'All of it' && git tag "v$version") || return
    fi
    case "$chosen" in
        *conan*)
            # Where it cannot be had, only its own ways fail.
            command -v conan >/dev/null ||
                { python3 -m venv "$work/venv" && "$work/venv/bin/pip" install --quiet --disable-pip-version-check conan &&
                    ln -s "$work/venv/bin/conan" "$work/bin/conan"; }
            ;;
    esac

    # For the scripts.
    export CONAN_HOME="$work/conan-home"
    export packaging="$here" PATH="$work/bin:$PATH"
    export says='https://dashscope-intl.aliyuncs.com/api/v1/services/aigc/image2video/video-synthesis'
    boost=$(echo '#include <boost/version.hpp>' | c++ -x c++ -E -dD -) || return
    boost_include=$(echo "$boost" | sed -n 's|^# 1 "\(.*\)/boost/version.hpp".*|\1|p')
    boost_version=$(echo "$boost" | sed -n 's/#define BOOST_LIB_VERSION "\([0-9]*\)_\([0-9]*\).*"/\1.\2.0/p')
    export boost_include boost_version
    # Nothing is to be debugged, and the fastest generator will do.
    export CXXFLAGS="${CXXFLAGS-} -g0" CMAKE_BUILD_PARALLEL_LEVEL=1
    ! command -v ninja >/dev/null || export CMAKE_GENERATOR=Ninja
}

tools_of() { echo "$ways" | sed -n "s|^$1  *\([^ ]*\) .*|\1|p" | tr , ' '; }
name_of() { echo "$ways" | sed -n "s|^$1  *[^ ]*  *||p"; }

run_way() {
    for tool in $(tools_of "$1"); do
        command -v "$tool" >/dev/null || { echo "$tool is not installed."; return 77; }
    done
    mkdir -p "$work/$1" && cd "$work/$1" || return
    cp -r "$here/${1%/*}/." "$here/consumer/." . && ln -s "$work/wan-client" wan-client || return
    export prefix="$PWD/prefix"
    sh -eu "${1##*/}.sh"
}

# check NAME COMMAND...: a row of the table.
check() {
    name=$1
    shift
    log=$work/log-$lane
    start=$(date +%s)
    ("$@") >"$log" 2>&1
    code=$?
    if [ $code -eq 0 ]; then
        result=passed
    elif [ $code -eq 77 ] && [ $all = no ]; then
        result=skipped
    else
        result=FAILED
        sed '/^\(-- \)\{0,1\}Installing /d; s/^/    /' "$log"
    fi
    printf '%-34s %-8s %4d s\n' "$name" $result $(($(date +%s) - start)) | tee -a "$work/table"
}

# Takes of the ways that nobody has taken, one after the other.
run_lane() {
    lane=$1
    for way in $chosen; do
        mkdir "$work/taken-$(echo "$way" | tr / -)" 2>/dev/null || continue
        check "$(name_of "$way")" run_way "$way"
    done
}

# What each installed or packed is what is in the tree. What was skipped has no folder.
same_headers() {
    for way in find_package/build meson/installed vcpkg/build conan/system_boost; do
        [ -d "$work/$way" ] || continue
        case $way in
            conan/*) folder=$(echo "$work/$way"/conan-home/p/b/wan-*/p) data=$folder/res ;;
            *) folder=$work/$way/prefix data=$folder/share ;;
        esac
        diff -r "$root/include/wan" "$folder/include/wan" || return 1
        diff -r "$root/examples/executors" "$data/wan-client/executors" || return 1
    done
}

one_version() {
    [ -d "$work/meson/installed/library" ] && command -v conan >/dev/null || return 77
    tree=$work/wan-client
    config=$work/find_package/build/prefix/share/cmake/wan-client/wan-client-config-version.cmake
    said="CMake $(sed -n 's/^set(PACKAGE_VERSION "\(.*\)")/\1/p' "$config")
Meson $(meson introspect --projectinfo "$work/meson/installed/library" | sed 's/.*"version": "\([^"]*\)".*/\1/')
CMake's pkg-config $(PKG_CONFIG_PATH="$work/vcpkg/build/prefix/share/pkgconfig" pkg-config --modversion wan-client)
Meson's pkg-config $(PKG_CONFIG_PATH="$work/meson/installed/prefix/share/pkgconfig" pkg-config --modversion wan-client)
Conan $(conan inspect "$tree" | sed -n 's/^version: //p')
vcpkg $(sed -n 's/.*"version-semver": "\(.*\)",/\1/p' "$tree/packaging/vcpkg/wan-client/vcpkg.json")"
    echo "$said"
    [ -n "$version" ] && ! echo "$said" | grep -v " $version\$"
}

prepare || exit 1
printf '%-34s %-8s %4d s\n' "set-up" "" $(($(date +%s) - begun)) | tee "$work/table"

lane=0
while [ $lane -lt "$(getconf _NPROCESSORS_ONLN)" ]; do
    lane=$((lane + 1))
    run_lane $lane &
    lanes="$lanes $!"
done
# shellcheck disable=SC2086
wait $lanes
lanes=

if [ $whole = yes ]; then
    check "the same headers everywhere" same_headers
    check "one version everywhere" one_version
fi
printf '%-34s %-8s %4d s\n' "all" "" $(($(date +%s) - begun)) >>"$work/table"

printf '\n'
cat "$work/table"
! grep -q FAILED "$work/table"
