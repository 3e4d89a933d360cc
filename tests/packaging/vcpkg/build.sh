# A stand-in that knows one command. Boost is the system's.
vcpkg() {
    [ "$1" = install ]
    cmake -DPORT_DIR="$PWD/${3#--overlay-ports=}/$2" -DPACKAGES_DIR="$prefix" -DBUILD_DIR="$PWD/library" -P vcpkg.cmake
}

vcpkg install wan-client --overlay-ports=wan-client/packaging/vcpkg

cp "$packaging/find_package/CMakeLists.txt" .
cmake -S . -B build -DCMAKE_PREFIX_PATH="$prefix"
cmake --build build
build/yours
