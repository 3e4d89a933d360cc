// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// All targets in one program, so that they are linked once: `--target=NAME` chooses.
#include "targets.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace {

const fuzz::target* chosen = nullptr;

void print_help() {
    std::puts(
        "Usage: wan-fuzz --target=NAME [LIBFUZZER_OPTION]... [FOLDER|FILE]...\n"
        "       wan-fuzz --list\n"
        "\n"
        "Runs a part of the library with generated input, and stops if a property does not hold. Options of\n"
        "libFuzzer begin with one dash (-help=1). With files, runs only these; with folders, continues from\n"
        "their files and adds new inputs to the first folder. tests/fuzz/run.sh runs all targets.\n"
        "\n"
        "Targets:");
    for (const auto& t : fuzz::targets)
        std::printf("  %-13s %s\n", std::string{t.name}.c_str(), std::string{t.about}.c_str());
    std::puts("\n"
              "Exit codes: 0 all properties hold; 2 wrong usage; otherwise a property is broken, or a "
              "sanitizer found an error");
}

/// Name and longest input, a line for each target: for tests/fuzz/run.sh.
void print_list() {
    for (const auto& t : fuzz::targets) std::printf("%s %zu\n", std::string{t.name}.c_str(), t.longest);
}

const fuzz::target* find_target(std::string_view name) {
    for (const auto& t : fuzz::targets)
        if (t.name == name) return &t;
    return nullptr;
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

/// libFuzzer passes over options with two dashes, and hands them on to the processes that it starts.
extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
    constexpr std::string_view option = "--target=";
    for (int i = 1; i < *argc; ++i) {
        const std::string_view argument{(*argv)[i]};
        if (argument == "--help") print_help(), std::exit(0);
        if (argument == "--list") print_list(), std::exit(0);
        if (argument.substr(0, option.size()) == option) chosen = find_target(argument.substr(option.size()));
    }
    if (chosen != nullptr) return 0;
    std::fputs("Unknown target; wan-fuzz --help lists the targets.\n", stderr);
    std::exit(2);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string bytes(size, '\0');
    if (size != 0) std::memcpy(bytes.data(), data, size);
    chosen->run(fuzz::input{bytes});
    return 0;
}
