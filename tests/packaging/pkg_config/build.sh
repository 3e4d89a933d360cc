cmake -S wan-client -B library -DWAN_TESTS=OFF -DWAN_EXAMPLES=OFF
cmake --install library --prefix "$prefix"

export PKG_CONFIG_PATH="$prefix/share/pkgconfig"
c++ -std=c++20 main.cpp $(pkg-config --cflags --libs wan-client) -o yours
./yours
c++ -std=c++20 $(pkg-config --cflags wan-client-executors) -c executors.cpp

# What is installed may be moved, as a whole.
mv "$prefix" moved
export PKG_CONFIG_PATH="$PWD/moved/share/pkgconfig"
[ -f "$(pkg-config --variable=includedir wan-client-headers)/wan/wan.hpp" ]
[ -f "$(pkg-config --variable=pkgdatadir wan-client-executors)/executors/curl.hpp" ]
mv moved "$prefix"

# Directories may be absolute, each by itself.
headers="$PWD/elsewhere/include" data="$PWD/elsewhere/share"
cmake -S wan-client -B headers-elsewhere -DWAN_TESTS=OFF -DWAN_EXAMPLES=OFF -DCMAKE_INSTALL_PREFIX="$PWD/one" -DCMAKE_INSTALL_INCLUDEDIR="$headers"
cmake --install headers-elsewhere
[ "$(PKG_CONFIG_PATH=one/share/pkgconfig pkg-config --variable=includedir wan-client-headers)" = "$headers" ]
cmake -S wan-client -B data-elsewhere -DWAN_TESTS=OFF -DWAN_EXAMPLES=OFF -DCMAKE_INSTALL_PREFIX="$PWD/two" -DCMAKE_INSTALL_DATADIR="$data"
cmake --install data-elsewhere
[ "$(PKG_CONFIG_PATH=$data/pkgconfig pkg-config --variable=includedir wan-client-headers)" = "$PWD/two/include" ]
[ "$(PKG_CONFIG_PATH=$data/pkgconfig pkg-config --variable=pkgdatadir wan-client-executors)" = "$data/wan-client" ]
[ -f "$data/wan-client/executors/curl.hpp" ] && [ -f one/share/wan-client/executors/curl.hpp ]
[ -f "$headers/wan/wan.hpp" ] && [ -f two/include/wan/wan.hpp ]
grep -qF "INTERFACE_INCLUDE_DIRECTORIES \"$headers\"" one/share/cmake/wan-client/wan-client-targets.cmake
