meson setup build
meson compile -C build
build/yours
# The library's files are not the program's to install.
meson install -C build --no-rebuild --destdir "$PWD/installed"
[ ! -e installed ]
