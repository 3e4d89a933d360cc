// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Tasks of a scheduler whose next step needs no request: they act at once, and whatever needs a request
// keeps to the limits.
#include "support/doctest.hpp"
#include "support/files.hpp"
#include "support/scripted_peer.hpp"
#include "support/store_peer.hpp"

#include <wan/scheduler/scheduler.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("urgent tasks");

using namespace support;
using wan::request_kind;
using wan::scheduler;
using wan::task_ending;
using wan::task_state;

namespace {

const auto provider = std::make_shared<const wan::provider>(test_provider());
const auto limits = std::make_shared<const wan::policy>(exact_policy());

wan::task shot() { return *wan::make_task(provider, test_shot(), wan::no_wall_clock, limits); }

wan::task with_files(int count = 1) {
    auto request = test_shot();
    const auto file = [](unsigned height) {
        return wan::media{shared_bytes(png({750, height}), true), {}, wan::media_transfer::upload};
    };
    request.first_frame_url = file(1000);
    if (count > 1) request.last_frame_url = file(1001);
    return *wan::make_task(provider, request, wan::no_wall_clock, limits);
}

/// With a wall clock, so that a lost submit is searched for.
wan::task searching() {
    auto how = exact_policy();
    auto request = test_shot();
    request.prompt.reset();
    return *wan::make_task(test_provider(), request, test_clock, how);
}

wan::http_result postponed() { return failure(429, "Throttling"); }

/// A host that calls `next` until it waits, and answers only what it is told to.
struct host {
    explicit host(const wan::account_limits& account = {}, const wan::lane_limits& lane = {})
        : tasks(account, lane) {}

    /// The next request, which must be of that kind.
    scheduler::action sent(request_kind kind) {
        auto todo = tasks.next(now);
        REQUIRE(todo.step.is_send());
        REQUIRE(todo.step.request_kind() == kind);
        return todo;
    }
    /// How many requests are sent until it waits.
    int sent_now() {
        for (int count = 0;; ++count)
            if (!tasks.next(now).step.is_send()) return count;
    }
    wan::time_point wakes() {
        const auto todo = tasks.next(now);
        REQUIRE(todo.step.is_wait());
        return todo.step.wake_at();
    }
    void answer(const scheduler::action& to, wan::http_result what) {
        REQUIRE(tasks.receive(to.task, std::move(what), now));
    }
    /// The end that is reported now.
    task_ending end() {
        const auto todo = tasks.next(now);
        REQUIRE(todo.step.is_done());
        return todo.step.outcome().ending;
    }
    /// Another task ends, so that `next` returns before the turn of those that came to be due meanwhile.
    void end_of_another() {
        REQUIRE(tasks.stop(tasks.add(shot())));
        CHECK(end() == task_ending::stopped);
    }

    scheduler tasks;
    wan::time_point now{1h};
};

} // namespace

TEST_CASE("files that are stored after they seemed lost do not let their submits pass the limits") {
    host h{{.requests_at_once = 5}, {.submits_per_second = 1, .upload_policies_per_second = 0}};
    std::vector<scheduler::action> uploads;
    for (unsigned i = 0; i < 5; ++i) h.tasks.add(with_files(), i);
    while (uploads.size() < 5) {
        const auto todo = h.tasks.next(h.now);
        REQUIRE(todo.step.is_send());
        if (todo.step.request_kind() == request_kind::upload_policy)
            h.answer(todo, store_peer::policy("dir"));
        else
            uploads.push_back(todo);
    }
    h.now = h.wakes();
    h.end_of_another();
    for (const auto& each : uploads) h.answer(each, answer(204, ""));
    CHECK(h.sent_now() == 1);
    h.now += 1030ms;
    CHECK(h.sent_now() == 1);
}

TEST_CASE("pages of a list that come after they seemed lost do not let the next pages pass the limits") {
    host h{{.lists_per_second = 1}};
    std::vector<scheduler::action> lists;
    for (int i = 0; i < 4; ++i) h.tasks.add(searching());
    std::vector<scheduler::action> submits;
    for (int i = 0; i < 4; ++i) submits.push_back(h.sent(request_kind::submit));
    for (const auto& each : submits) h.answer(each, maybe_sent());
    for (auto wake_at = h.now; lists.size() < 4; h.now = wake_at) {
        const auto todo = h.tasks.next(h.now);
        if (todo.step.is_send())
            lists.push_back(todo);
        else
            wake_at = todo.step.wake_at();
    }
    h.now += 60s; // the host stood still
    h.end_of_another();
    for (const auto& each : lists)
        h.answer(each, answer(200, R"({"data":[{"task_id":"a","model_name":"x"}],"total_page":9})"));
    CHECK(h.sent_now() == 1);
}

TEST_CASE("tasks that are canceled while they are urgent wait for their turn as well") {
    host h{{.queries_per_second = 0, .cancels_per_second = 1}};
    std::vector<scheduler::action> queries;
    for (int i = 0; i < 4; ++i) h.tasks.add(shot());
    std::vector<scheduler::action> submits;
    for (int i = 0; i < 4; ++i) submits.push_back(h.sent(request_kind::submit));
    for (std::size_t i = 0; i < 4; ++i)
        h.answer(submits[i], answer(200, R"({"output":{"task_status":"PENDING","task_id":"t)" +
                                             std::to_string(i) + "\"}}"));
    h.now = h.wakes();
    for (int i = 0; i < 4; ++i) queries.push_back(h.sent(request_kind::query));
    h.now += 60s; // the host stood still
    h.end_of_another();
    for (std::size_t i = 0; i < 4; ++i) {
        h.answer(queries[i], status("RUNNING"));
        REQUIRE(h.tasks.cancel(queries[i].task));
    }
    CHECK(h.sent_now() == 1);
}

TEST_CASE("a task whose wait is over when its urgent turn comes waits for its turn among the others") {
    host h{{.queries_per_second = 1}};
    for (int i = 0; i < 2; ++i) REQUIRE(h.tasks.stop(h.tasks.add(shot())));
    for (int i = 0; i < 3; ++i) {
        auto waiting = shot();
        REQUIRE(waiting.next(h.now).is_send());
        REQUIRE(waiting.receive(submitted(), h.now));
        h.tasks.add(std::move(waiting));
    }
    CHECK(h.end() == task_ending::stopped);
    h.now += 60s;
    CHECK(h.end() == task_ending::stopped);
    CHECK(h.sent_now() == 1);
}

TEST_CASE("a task that is stopped or canceled during its submit ends with the response, also where its lane "
          "is full") {
    host h{{}, {.running_tasks = 1}};
    const auto first = h.tasks.add(shot());
    const auto submit = h.sent(request_kind::submit);
    h.tasks.add(shot());
    h.wakes();
    auto expected = task_ending::stopped;
    SUBCASE("stopped") { REQUIRE(h.tasks.stop(first)); }
    SUBCASE("canceled") {
        REQUIRE(h.tasks.cancel(first));
        expected = task_ending::canceled;
    }
    h.answer(submit, postponed());
    CHECK(h.end() == expected);
    (void)h.sent(request_kind::submit); // the other one's
}

TEST_CASE("a lost upload does not keep the account's only request from others until a deadline") {
    host h{{.requests_at_once = 1}};
    h.tasks.add(with_files());
    const auto lost = h.sent(request_kind::upload_policy);
    h.tasks.add(shot());
    const auto lost_at = h.now + 2 * lost.step.request().timeout;
    CHECK(h.wakes() == lost_at);
    h.now = lost_at;
    (void)h.sent(request_kind::submit);
    CHECK(h.tasks.requests_in_flight() == 1);
}

TEST_CASE("an upload is given up in time while the task's other file waits for a gate") {
    host h{{}, {.upload_policies_per_second = 0.001}};
    h.tasks.add(with_files(2));
    const auto lost = h.sent(request_kind::upload_policy);
    const auto lost_at = h.now + 2 * lost.step.request().timeout;
    CHECK(h.wakes() == lost_at);
    h.now = lost_at;
    CHECK(h.wakes() > lost_at);
    CHECK(h.tasks.requests_in_flight() == 0);
}

TEST_CASE("a task with files that can only end does so at once, though its other file waits for a gate") {
    host h{{}, {.upload_policies_per_second = 0.001}};
    const auto task = h.tasks.add(with_files(2));
    const auto asked = h.sent(request_kind::upload_policy);
    h.wakes();
    h.now += 1s;
    auto expected = task_ending::rejected;
    SUBCASE("a file was rejected") { h.answer(asked, failure(400, "InvalidParameter")); }
    SUBCASE("it was stopped") {
        REQUIRE(h.tasks.stop(task));
        h.answer(asked, failure(500, "InternalError"));
        expected = task_ending::stopped;
    }
    SUBCASE("it was canceled") {
        REQUIRE(h.tasks.cancel(task));
        h.answer(asked, failure(500, "InternalError"));
        expected = task_ending::canceled;
    }
    CHECK(h.end() == expected);
}

TEST_CASE("tasks that are added while a request is in flight take a running place") {
    host h{{}, {.running_tasks = 1}};
    auto added = shot();
    SUBCASE("a query") {
        REQUIRE(added.next(h.now).is_send());
        REQUIRE(added.receive(submitted(), h.now));
        const auto wait = added.next(h.now);
        REQUIRE(wait.is_wait());
        h.now = wait.wake_at();
        REQUIRE(added.next(h.now).is_send());
        CHECK(added.state() == task_state::querying);
    }
    SUBCASE("a cancel") {
        REQUIRE(added.next(h.now).is_send());
        REQUIRE(added.receive(submitted(), h.now));
        REQUIRE(added.cancel());
        REQUIRE(added.next(h.now).is_send());
        CHECK(added.state() == task_state::canceling);
    }
    SUBCASE("an upload") {
        added = with_files();
        REQUIRE(added.next(h.now).is_send());
        CHECK(added.state() == task_state::uploading);
    }
    h.tasks.add(std::move(added));
    CHECK(h.tasks.running() == 1);
    h.tasks.add(shot());
    CHECK(h.sent_now() == 0);
}

TEST_CASE("tasks that are added before their submit or their first upload take no running place yet") {
    host h{{}, {.running_tasks = 1}};
    h.tasks.add(shot());
    h.tasks.add(with_files());
    CHECK(h.tasks.running() == 0);
}

TEST_CASE("tasks that are found in the list and are to be canceled keep to the limit of cancels") {
    host h{{.queries_per_second = 0, .lists_per_second = 0, .cancels_per_second = 1}};
    constexpr int count = 4;
    std::string rows;
    for (int i = 0; i < count; ++i) {
        auto how = exact_policy();
        how.sole_user = true;
        auto request = test_shot();
        request.prompt = std::to_string(i);
        h.tasks.add(*wan::make_task(test_provider(), request, test_clock, how));
        rows.append(i == 0 ? "" : ",")
            .append(R"({"model_name":"wan2.2-kf2v-flash","task_id":"task-)" + std::to_string(i) + R"("})");
    }
    std::vector<scheduler::action> submits;
    for (int i = 0; i < count; ++i) submits.push_back(h.sent(request_kind::submit));
    for (const auto& each : submits) {
        h.answer(each, maybe_sent());
        REQUIRE(h.tasks.cancel(each.task));
    }
    std::vector<wan::time_point> cancels;
    for (int i = 0; i < 10'000 && cancels.size() < count; ++i) {
        const auto todo = h.tasks.next(h.now);
        if (todo.step.is_wait()) {
            h.now = todo.step.wake_at();
            continue;
        }
        REQUIRE(todo.step.is_send());
        const auto id = todo.step.request().url.substr(todo.step.request().url.rfind("task-") + 5, 1);
        if (todo.step.request_kind() == request_kind::list) {
            h.answer(todo, answer(200, R"({"data":[)" + rows + R"(],"total_page":1})"));
        } else if (todo.step.request_kind() == request_kind::query) {
            h.answer(todo, answer(200, R"({"output":{"task_status":"RUNNING","task_id":"task-)" + id +
                                           R"(","orig_prompt":")" + id + R"("}})"));
        } else {
            REQUIRE(todo.step.request_kind() == request_kind::cancel);
            cancels.push_back(h.now); // and is not answered
        }
    }
    REQUIRE(cancels.size() == count);
    for (std::size_t i = 1; i < count; ++i) CHECK(cancels[i] - cancels[i - 1] >= 1s);
}

namespace {

/// What a service that is often wrong responds to such a request.
wan::http_result any_response(request_kind kind, std::mt19937& random) {
    const auto one_of = [&](const std::vector<wan::http_result>& all) { return all[random() % all.size()]; };
    const auto task = [](const std::string& members) {
        return answer(200, R"({"output":{"task_id":"task-1",)" + members + "}}");
    };
    const auto list = [](const std::string& rows) {
        return answer(200, R"({"data":[)" + rows + R"(],"total_page":1})",
                      {{"Date", "Mon, 02 Feb 2026 02:40:05 GMT"}});
    };
    const auto first = std::string{R"({"task_id":"task-1","model_name":"wan2.2-kf2v-flash"})"},
               second = std::string{R"({"task_id":"task-2","model_name":"wan2.2-kf2v-flash"})"};
    if (random() % 3 == 0)
        return one_of({not_sent(), maybe_sent(), postponed(), failure(500, "InternalError")});
    switch (kind) {
    case request_kind::submit: return one_of({submitted(), maybe_sent(), answer(200, "{}")});
    case request_kind::list: return one_of({list(""), list(first), list(first + "," + second)});
    case request_kind::cancel: return one_of({answer(200, "{}"), failure(400, "UnsupportedOperation")});
    case request_kind::upload_policy: return store_peer::policy("dir");
    case request_kind::upload: return one_of({answer(204, ""), store_refusal(409, "FileAlreadyExists", "")});
    default: break;
    }
    return one_of({task(R"("task_status":"RUNNING")"), task(R"("task_status":"RUNNING","orig_prompt":"p")"),
                   task(R"("task_status":"FAILED","orig_prompt":"q")"), task(R"("task_status":"UNKNOWN")"),
                   succeeded()});
}

wan::task any_task(std::mt19937& random) {
    auto how = exact_policy();
    auto clock = test_clock;
    if (random() % 2 == 0) clock.trust = wan::clock_trust::checked;
    how.sole_user = random() % 4 != 0;
    how.submit_again_if_not_listed = random() % 2 == 0;
    how.max_searches = 3;
    if (random() % 8 == 0) how.deadline = std::chrono::seconds{random() % 300};
    auto request = test_shot();
    if (random() % 3 != 0) request.prompt = "p";
    const auto file = [](unsigned height) {
        return wan::media{shared_bytes(png({750, height}), true), {}, wan::media_transfer::upload};
    };
    if (random() % 3 == 0) request.first_frame_url = file(1000);
    if (random() % 3 == 0) request.last_frame_url = file(1001);
    return *wan::make_task(provider, request, clock, how);
}

} // namespace

TEST_CASE(
    "whatever happens to a task, it sends what it said that it needs, and nothing if it needs nothing") {
    std::mt19937 random{11};
    std::map<request_kind, int> sent;
    int silent = 0;
    for (int run = 0; run < 2'000; ++run) {
        CAPTURE(run);
        auto task = any_task(random);
        wan::time_point now{1h};
        std::vector<std::pair<unsigned, request_kind>> in_flight;
        for (int i = 0; i < 300 && task.state() != task_state::ended; ++i) {
            if (random() % 50 == 0) task.stop();
            if (random() % 30 == 0) (void)task.cancel();
            const bool is_silent = task.needs_no_request(now);
            const auto kind = task.next_request(now);
            const auto state = task.state();
            CAPTURE(state);
            const auto times_out_at = task.times_out_at();
            if (now >= times_out_at) CHECK(is_silent);
            const auto step = task.next(now);
            silent += is_silent;
            if (step.is_send()) {
                REQUIRE_FALSE(is_silent);
                REQUIRE(step.request_kind() == kind);
                ++sent[kind];
                if (task.requests_in_flight() > in_flight.size()) in_flight.emplace_back(step.number(), kind);
            } else if (random() % 2 == 0) {
                now = std::max(now, std::min(step.is_done() ? now : step.wake_at(), now + 10min));
            }
            if (random() % 20 == 0) now += std::chrono::seconds{random() % 200};
            if (in_flight.empty() || random() % 3 == 0) continue;
            const auto at = in_flight.begin() + static_cast<std::ptrdiff_t>(random() % in_flight.size());
            (void)task.receive(at->first, any_response(at->second, random), now);
            in_flight.erase(at);
        }
    }
    CHECK(silent > 10'000);
    CHECK(sent.size() == 6);
    for (const auto& [kind, count] : sent) CHECK(count > 100);
}
