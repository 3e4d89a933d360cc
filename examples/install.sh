# Sourced by other scripts: installs the Debian packages that the scripts of this repository need.

# Any Boost from 1.81 on. The JSON package includes the headers of its version.
boost_packages='libboost-json1.81-dev|libboost-json1.83-dev|libboost-json1.88-dev|libboost-json-dev'
# The variants of curl exclude each other; any of them is enough.
curl_packages='libcurl4-openssl-dev|libcurl4-gnutls-dev'

build_packages="g++ cmake ninja-build $boost_packages"
# The tutorials call the program curl.
examples_packages="$curl_packages libssl-dev libcli11-dev libsoci-dev libsqlite3-dev libpq-dev ffmpeg fonts-dejavu-core ca-certificates curl"
# Image encoders and decoders to compare with, libraries whose executors are tested, and the generator of the
# reference; a browser for the gallery; a database server for states that machines share.
tests_packages="chromium doctest-dev imagemagick webp pkg-config qt6-base-dev doxygen doxygen-awesome-css postgresql libpq-dev"
# The required version of the formatter: others format the same code differently.
layout_packages="python3 clang-format-19"
# libFuzzer is in Clang's runtime libraries.
fuzz_packages='clang llvm libclang-rt-dev|libclang-rt-14-dev'
# Conan comes from PyPI.
packaging_packages="git meson pkg-config python3-venv $curl_packages"

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# Returns whether a package is installed, or one that provides it, as some nodejs packages provide npm.
is_installed() {
    [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2>/dev/null | cut -c 1-2)" = ii ] ||
        dpkg-query -W -f '${db:Status-Abbrev}, ${Provides},\n' 2>/dev/null | grep '^ii' | grep -F ", $1," >/dev/null
}

# any_of TEST A|B|C: prints the first of them that passes the test.
any_of() {
    for one in $(echo "$2" | tr '|' ' '); do
        if "$1" "$one"; then
            echo "$one"
            return 0
        fi
    done
    return 1
}

is_known() {
    # A package that others only provide or mention has no version.
    # Not grep -q: with pipefail it fails where apt-cache is still writing.
    apt-cache show "$1" 2>/dev/null | grep '^Version:' >/dev/null
}

# install_packages NAME...: installs missing packages; for A|B, one of them is enough.
install_packages() {
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        echo "This is not a Debian system. Install the equivalents of these Debian packages: $*"
        return 0
    fi
    missing=
    for wanted in "$@"; do
        any_of is_installed "$wanted" >/dev/null || missing="$missing $wanted"
    done
    [ -n "$missing" ] || return 0

    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        echo "Missing packages:$missing. Install them as root, or install sudo." >&2
        return 1
    fi
    echo "Missing packages:$missing"
    echo "Updating the package lists ..."
    # An unreachable third-party server must not stop the installation from Debian's own servers.
    as_root apt-get -q update || echo "apt-get update failed; continuing with the current lists."
    chosen=
    for wanted in $missing; do
        if ! package=$(any_of is_known "$wanted"); then
            echo "apt-get knows no package $wanted, which Debian 12 and newer have; check the network and apt's sources" >&2
            return 1
        fi
        chosen="$chosen $package"
    done
    echo "Installing:$chosen"
    # --no-remove: no installed package is removed. $chosen is a list of words.
    if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 install -y \
        --no-install-recommends --no-remove $chosen; then
        echo "Could not install:$chosen; see apt-get's output above" >&2
        return 1
    fi
}

# need_programs NAME...: fails if one of them is not on the PATH.
need_programs() {
    absent=
    for program in "$@"; do
        command -v "$program" >/dev/null || absent="$absent $program"
    done
    [ -z "$absent" ] || {
        echo "Not found on the PATH:$absent; install them" >&2
        return 1
    }
}

# By default, Ninja starts more compilers than there are processors, and each needs about 1 GB.
export CMAKE_BUILD_PARALLEL_LEVEL="${CMAKE_BUILD_PARALLEL_LEVEL:-$(getconf _NPROCESSORS_ONLN)}"
