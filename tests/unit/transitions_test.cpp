// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"

#include <wan/task/transitions.hpp>

#include <set>
#include <string>
#include <utility>

TEST_SUITE_BEGIN("transitions");

using wan::task_ending;
using wan::task_event;
using wan::task_state;

TEST_CASE("no state reacts to one event in two ways") {
    std::set<std::pair<task_state, task_event>> seen;
    for (const auto& t : wan::task_transitions) CHECK(seen.insert({t.from, t.on}).second);
}

TEST_CASE("the endings are those that the documents name, and all but invalid are in the table") {
    std::string names, reached;
    for (const auto& row : wan::wire_table<task_ending>) {
        names.append(row.name).append(" ");
        for (const auto& t : wan::task_transitions)
            if (t.ending == row.value) {
                reached.append(row.name).append(" ");
                break;
            }
    }
    CHECK(names ==
          "succeeded failed canceled expired rejected invalid deadline stopped unreachable submit_unknown ");
    CHECK(reached ==
          "succeeded failed canceled expired rejected deadline stopped unreachable submit_unknown ");
}

TEST_CASE("exactly the transitions to ended have an ending, and none leads out of it") {
    for (const auto& t : wan::task_transitions) {
        CHECK(t.ending.has_value() == (t.to == task_state::ended));
        CHECK(t.from != task_state::ended);
    }
}

TEST_CASE("every state can be reached, and from every state an end can") {
    std::set<task_state> reached{task_state::ready}, can_end{task_state::ended};
    for (std::size_t round = 0; round < wan::wire_table<task_state>.size(); ++round)
        for (const auto& t : wan::task_transitions) {
            if (reached.contains(t.from)) reached.insert(t.to);
            if (can_end.contains(t.to)) can_end.insert(t.from);
        }
    CHECK(reached.size() == wan::wire_table<task_state>.size());
    CHECK(can_end.size() == wan::wire_table<task_state>.size());
}

TEST_CASE("a second submit is possible only after one that was certainly not accepted") {
    for (const auto& t : wan::task_transitions) {
        if (t.on == task_event::submit_sent) {
            const bool first_or_not_taken = t.from == task_state::ready || t.from == task_state::backing_off;
            CHECK(first_or_not_taken);
        }
        const bool certainly_not =
            t.on == task_event::submit_not_accepted || t.on == task_event::submit_not_listed;
        if (t.to == task_state::backing_off) CHECK(certainly_not);
        if (t.to == task_state::ready) CHECK(t.on == task_event::upload_complete);
        if (t.to == task_state::uploading && t.from != task_state::uploading)
            CHECK(t.from == task_state::backing_off);
    }
}

TEST_CASE("while an answer is out, neither time nor caller can end the task") {
    for (const auto state : {task_state::submitting, task_state::querying, task_state::listing,
                             task_state::identifying, task_state::canceling, task_state::fetching_result}) {
        CHECK(wan::is_in_flight(state));
        CHECK_FALSE(wan::next_state(state, task_event::deadline_passed));
        CHECK_FALSE(wan::next_state(state, task_event::stop));
    }
}

TEST_CASE("while no answer is out, time and caller can end the task") {
    for (const auto& row : wan::wire_table<task_state>) {
        if (wan::is_terminal(row.value) || wan::is_in_flight(row.value)) continue;
        for (const auto event : {task_event::deadline_passed, task_event::stop}) {
            const auto end = wan::next_state(row.value, event);
            REQUIRE_MESSAGE(end, row.name);
            CHECK_MESSAGE(wan::is_terminal(*end), row.name);
        }
    }
}
