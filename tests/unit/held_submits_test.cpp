// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Submits that the service's list could not tell from each other go one after the other.
#include "support/doctest.hpp"
#include "support/files.hpp"
#include "support/scripted_peer.hpp"
#include "support/store_peer.hpp"

#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("held submits");

using namespace support;
using wan::scheduler;
using wan::task_ending;

namespace {

const auto account = std::make_shared<const wan::provider>(test_provider());

wan::policy sole_user() {
    auto how = exact_policy();
    how.sole_user = true;
    how.submit_timeout = 10s;
    return how;
}

wan::task shot(const std::string& prompt, const wan::policy& how = sole_user(),
               wan::wall_clock clock = checked_clock, const std::string& model = "wan2.2-kf2v-flash") {
    auto request = test_shot();
    request.prompt = prompt;
    request.model = model;
    return *wan::make_task(account, request, clock, how, wan::strictness::off);
}

/// The handle of the next request, if there is one now.
std::optional<scheduler::handle> sent(scheduler& tasks, wan::time_point now = {}) {
    const auto todo = tasks.next(now);
    return todo.step.is_send() ? std::optional{todo.task} : std::nullopt;
}

wan::http_result made(const std::string& id) {
    return answer(200, R"({"output":{"task_status":"PENDING","task_id":")" + id + R"("}})");
}
wan::http_result empty_list() { return answer(200, R"({"data":[],"total_page":1})"); }

/// What a process left behind that died after it submitted, `after` the clock began.
wan::resume_token left_behind(const std::string& prompt, std::chrono::seconds after,
                              wan::wall_clock clock = checked_clock) {
    auto one = shot(prompt, sole_user(), clock);
    REQUIRE(one.next(wan::time_point{after}).is_send());
    return one.token();
}

} // namespace

TEST_CASE("of submits with the same model and prompt the next one follows the response to the one before") {
    scheduler tasks;
    std::vector<scheduler::handle> lamps;
    for (int i = 0; i < 3; ++i) lamps.push_back(tasks.add(shot("a lamp")));
    REQUIRE(sent(tasks) == lamps[0]);
    REQUIRE_FALSE(sent(tasks));

    SUBCASE("that accepts it") {
        REQUIRE(tasks.receive(lamps[0], made("task-1"), {}));
        CHECK(sent(tasks) == lamps[1]);
        REQUIRE(tasks.receive(lamps[1], made("task-2"), {}));
        CHECK(sent(tasks) == lamps[2]);
    }
    SUBCASE("that refuses it") {
        REQUIRE(tasks.receive(lamps[0], failure(400, "InvalidParameter"), {}));
        REQUIRE(tasks.next({}).step.is_done());
        CHECK(sent(tasks) == lamps[1]);
    }
    SUBCASE("that puts it off: it queues behind the others then") {
        REQUIRE(tasks.receive(lamps[0], failure(429, "Throttling"), {}));
        CHECK(sent(tasks) == lamps[1]);
        REQUIRE(tasks.receive(lamps[1], made("task-1"), {}));
        CHECK(sent(tasks) == lamps[2]);
    }
    SUBCASE("or its removal") {
        REQUIRE(tasks.receive(lamps[0], not_sent(), {}));
        REQUIRE(tasks.remove(lamps[0]));
        CHECK(sent(tasks) == lamps[1]);
    }
    SUBCASE("those that were canceled or removed meanwhile are passed over") {
        REQUIRE(tasks.cancel(lamps[1]));
        const auto end = tasks.next({});
        REQUIRE(end.step.is_done());
        CHECK(end.step.outcome().ending == task_ending::canceled);
        REQUIRE(tasks.receive(lamps[0], made("task-1"), {}));
        CHECK(sent(tasks) == lamps[2]);
    }
}

TEST_CASE("others do not wait for it") {
    scheduler tasks;
    const auto first = tasks.add(shot("a lamp"));
    REQUIRE(sent(tasks) == first);
    CHECK(sent(tasks) == std::nullopt);
    SUBCASE("with another prompt") {
        const auto other = tasks.add(shot("a moth"));
        CHECK(sent(tasks) == other);
    }
    SUBCASE("of another model") {
        const auto other = tasks.add(shot("a lamp", sole_user(), checked_clock, "wan2.1-kf2v-plus"));
        CHECK(sent(tasks) == other);
    }
    SUBCASE("without the promise that nobody else uses the account: nothing is taken from the list then") {
        auto how = sole_user();
        how.sole_user = false;
        const auto other = tasks.add(shot("a lamp", how));
        CHECK(sent(tasks) == other);
    }
}

TEST_CASE("while a lost submit is searched for, those like it wait; when it ends their times must differ") {
    scheduler tasks;
    const auto lost = tasks.add(shot("a lamp"));
    const auto next = tasks.add(shot("a lamp"));
    wan::time_point now{};
    REQUIRE(sent(tasks) == lost);
    REQUIRE(tasks.receive(lost, maybe_sent(), now));
    std::optional<wan::time_point> ended_at;
    for (int i = 0; i < 1000; ++i) {
        const auto todo = tasks.next(now);
        if (todo.step.is_done()) {
            REQUIRE(todo.task == lost);
            CHECK(todo.step.outcome().ending == task_ending::submit_unknown);
            ended_at = now;
        } else if (todo.step.is_wait()) {
            REQUIRE(todo.step.wake_at() < wan::time_point::max());
            now = todo.step.wake_at();
        } else if (todo.task == next) {
            break;
        } else {
            CHECK_FALSE(ended_at);
            REQUIRE(tasks.receive(todo.task, empty_list(), now));
        }
    }
    REQUIRE(ended_at);
    // The service may make its task until the timeout, and both clocks may be a minute off.
    const auto timeout_at = wan::time_point{11s};
    CHECK(now > timeout_at + 2 * wan::clock_tolerance);
    CHECK(now < timeout_at + 2 * wan::clock_tolerance + 5s);
}

TEST_CASE("a submit that is held keeps its deadline") {
    scheduler tasks;
    auto how = sole_user();
    how.deadline = 10s;
    const auto held = tasks.add(shot("a lamp", how));
    const auto other = tasks.add(shot("a lamp"));
    REQUIRE(sent(tasks) == held);
    REQUIRE(tasks.receive(held, failure(429, "Throttling"), {}));
    REQUIRE(sent(tasks) == other);
    wan::time_point now{};
    auto todo = tasks.next(now);
    for (; todo.step.is_wait() && now < wan::time_point{10s}; todo = tasks.next(now))
        now = todo.step.wake_at();
    CHECK(now == wan::time_point{10s});
    REQUIRE(todo.step.is_done());
    CHECK(todo.task == held);
    CHECK(todo.step.outcome().ending == task_ending::deadline);
}

TEST_CASE(
    "lost submits of a process that died are distinguished by the time at which the service made them") {
    // One was sent at the start, one five minutes later; both of their tasks are listed.
    scheduler tasks;
    const wan::wall_clock later{checked_clock.time + 10min, wan::time_point{}, wan::clock_trust::checked};
    auto first = left_behind("a lamp", 0s), second = left_behind("a lamp", 5min);
    const auto begun = checked_clock.time.time_since_epoch();
    bool is_told = true;
    SUBCASE("by clocks that were checked") {}
    SUBCASE("not by others") {
        first = left_behind("a lamp", 0s, test_clock), second = left_behind("a lamp", 5min, test_clock);
        is_told = false;
    }
    SUBCASE("nor by tokens that do not say until when the submit was on its way") {
        first.arrived_by.reset(), second.arrived_by.reset();
        is_told = false;
    }
    for (const auto* token : {&first, &second})
        tasks.add(
            *wan::resume_task(account, *token, later, std::make_shared<const wan::policy>(sole_user())));
    const auto row = [](const std::string& id, std::chrono::seconds created) {
        return R"({"task_id":")" + id + R"(","model_name":"wan2.2-kf2v-flash","gmt_create":)" +
               std::to_string(std::chrono::milliseconds{created}.count()) + "}";
    };
    const auto list = R"({"data":[)" + row("task-a", begun + 1s) + "," + row("task-b", begun + 5min + 1s) +
                      R"(],"total_page":1})";
    std::vector<std::string> videos;
    wan::time_point now{};
    while (tasks.size() > 0) {
        const auto todo = tasks.next(now);
        if (todo.step.is_done()) {
            if (todo.step.outcome().succeeded()) videos.push_back(todo.step.outcome().task_id);
        } else if (todo.step.is_wait()) {
            now = todo.step.wake_at();
        } else if (todo.step.request().url.find("/tasks/?") != std::string::npos) {
            REQUIRE(tasks.receive(todo.task, answer(200, list), now));
        } else {
            const auto id = todo.step.request().url.substr(todo.step.request().url.rfind('/') + 1);
            REQUIRE(tasks.receive(todo.task,
                                  answer(200, R"({"output":{"task_id":")" + id +
                                                  R"(","task_status":"SUCCEEDED","orig_prompt":"a lamp",)"
                                                  R"("video_url":"https://x/v.mp4"}})"),
                                  now));
        }
    }
    CHECK(videos.size() == (is_told ? 2u : 0u));
}

TEST_CASE("a submit outside of the scheduler holds those like it for as long as its task may still be made") {
    scheduler tasks;
    wan::time_point now{};
    SUBCASE("which is soon") {
        tasks.contest(left_behind("a lamp", 0s));
        tasks.add(shot("a lamp"));
        const auto wait = tasks.next(now).step;
        REQUIRE(wait.is_wait());
        CHECK(wait.wake_at() > now + 2 * wan::clock_tolerance);
        CHECK(sent(tasks, wait.wake_at()));
    }
    SUBCASE("but not for hours: that is a clock which is wrong") {
        auto token = left_behind("a lamp", 0s);
        token.arrived_by = *token.arrived_by + 60 * 60;
        tasks.contest(token);
        const auto one = tasks.add(shot("a lamp"));
        CHECK(sent(tasks) == one);
    }
    SUBCASE("nor if its time is not known") {
        tasks.contest(left_behind("a lamp", 0s, test_clock));
        const auto one = tasks.add(shot("a lamp"));
        CHECK(sent(tasks) == one);
    }
}

TEST_CASE("a task that keeps a running place since its upload does not wait for one that needs the place") {
    scheduler tasks{{}, {.running_tasks = 1}};
    tasks.contest(left_behind("a lamp", 0s)); // so that both are held
    const auto plain = tasks.add(shot("a lamp"));
    REQUIRE(tasks.next({}).step.is_wait());
    auto request = test_shot();
    request.prompt = "a lamp";
    request.first_frame_url =
        wan::media{shared_bytes(png({750, 1000}), true), {}, wan::media_transfer::upload};
    const auto uploads = tasks.add(*wan::make_task(account, request, checked_clock, sole_user()));
    store_peer peer;
    std::vector<scheduler::handle> ends;
    wan::time_point now{};
    for (int i = 0; i < 200 && tasks.size() > 0; ++i) {
        const auto todo = tasks.next(now);
        if (todo.step.is_send()) {
            REQUIRE(tasks.receive(todo.task, peer(todo.step.request()), now));
        } else if (todo.step.is_done()) {
            CHECK(todo.step.outcome().succeeded());
            ends.push_back(todo.task);
        } else {
            REQUIRE(todo.step.wake_at() < wan::time_point::max());
            now = todo.step.wake_at();
        }
    }
    CHECK(ends == std::vector{uploads, plain});
    CHECK(peer.submits() == 2);
}

TEST_CASE("a token tells until when the submit was on its way, if a checked clock tells it") {
    const auto token = left_behind("a lamp", 30s);
    const auto begun = checked_clock.time.time_since_epoch().count();
    CHECK(token.started_at == begun + 30);
    CHECK(token.arrived_by == begun + 30 + 10 + 1); // the timeout, and the fraction of a second
    const auto span = wan::arrival_of(token);
    REQUIRE(span);
    CHECK(span->may_have_made(checked_clock.time + 30s));
    CHECK(span->may_have_made(checked_clock.time + 41s + wan::clock_tolerance));
    CHECK_FALSE(span->may_have_made(checked_clock.time + 42s + wan::clock_tolerance));
    CHECK_FALSE(span->may_have_made(checked_clock.time + 29s - wan::clock_tolerance));
    CHECK_FALSE(wan::arrival_of(left_behind("a lamp", 30s, test_clock)));
    auto contradictory = token;
    contradictory.arrived_by = *token.started_at - 1;
    CHECK_FALSE(wan::arrival_of(contradictory));

    const auto again = wan::read_token(to_string(token));
    REQUIRE(again);
    CHECK(again->arrived_by == token.arrived_by);
    const auto task =
        wan::resume_task(account, *again, checked_clock, std::make_shared<const wan::policy>(sole_user()));
    REQUIRE(task);
    CHECK(task->token().arrived_by == token.arrived_by);
}

TEST_SUITE_END();
