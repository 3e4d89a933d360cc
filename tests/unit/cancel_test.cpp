// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A task whose caller no longer wants the video.
#include "support/doctest.hpp"
#include "support/scripted_peer.hpp"

TEST_SUITE_BEGIN("cancel");

using namespace support;
using wan::task_ending;
using wan::task_state;

namespace {

const std::string cancel_url = "https://dashscope-intl.aliyuncs.com/api/v1/tasks/task-1/cancel";

constexpr const char* no_cancel =
    "sinancode does not support canceling tasks; stop waiting instead (the task still runs)";

wan::task started() {
    return *wan::make_task(test_provider(), test_shot(), wan::no_wall_clock, exact_policy());
}

wan::http_result cancel_taken() { return answer(200, R"({"request_id":"request-5"})"); }
wan::http_result cancel_refused() { return failure(400, "UnsupportedOperation", "not PENDING"); }

void answer_with(wan::task& task, wan::time_point now, const wan::http_result& reply) {
    REQUIRE(task.receive(reply, now));
}

/// Sends what is due; the URL of what went out.
std::string sent(wan::task& task, wan::time_point now) {
    const auto step = task.next(now);
    REQUIRE(step.is_send());
    return step.request().url;
}

/// To the first wait, with a task at the service.
void submit(wan::task& task, wan::time_point now) {
    sent(task, now);
    answer_with(task, now, submitted());
    REQUIRE(task.next(now).is_wait());
}

} // namespace

TEST_CASE("before the submit: nothing is sent") {
    auto task = started();
    REQUIRE(task.cancel());
    const auto step = task.next({});
    REQUIRE(step.is_done());
    CHECK(step.outcome().ending == task_ending::canceled);
    CHECK(step.outcome().task_id.empty());
}

TEST_CASE("between two submits: none follows") {
    auto task = started();
    sent(task, {});
    answer_with(task, {}, failure(429, "Throttling"));
    REQUIRE(task.cancel());
    CHECK(task.next({}).is_done());
    CHECK(task.outcome()->ending == task_ending::canceled);
}

TEST_CASE("while the submit is out: as soon as the task is known") {
    auto task = started();
    sent(task, {});
    REQUIRE(task.cancel());
    CHECK(task.next({}).is_awaiting());
    answer_with(task, {}, submitted());
    CHECK(sent(task, {}) == cancel_url);
    CHECK(task.state() == task_state::canceling);
}

TEST_CASE("while the task waits: at once, and the next query tells") {
    auto task = started();
    submit(task, {});
    REQUIRE(task.cancel());
    CHECK(sent(task, {}) == cancel_url);
    answer_with(task, {}, cancel_taken());
    CHECK(sent(task, {}).ends_with("/tasks/task-1"));
    answer_with(task, {}, status("CANCELED"));
    const auto step = task.next({});
    REQUIRE(step.is_done());
    CHECK(step.outcome().ending == task_ending::canceled);
    CHECK(step.outcome().task_id == "task-1");
}

TEST_CASE("while a query is out: after its answer, unless that is the end") {
    auto task = started();
    submit(task, {});
    const wan::time_point later{30min};
    sent(task, later);
    REQUIRE(task.cancel());
    SUBCASE("it runs") {
        answer_with(task, later, status("PENDING"));
        CHECK(sent(task, later) == cancel_url);
    }
    SUBCASE("it is done") {
        answer_with(task, later, succeeded());
        CHECK(task.next(later).outcome().succeeded());
    }
}

TEST_CASE("a service that refuses says so, and the task goes on to its video") {
    auto task = started();
    submit(task, {});
    REQUIRE(task.cancel());
    sent(task, {});
    answer_with(task, {}, cancel_refused());
    REQUIRE(task.progress().trouble != nullptr);
    CHECK(task.progress().trouble->message == "not PENDING");
    const auto wait = task.next({});
    REQUIRE(wait.is_wait());
    const auto later = wait.wake_at();
    CHECK(sent(task, later).ends_with("/tasks/task-1"));
    answer_with(task, later, succeeded());
    CHECK(task.next(later).outcome().succeeded());
}

TEST_CASE("a cancel without an answer is tried again, but not for ever") {
    for (const auto& nothing : {maybe_sent(), not_sent(), failure(500, "InternalError"),
                                failure(429, "Throttling"), answer(200, "<html>")}) {
        auto task = started();
        submit(task, {});
        REQUIRE(task.cancel());
        wan::time_point now{};
        unsigned cancels = 0;
        for (int i = 0; i < 20; ++i) {
            const auto step = task.next(now);
            if (step.is_wait()) {
                now = step.wake_at();
                continue;
            }
            REQUIRE(step.is_send());
            if (step.request().url == cancel_url) {
                ++cancels;
                answer_with(task, now, nothing);
            } else {
                answer_with(task, now, succeeded());
                break;
            }
        }
        CHECK(cancels == exact_policy().max_cancels);
        CHECK(task.next(now).outcome().succeeded());
    }
}

TEST_CASE("an answer to a cancel that never comes is not waited for, for ever") {
    auto task = started();
    submit(task, {});
    REQUIRE(task.cancel());
    sent(task, {});
    CHECK(task.next(wan::time_point{10s}).is_awaiting());
    CHECK_FALSE(task.next(wan::time_point{61s}).is_awaiting());
}

TEST_CASE("a service without a cancel") {
    auto task = *wan::make_task(wan::sinancode::provider("sk-test-secret"), test_shot(), wan::no_wall_clock,
                                exact_policy());
    sent(task, {});
    SUBCASE("asked before the task is known: it goes on, with the reason") {
        REQUIRE(task.cancel());
        answer_with(task, {}, answer(200, R"({"task_id":"task-1"})"));
        CHECK(task.next({}).is_wait());
        REQUIRE(task.progress().trouble != nullptr);
        CHECK(task.progress().trouble->message == no_cancel);
    }
    SUBCASE("asked afterwards: refused") {
        answer_with(task, {}, answer(200, R"({"task_id":"task-1"})"));
        const auto refused = task.cancel();
        REQUIRE_FALSE(refused);
        CHECK(refused.error().message == no_cancel);
        CHECK(task.next({}).is_wait());
    }
}

TEST_CASE("at the end there is nothing to cancel") {
    auto task = started();
    sent(task, {});
    answer_with(task, {}, failure(401, "InvalidApiKey"));
    REQUIRE(task.next({}).is_done());
    CHECK(task.cancel().error().category == wan::error_category::misuse);
    CHECK(task.outcome()->ending == task_ending::rejected);
}

TEST_CASE("a cancel keeps the deadline and does not end what is out") {
    auto task = started();
    submit(task, {});
    REQUIRE(task.cancel());
    const auto late = wan::time_point{1h};
    const auto step = task.next(late);
    REQUIRE(step.is_done());
    CHECK(step.outcome().ending == task_ending::deadline);
    CHECK(step.outcome().task_id == "task-1");
}
