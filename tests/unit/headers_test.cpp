// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"
#include "support/golden.hpp"

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

TEST_SUITE_BEGIN("headers");

namespace {

namespace fs = std::filesystem;

constexpr std::string_view include_folder = WAN_SOURCE_DIR "/include/wan/";

struct source {
    std::string name;
    std::string text;
};

std::vector<source> sources_with(std::string_view extension) {
    std::vector<source> found;
    for (const auto& entry : fs::recursive_directory_iterator{include_folder})
        if (entry.path().extension() == extension)
            found.push_back({entry.path().generic_string().substr(include_folder.size()),
                             support::read_file(entry.path().string())});
    return found;
}

/// They define macros, and nothing that a macro could change.
bool holds_macros_only(std::string_view name) {
    return name == "config.hpp" || name == "version.hpp" || name == "detail/push_macros.hpp" ||
           name == "detail/pop_macros.hpp";
}

/// What stands between `before` and `after` in each line that has both, in this order.
std::vector<std::string> between(std::string_view text, std::string_view before, std::string_view after) {
    std::vector<std::string> found;
    for (std::size_t at = 0; at < text.size();) {
        const auto line = text.substr(at, text.find('\n', at) - at);
        if (line.starts_with(before))
            found.emplace_back(
                line.substr(before.size(), line.find_first_of(after, before.size()) - before.size()));
        at += line.size() + 1;
    }
    return found;
}

} // namespace

TEST_CASE("every header hides the macros of programs from its first line to its last") {
    const auto headers = sources_with(".hpp");
    REQUIRE(headers.size() > 50);
    for (const auto& header : headers) {
        if (holds_macros_only(header.name)) continue;
        CAPTURE(header.name);
        CHECK(header.text.find("#pragma once\n\n#include <wan/detail/push_macros.hpp>\n") !=
              std::string::npos);
        CHECK(header.text.find("#include") == header.text.find("#include <wan/detail/push_macros.hpp>\n"));
        CHECK(header.text.ends_with("\n#include <wan/detail/pop_macros.hpp>\n"));
    }
}

TEST_CASE("what a header includes at its end stands before its last line") {
    for (const auto& part : sources_with(".ipp")) {
        CAPTURE(part.name);
        CHECK(part.text.find("/detail/push_macros.hpp") == std::string::npos);
        CHECK(part.text.find("/detail/pop_macros.hpp") == std::string::npos);
    }
}

TEST_CASE("all names stand in the inline namespace of the version") {
    for (const auto* extension : {".hpp", ".ipp"})
        for (const auto& file : sources_with(extension)) {
            CAPTURE(file.name);
            for (const auto& name : between(file.text, "namespace wan", "{"))
                CHECK_MESSAGE((name == "::inline WAN_ABI " || name.starts_with("::inline WAN_ABI::")), name);
        }
}

TEST_CASE("each macro that is hidden comes back") {
    const auto push_macros = support::read_file(std::string{include_folder} + "detail/push_macros.hpp");
    const auto pop_macros = support::read_file(std::string{include_folder} + "detail/pop_macros.hpp");
    auto pushed = between(push_macros, "#pragma push_macro(\"", "\"");
    REQUIRE(pushed.size() > 2);
    CHECK(pushed == between(push_macros, "#undef ", "\n"));
    CHECK(pushed == between(pop_macros, "#pragma pop_macro(\"", "\""));
}

TEST_CASE(
    "the hostile macros of the header tests have all that is hidden, and each is looked for afterwards") {
    const auto hostile =
        between(support::read_file(WAN_SOURCE_DIR "/tests/headers/hostile.hpp"), "#define ", " (\n");
    CHECK(hostile ==
          between(support::read_file(WAN_SOURCE_DIR "/tests/headers/hostile_after.hpp"), "#ifndef ", "\n"));
    for (const auto& name :
         between(support::read_file(std::string{include_folder} + "detail/push_macros.hpp"), "#undef ", "\n"))
        if (name != "WAN_IN_HEADER")
            CHECK_MESSAGE(std::find(hostile.begin(), hostile.end(), name) != hostile.end(), name);
}
