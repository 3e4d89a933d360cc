. "$packaging/conan/home.sh"
printf '[platform_requires]\nboost/%s\n' "$boost_version" >>conan-home/profiles/default

conan create wan-client -s compiler.cppstd=20 --build=missing >said 2>&1 || { cat said; exit 1; }
grep -x "$says" said
