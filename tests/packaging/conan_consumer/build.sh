. "$packaging/conan/home.sh"
conan create "$packaging/conan_boost" --version "$boost_version"
cp "$packaging/find_package/CMakeLists.txt" .

conan create wan-client -s compiler.cppstd=20 --build=missing --test-folder=
conan install . -s compiler.cppstd=20 --output-folder build
cmake -S . -B build -DCMAKE_TOOLCHAIN_FILE="$PWD/build/conan_toolchain.cmake" -DCMAKE_BUILD_TYPE=Debug
cmake --build build
build/yours
