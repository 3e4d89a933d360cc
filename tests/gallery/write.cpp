// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Writes the gallery for the test in a browser: write COUNT DIRECTORY.
#include "cli/gallery/gallery.hpp"
#include "gallery/hostile_shots.hpp"

#include <cstdio>
#include <cstdlib>

int main(int count, char** arguments) {
    if (count != 3) return 2;
    const std::string folder = arguments[2];
    const auto shots = hostile::shots(std::strtoul(arguments[1], nullptr, 10), folder);
    const auto written = cli::write_gallery(folder, shots, {.title = "boats.jsonl"});
    if (!written) std::fprintf(stderr, "%s\n", to_string(written.error()).c_str());
    return written ? 0 : 1;
}
