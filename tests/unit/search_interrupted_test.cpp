// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A search that the deadline or the caller ends says so.
#include "support/doctest.hpp"
#include "support/scripted_peer.hpp"

#include <optional>
#include <string>

TEST_SUITE_BEGIN("search");

using namespace support;
using wan::task_ending;

namespace {

/// Of a process that died while its submit was in flight.
wan::resume_token lost() {
    auto made = wan::make_task(test_provider(), test_shot(), checked_clock, exact_policy());
    REQUIRE(made);
    REQUIRE(made->next(wan::time_point{}).is_send());
    return made->token();
}

const wan::outcome& at_end(wan::task& task, wan::time_point now) {
    REQUIRE(task.next(now).is_done());
    REQUIRE(task.outcome()->ending == task_ending::submit_unknown);
    REQUIRE(task.outcome()->error);
    return *task.outcome();
}

} // namespace

TEST_CASE("a resumed search that never asked before its deadline says that the deadline passed") {
    auto how = exact_policy();
    how.deadline = std::chrono::milliseconds{0};
    auto task = wan::resume_task(test_provider(), lost(), checked_clock, how);
    REQUIRE(task);
    CHECK(at_end(*task, wan::time_point{}).error->message ==
          "the submit is unconfirmed, and the deadline passed before its task was found; resume to continue");
}

TEST_CASE("a resumed search that is stopped says so") {
    auto task = wan::resume_task(test_provider(), lost(), checked_clock, exact_policy());
    REQUIRE(task);
    task->stop();
    CHECK(at_end(*task, wan::time_point{}).error->message ==
          "the submit is unconfirmed, and the search for its task was stopped; resume to continue it");
}

TEST_CASE("the last error of the search is kept beside it") {
    auto task = wan::resume_task(test_provider(), lost(), checked_clock, exact_policy());
    REQUIRE(task);
    REQUIRE(task->next(wan::time_point{}).is_send());
    REQUIRE(task->receive(failure(500, "InternalError", "out of order"), wan::time_point{}));
    task->stop();
    CHECK(at_end(*task, wan::time_point{}).error->message ==
          "the submit is unconfirmed, and the search for its task was stopped; resume to continue it; last "
          "error: out of order");
}
