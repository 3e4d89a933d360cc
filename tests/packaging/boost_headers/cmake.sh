# As where that library is not installed.
no_library=-DCMAKE_DISABLE_FIND_PACKAGE_boost_json=ON

cmake -S wan-client -B library -DWAN_TESTS=OFF -DWAN_EXAMPLES=OFF $no_library
cmake --install library --prefix "$prefix"
cmake -S . -B build -DCMAKE_PREFIX_PATH="$prefix" $no_library
cmake --build build
build/yours
