// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What the responses to queries and cancels lead to.
#include "support/doctest.hpp"

#include <wan/protocol/cancel.hpp>
#include <wan/protocol/query.hpp>
#include <wan/task/detail/poll_fsm.hpp>
#include <wan/task/transitions.hpp>

#include <cstdint>
#include <limits>

TEST_SUITE_BEGIN("poll machine");

using wan::cancel_verdict;
using wan::query_verdict;
using wan::task_event;
using wan::detail::poll_fsm;

TEST_CASE("a response to a query decides by its verdict") {
    struct row {
        query_verdict verdict;
        task_event event;
        bool is_at_once, is_at_once_if_canceling;
    };
    for (const auto& r : {row{query_verdict::working, task_event::task_running, false, true},
                          row{query_verdict::succeeded, task_event::task_succeeded, false, false},
                          row{query_verdict::result_due, task_event::result_elsewhere, true, true},
                          row{query_verdict::failed, task_event::task_failed, false, false},
                          row{query_verdict::canceled, task_event::task_canceled, false, false},
                          row{query_verdict::expired, task_event::task_expired, false, false},
                          row{query_verdict::retry, task_event::query_failed, false, false},
                          row{query_verdict::lost, task_event::query_lost, false, false}})
        for (const bool is_cancel_wanted : {false, true}) {
            poll_fsm machine;
            const auto todo = machine.on_query(r.verdict, is_cancel_wanted, 20);
            CHECK(todo.event == r.event);
            CHECK(todo.is_at_once == (is_cancel_wanted ? r.is_at_once_if_canceling : r.is_at_once));
        }
}

TEST_CASE("failed queries end the polling only in a row") {
    poll_fsm machine;
    const auto on = [&](query_verdict v) { return machine.on_query(v, false, 3).event; };
    CHECK(on(query_verdict::retry) == task_event::query_failed);
    CHECK(on(query_verdict::retry) == task_event::query_failed);
    CHECK(on(query_verdict::working) == task_event::task_running);
    CHECK(on(query_verdict::retry) == task_event::query_failed);
    CHECK(on(query_verdict::retry) == task_event::query_failed);
    CHECK(on(query_verdict::retry) == task_event::query_lost);
}

TEST_CASE("a policy without limits: the counters stop, and do not start again") {
    constexpr auto no_limit = (std::numeric_limits<unsigned>::max)();
    poll_fsm machine;
    for (int i = 0; i < 70'000; ++i) {
        poll_fsm::count(machine.cancels);
        REQUIRE(machine.cancels != 0);
        REQUIRE(machine.on_cancel(cancel_verdict::retry, no_limit) == poll_fsm::cancel_decision::ask_again);
    }
    machine.failures = 65'534;
    for (int i = 0; i < 5; ++i)
        CHECK(machine.on_query(query_verdict::retry, false, no_limit).event == task_event::query_failed);
    CHECK(machine.failures == 65'535);
}

TEST_CASE("a cancel without a clear response is sent again until the policy's limit") {
    using decision = poll_fsm::cancel_decision;
    struct row {
        cancel_verdict verdict;
        std::uint16_t sent;
        decision then;
    };
    for (const auto& r : {row{cancel_verdict::canceled, 1, decision::query_now},
                          row{cancel_verdict::refused, 1, decision::query_later},
                          row{cancel_verdict::retry, 1, decision::ask_again},
                          row{cancel_verdict::retry, 4, decision::ask_again},
                          row{cancel_verdict::retry, 5, decision::query_later},
                          row{cancel_verdict::canceled, 5, decision::query_now}}) {
        poll_fsm machine;
        machine.cancels = r.sent;
        CHECK(machine.on_cancel(r.verdict, 5) == r.then);
    }
}
