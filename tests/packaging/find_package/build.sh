cmake -S wan-client -B library -DWAN_TESTS=OFF -DWAN_EXAMPLES=OFF
cmake --install library --prefix "$prefix"

cmake -S . -B build -DCMAKE_PREFIX_PATH="$prefix"
cmake --build build
build/yours
