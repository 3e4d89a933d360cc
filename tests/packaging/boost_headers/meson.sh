# A Boost of headers alone.
mkdir -p boost/include boost/lib && ln -s "$boost_include/boost" boost/include/boost
export BOOST_ROOT="$PWD/boost"

mkdir subprojects && cp "$packaging/meson/subprojects/wan-client.wrap" subprojects
meson setup build
meson compile -C build
build/yours
