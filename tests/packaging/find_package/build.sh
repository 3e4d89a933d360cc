cmake -S wan-client -B library -DWAN_TESTS=OFF -DWAN_EXAMPLES=OFF
cmake --install library --prefix "$prefix"

cmake -S . -B build -DCMAKE_PREFIX_PATH="$prefix"
cmake --build build
build/yours

# Before 1.0, another minor version is another library.
for other in 0.0 0.2 1.0; do
    mkdir "other-$other" && cp main.cpp "other-$other"
    sed "s/wan-client 0\.1/wan-client $other/" CMakeLists.txt >"other-$other/CMakeLists.txt"
    if cmake -S "other-$other" -B "other-$other/build" -DCMAKE_PREFIX_PATH="$prefix"; then exit 1; fi
done
