// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "docs/task_states.hpp"

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::string_view usage =
    R"(Usage: wan-task-states [--write FILE | --check FILE] [--header FILE]

Generates docs/task-states.md from the transition table of the task machine and the comments of its
enumerators, and prints it.

  --write FILE   write the page to FILE instead
  --check FILE   check that FILE is the page; otherwise print the first difference
  --header FILE  read the comments from FILE (default: state.hpp and transitions.hpp of the source tree)

Exit codes: 0 done; 1 the page differs, or could not be generated, read or written; 2 wrong usage.
)";

std::optional<std::string> contents(const std::string& file) {
    std::ifstream in{file, std::ios::binary};
    if (!in.is_open()) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>{in}, {}};
}

int fail(const std::string& said) {
    std::cerr << "wan-task-states: " << said << '\n';
    return 1;
}

std::string_view line_of(std::string_view text, std::size_t at) {
    const auto begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1; // npos + 1 is 0
    return begin >= text.size() ? std::string_view{"(end of file)"}
                                : text.substr(begin, text.find('\n', begin) - begin);
}

int check(const std::string& file, std::string_view page) {
    const auto there = contents(file);
    if (there == page) return 0;
    if (!there) return fail("cannot read " + file);
    const auto differs = std::mismatch(there->begin(), there->end(), page.begin(), page.end()).first;
    const auto at = static_cast<std::size_t>(differs - there->begin());
    const auto line = 1 + std::count(there->begin(), differs, '\n');
    return fail(file + " does not match the transition table. Line " + std::to_string(line) + " is\n  " +
                std::string{line_of(*there, at)} + "\nexpected\n  " + std::string{line_of(page, at)} +
                "\nTo update it: wan-task-states --write " + file);
}

int write(const std::string& file, std::string_view page) {
    std::ofstream out{file, std::ios::binary};
    out << page;
    out.close();
    return out ? 0 : fail("cannot write " + file);
}

} // namespace

int main(int argc, char** argv) {
    std::vector<std::string> headers{WAN_SOURCE_DIR "/include/wan/task/state.hpp",
                                     WAN_SOURCE_DIR "/include/wan/task/transitions.hpp"};
    std::optional<std::string> to_write, to_check;
    for (int i = 1; i < argc; ++i) {
        const std::string_view option = argv[i];
        if (option == "--help" || option == "-h") {
            std::cout << usage;
            return 0;
        }
        const bool is_known = option == "--write" || option == "--check" || option == "--header";
        if (!is_known || i + 1 == argc) {
            std::cerr << usage;
            return 2;
        }
        const std::string file = argv[++i];
        if (option == "--header")
            headers = {file};
        else
            (option == "--write" ? to_write : to_check) = file;
    }
    if (to_write && to_check) {
        std::cerr << usage;
        return 2;
    }

    std::string comments;
    for (const auto& header : headers) {
        const auto text = contents(header);
        if (!text) return fail("cannot read " + header);
        comments += *text;
    }
    const auto page = docs::task_states_page(comments);
    if (!page) return fail(headers.back() + ": " + page.error().message);
    if (to_write) return write(*to_write, *page);
    if (to_check) return check(*to_check, *page);
    std::cout << *page;
    return 0;
}
