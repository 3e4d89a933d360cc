// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What docs/install.md tells to write stands in the programs of tests/packaging, and the vcpkg port names
// what the headers include.
#include "support/doctest.hpp"
#include "support/golden.hpp"

#include <wan/version.hpp>

#include <boost/json.hpp>

#include <filesystem>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
const fs::path root{WAN_SOURCE_DIR};

std::string read_all(const fs::path& folder) {
    std::string all;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) all += support::read_file(entry.path().string()) + '\n';
    return all;
}

/// What is fenced, whatever the language.
std::vector<std::string> blocks_of(const std::string& markdown) {
    const std::string fence = "\n```";
    std::vector<std::string> blocks;
    for (auto open = markdown.find(fence); open != std::string::npos;) {
        const auto begin = markdown.find('\n', open + fence.size()) + 1;
        const auto close = markdown.find(fence, begin);
        blocks.push_back(markdown.substr(begin, close - begin));
        open = markdown.find(fence, close + fence.size());
    }
    return blocks;
}

boost::json::value vcpkg_manifest() {
    return support::parse_json(
        support::read_file((root / "packaging" / "vcpkg" / "wan-client" / "vcpkg.json").string()));
}

} // namespace

TEST_SUITE_BEGIN("install");

TEST_CASE("every block of the page is what a test does") {
    const auto tested = read_all(root / "tests" / "packaging");
    const auto blocks = blocks_of(support::read_file((root / "docs" / "install.md").string()));
    CHECK(blocks.size() > 10);
    for (const auto& block : blocks) CHECK_MESSAGE(tested.find(block) != std::string::npos, block);
}

TEST_CASE("the vcpkg port has the library's version") {
    const auto version = std::to_string(WAN_VERSION_MAJOR) + "." + std::to_string(WAN_VERSION_MINOR) + "." +
                         std::to_string(WAN_VERSION_PATCH);
    CHECK(vcpkg_manifest().at("version-semver").as_string() == version.c_str());
}

TEST_CASE("the vcpkg port depends on the parts of Boost that the headers include, and on no others") {
    // <boost/throw_exception.hpp> is of boost-throw-exception, <boost/json/value.hpp> of boost-json.
    const auto headers = read_all(root / "include");
    const std::regex include{R"(#include <boost/([a-z0-9_]+))"};
    std::set<std::string> included;
    for (std::sregex_iterator found{headers.begin(), headers.end(), include}, end; found != end; ++found)
        included.insert("boost-" + std::regex_replace((*found)[1].str(), std::regex{"_"}, "-"));
    std::set<std::string> named;
    const auto manifest = vcpkg_manifest();
    for (const auto& dependency : manifest.at("dependencies").as_array()) {
        const auto& name = dependency.at("name").as_string();
        if (name.starts_with("boost-")) named.emplace(name.data(), name.size());
    }
    CHECK_FALSE(included.empty());
    CHECK(named == included);
}
