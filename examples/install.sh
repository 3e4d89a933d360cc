# Sourced, not run: Debian packages for the scripts of this repository.

# Any Boost from 1.81 on. The JSON package brings the headers of its version along.
boost_packages='libboost-json1.81-dev|libboost-json1.83-dev|libboost-json1.88-dev|libboost-json-dev'
# The flavours of curl exclude each other, and each will do.
curl_packages='libcurl4-openssl-dev|libcurl4-gnutls-dev'

build_packages="g++ cmake ninja-build $boost_packages"
examples_packages="$curl_packages libssl-dev libcli11-dev ffmpeg fonts-dejavu-core ca-certificates"
# Encoders and decoders of images, to compare with; libraries whose executors are tested; and what makes the reference.
tests_packages="doctest-dev imagemagick webp pkg-config qt6-base-dev doxygen"
# The one version of the formatter: others lay out the same code differently.
layout_packages="python3 clang-format-19"
# libFuzzer is in Clang's runtime libraries.
fuzz_packages='clang llvm libclang-rt-dev|libclang-rt-14-dev'
# Conan comes from PyPI.
packaging_packages="git meson pkg-config python3-venv $curl_packages"

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# Whether a package is there, or one that provides it, as some nodejs do npm.
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
    # A package that others only provide or mention has no version of its own.
    apt-cache show "$1" 2>/dev/null | grep -q '^Version:'
}

# install_packages NAME...: installs what is missing; of A|B, one is enough. Does nothing but look if nothing is.
install_packages() {
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        echo "This is no Debian; what is needed has these names there: $*"
        return 0
    fi
    missing=
    for wanted in "$@"; do
        any_of is_installed "$wanted" >/dev/null || missing="$missing $wanted"
    done
    [ -n "$missing" ] || return 0

    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        echo "Missing, and neither root nor sudo is there to install it:$missing" >&2
        return 1
    fi
    echo "Missing:$missing"
    echo "Asking the package servers what there is ..."
    # An unreachable third-party server must not stop what Debian's own can give: the installation will tell.
    as_root apt-get -q update || echo "apt-get update failed; going on with what is known."
    chosen=
    for wanted in $missing; do
        if ! package=$(any_of is_known "$wanted"); then
            echo "No package $wanted is known to apt-get. Debian 12 or newer has it." >&2
            return 1
        fi
        chosen="$chosen $package"
    done
    echo "Installing:$chosen"
    # --no-remove: nothing that is there goes away for it. $chosen is a list of words.
    if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 install -y \
        --no-install-recommends --no-remove $chosen; then
        echo "Could not install:$chosen" >&2
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
        echo "Not found:$absent" >&2
        return 1
    }
}

# Ninja alone would start more compilers than there are processors, and they need about 1 GB each.
export CMAKE_BUILD_PARALLEL_LEVEL="${CMAKE_BUILD_PARALLEL_LEVEL:-$(getconf _NPROCESSORS_ONLN)}"
