cmake -S . -B build
cmake --build build
build/yours
# Nor are its files installed with the program's.
cmake --install build --prefix prefix
[ ! -e prefix ]
