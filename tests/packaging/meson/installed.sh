# Only what is installed is to be found.
rm -r subprojects

meson setup library wan-client -Dprograms=false --prefix "$prefix"
meson install -C library

export PKG_CONFIG_PATH="$prefix/share/pkgconfig"
meson setup build
meson compile -C build
build/yours
