// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"

#include <wan/provider/task_status.hpp>

#include <string>

TEST_SUITE_BEGIN("task_status");

using wan::task_status;

TEST_CASE("a status word is looked up in the dialect's rows, then among the words of all services") {
    constexpr wan::status_word own[] = {{"IN_QUEUE", task_status::pending}, {"done", task_status::running}};
    CHECK(wan::find_status(own, "in_queue") == task_status::pending);
    CHECK(wan::find_status(own, "Done") == task_status::running);
    CHECK(wan::find_status({}, "Done") == task_status::succeeded);
    CHECK(wan::find_status({}, " TASK_STATUS_FAILURE ") == task_status::failed);
    CHECK(wan::find_status({}, "cancelled") == task_status::canceled);
    for (const char* unknown : {"", "IN_QUEUE", "TASK_STATUS_", "not_done"}) {
        CAPTURE(std::string{unknown});
        CHECK_FALSE(wan::find_status({}, unknown));
    }
}

TEST_CASE("an unknown status word keeps polling") {
    CHECK(wan::status_or_running({}, "WARMING_UP") == task_status::running);
    CHECK(wan::status_or_running({}, "") == task_status::running);
    CHECK(wan::status_or_running({}, "failed") == task_status::failed);
}

TEST_SUITE_END();
