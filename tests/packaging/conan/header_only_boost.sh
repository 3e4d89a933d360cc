. "$packaging/conan/home.sh"
conan create "$packaging/conan_boost" --version "$boost_version" -o '&:header_only=True'

conan create wan-client -s compiler.cppstd=20 --build=missing -o 'boost/*:header_only=True' >said 2>&1 || { cat said; exit 1; }
grep -x "$says" said
