// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What the responses to a submit lead to.
#include "support/doctest.hpp"

#include <wan/task/detail/submit_fsm.hpp>

#include <chrono>
#include <optional>

TEST_SUITE_BEGIN("submit machine");

using namespace std::chrono_literals;
using wan::task_event;
using wan::detail::submit_fsm;
using wan::detail::submit_response;

namespace {

wan::policy limits() {
    wan::policy p;
    p.submit = {1s, 2.0, 30s};
    p.max_unreachable_submits = 2;
    p.max_throttled_submits = 3;
    return p;
}

} // namespace

TEST_CASE("a first response decides by its class") {
    struct row {
        submit_response response;
        bool is_searchable;
        task_event event;
        std::optional<wan::milliseconds> wait;
    };
    for (const auto& r : {row{submit_response::accepted, true, task_event::submit_accepted, {}},
                          row{submit_response::rejected, true, task_event::submit_rejected, {}},
                          row{submit_response::unreachable, true, task_event::submit_not_accepted, 1s},
                          row{submit_response::postponed, true, task_event::submit_not_accepted, 1s},
                          row{submit_response::unconfirmed, true, task_event::submit_searchable, 1s},
                          row{submit_response::unconfirmed, false, task_event::submit_ambiguous, {}}}) {
        submit_fsm machine;
        const auto todo = machine.on(r.response, r.is_searchable, limits());
        CHECK(todo.event == r.event);
        CHECK(todo.wait == r.wait);
    }
}

TEST_CASE("what is certainly not accepted is sent again until the policy's limit, each class by its own") {
    submit_fsm machine;
    const auto on = [&](submit_response r) { return machine.on(r, false, limits()); };
    CHECK(on(submit_response::postponed).wait == 1s);
    CHECK(on(submit_response::unreachable).event == task_event::submit_not_accepted);
    CHECK(on(submit_response::postponed).wait == 2s);
    CHECK(on(submit_response::postponed).event == task_event::submit_rejected);
    CHECK(on(submit_response::unreachable).event == task_event::submit_unreachable);
}

TEST_CASE("what may have been accepted is never sent again") {
    for (const bool is_searchable : {true, false}) {
        submit_fsm machine;
        CHECK(machine.on(submit_response::unconfirmed, is_searchable, limits()).event !=
              task_event::submit_not_accepted);
        CHECK(machine.unconfirmed == unsigned{is_searchable});
    }
}
