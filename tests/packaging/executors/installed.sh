. ./first_video.sh
cmake -S wan-client -B library -DWAN_TESTS=OFF -DWAN_EXAMPLES=OFF
cmake --install library --prefix "$prefix"

cmake -S . -B build -DCMAKE_PREFIX_PATH="$prefix"
cmake --build build
runs build/yours

export PKG_CONFIG_PATH="$prefix/share/pkgconfig"
c++ -std=c++20 main.cpp $(pkg-config --cflags --libs wan-client wan-client-executors libcurl) -o yours
runs ./yours
