// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Every C++ block of the README and the docs is, word for word, in a file that is compiled. The programs of
// docs/tutorial are compiled by tutorials.py.
#include "support/doctest.hpp"
#include "support/golden.hpp"

#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
const fs::path root{WAN_SOURCE_DIR};

std::vector<fs::path> files_in(const fs::path& folder, const std::string& extension) {
    std::vector<fs::path> found;
    if (fs::exists(folder))
        for (const auto& entry : fs::recursive_directory_iterator(folder))
            if (entry.path().extension() == extension) found.push_back(entry.path());
    return found;
}

std::vector<std::string> cpp_blocks(const std::string& markdown) {
    const std::string fence = "```cpp\n";
    std::vector<std::string> blocks;
    for (auto at = markdown.find(fence); at != std::string::npos; at = markdown.find(fence, at)) {
        at += fence.size();
        blocks.push_back(markdown.substr(at, markdown.find("```", at) - at));
    }
    return blocks;
}

/// Without indentation, so that a snippet may come from inside a function.
std::string flush_left(const std::string& text) {
    std::string out;
    bool at_start = true;
    for (const char c : text) {
        if (at_start && c == ' ') continue;
        at_start = c == '\n';
        out.push_back(c);
    }
    return out;
}

} // namespace

TEST_CASE("every C++ block is compiled somewhere") {
    auto pages = files_in(root / "docs", ".md");
    std::erase_if(pages, [](const fs::path& page) { return page.parent_path().filename() == "tutorial"; });
    pages.push_back(root / "README.md");
    std::string compiled;
    for (const auto& folder : {root / "examples", root / "tests" / "docs", root / "tests" / "packaging"})
        for (const auto* extension : {".cpp", ".hpp", ".h"})
            for (const auto& file : files_in(folder, extension))
                compiled += flush_left(support::read_file(file.string())) + "\n";
    std::size_t blocks = 0;
    for (const auto& page : pages)
        for (const auto& block : cpp_blocks(support::read_file(page.string()))) {
            ++blocks;
            const bool found = compiled.find(flush_left(block)) != std::string::npos;
            CHECK_MESSAGE(found, page.string() << " quotes what is compiled nowhere:\n" << block);
        }
    CHECK(blocks >= 2);
}
