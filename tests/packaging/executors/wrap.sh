. ./first_video.sh
mkdir subprojects && cp "$packaging/meson/subprojects/wan-client.wrap" subprojects
meson setup build
meson compile -C build
runs build/yours
