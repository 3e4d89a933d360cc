// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Tests the generator. The program wan-task-states checks that docs/task-states.md is up to date.
#include "docs/task_states.hpp"
#include "support/doctest.hpp"
#include "support/golden.hpp"

#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

TEST_SUITE_BEGIN("page of the task's states");

namespace {

std::string header() {
    return support::read_file(WAN_SOURCE_DIR "/include/wan/task/state.hpp") +
           support::read_file(WAN_SOURCE_DIR "/include/wan/task/transitions.hpp");
}

std::string page() {
    const auto made = docs::task_states_page(header());
    REQUIRE_MESSAGE(made, made.error().message);
    return *made;
}

std::size_t count(std::string_view text, std::string_view part) {
    std::size_t n = 0;
    for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++n;
    return n;
}

} // namespace

TEST_CASE("every transition is in the diagram, and in a row of its own") {
    const auto text = page();
    for (const auto& t : wan::task_transitions) {
        const auto way =
            std::string{to_wire(t.from)} + " --> " + std::string{docs::name_of_target(t)} + " : ";
        REQUIRE_MESSAGE(count(text, "\n    " + way) == 1, way);
        const auto line = text.substr(text.find("\n    " + way) + 1);
        CHECK_MESSAGE(line.substr(0, line.find('\n')).find(to_wire(t.on)) != std::string::npos, way);
    }
    CHECK(count(text.substr(text.find("## Transitions")), "\n|") == std::size(wan::task_transitions) + 2);
    for (const auto& t : wan::late_transitions)
        CHECK(text.find("| `" + std::string{wan::to_wire(t.from)} + "` | `" +
                        std::string{wan::to_wire(t.on)} + "` | `" + std::string{wan::to_wire(t.to)} +
                        "` |\n") != std::string::npos);
}

TEST_CASE("every state and every event has its meaning") {
    const auto text = page();
    CHECK(count(text, "| `ready` | the request is valid and its files are uploaded; no submit was sent |") ==
          1);
    CHECK(count(text, "| `stop` | the caller stops the task |") == 1);
    for (const auto& row : wan::wire_table<wan::task_state>)
        CHECK_MESSAGE(count(text, "\n| " + docs::code(row.name) + " | ") >= 1, row.name);
    for (const auto& row : wan::wire_table<wan::task_ending>)
        CHECK_MESSAGE(count(text, "\n| " + docs::code(row.name) + " | ") >= 1, row.name);
    for (const auto& row : wan::wire_table<wan::task_event>)
        CHECK_MESSAGE(count(text, "\n| " + docs::code(row.name) + " | ") == 1, row.name);
}

TEST_CASE("an enumerator without a comment is named") {
    auto text = header();
    const std::string comment = "///< the deadline passed";
    REQUIRE(text.find(comment) != std::string::npos);
    text.erase(text.find(comment), comment.size());
    const auto made = docs::task_states_page(text);
    REQUIRE(!made);
    CHECK(made.error().message == "task_event::deadline_passed has no ///< comment that says what it means");
    REQUIRE(!docs::task_states_page(""));
    CHECK(docs::task_states_page("").error().message ==
          "task_state::uploading has no ///< comment that says what it means");
}

TEST_CASE("a comment may continue on the next line, and cannot end a table's cell") {
    for (const auto* type : {"", ": std::uint8_t "})
        CHECK(docs::meanings_in(std::string{"enum class other { b };\nenum class e "} + type +
                                    "{\n    a, ///< one\n};\n",
                                "e")
                  .at("a") == "one");
    const auto found = docs::meanings_in(
        "enum class e {\n    a, ///< one |\n       ///< two\n    b = 3,\n    c ///< three\n};\n", "e");
    CHECK(found.find("a")->second == "one \\| two");
    CHECK(found.find("b") == found.end());
    CHECK(found.find("c")->second == "three");
}

TEST_CASE("a comment may be a sentence before its enumerator") {
    const auto found = docs::meanings_in(
        "enum class e {\n    /// One sentence\n    /// in two lines.\n    a,\n    b ///< two\n};\n", "e");
    CHECK(found.find("a")->second == "one sentence in two lines");
    CHECK(found.find("b")->second == "two");
}
