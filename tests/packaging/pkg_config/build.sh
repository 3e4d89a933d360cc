cmake -S wan-client -B library -DWAN_TESTS=OFF -DWAN_EXAMPLES=OFF
cmake --install library --prefix "$prefix"

export PKG_CONFIG_PATH="$prefix/share/pkgconfig"
c++ -std=c++20 main.cpp $(pkg-config --cflags --libs wan-client) -o yours
./yours

# What is installed may be moved, as a whole.
mv "$prefix" moved
export PKG_CONFIG_PATH="$PWD/moved/share/pkgconfig"
[ -f "$(pkg-config --variable=includedir wan-client-headers)/wan/wan.hpp" ]
mv moved "$prefix"
