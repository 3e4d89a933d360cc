// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Which of many tasks may send its request now, alone: kinds, lanes, gates and running places.
#include "support/doctest.hpp"

#include <wan/scheduler/detail/request_queues.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string_view>
#include <vector>

TEST_SUITE_BEGIN("request queues");

using namespace std::chrono_literals;
using namespace wan::detail;
using wan::request_kind;

namespace {

constexpr wan::time_point start_time{1h};

struct queues : request_queues {
    explicit queues(const wan::account_limits& limits = {}) : request_queues(limits) { hold(100); }

    std::uint32_t task(std::string_view model, const wan::lane_limits& limits = {}, unsigned group = 0) {
        assign(count, lane_of(model, limits), group);
        return count++;
    }
    std::uint32_t queued(request_kind kind, std::string_view model = "m", const wan::lane_limits& limits = {},
                         unsigned group = 0) {
        const auto added = task(model, limits, group);
        push(added, kind);
        return added;
    }
    /// Those that may send now, and when the next one may.
    std::vector<std::uint32_t> sent_at(wan::time_point now) {
        std::vector<std::uint32_t> all;
        wake_at = (wan::time_point::max)();
        for (auto next = pop(now, wake_at); next.task != no_task; next = pop(now, wake_at)) {
            sent(next.task, next.kind, now);
            all.push_back(next.task);
        }
        return all;
    }

    std::uint32_t count = 0;
    wan::time_point wake_at = {};
};

using numbers = std::vector<std::uint32_t>;

} // namespace

TEST_CASE("kinds take turns, each before its gate alone") {
    queues q{{.queries_per_second = 1, .lists_per_second = 1, .cancels_per_second = 1}};
    const wan::lane_limits slow{.submits_per_second = 1, .upload_policies_per_second = 1};
    for (const auto kind : {request_kind::submit, request_kind::query, request_kind::list,
                            request_kind::cancel, request_kind::upload_policy, request_kind::upload})
        for (int i = 0; i < 3; ++i) q.queued(kind, "m", slow, static_cast<unsigned>(kind));
    auto first = q.sent_at(start_time);
    std::sort(first.begin(), first.end());
    CHECK(first == numbers{0, 3, 6, 9, 12, 15, 16, 17}); // files have no limit of their own
    CHECK(q.wake_at == start_time + 1030ms);
    CHECK(q.sent_at(start_time + 1s).empty());
    CHECK(q.sent_at(start_time + 1030ms).size() == 5);
}

TEST_CASE("submits of each model have a gate of their own, queries one for all") {
    queues q{{.queries_per_second = 1}};
    const wan::lane_limits slow{.submits_per_second = 1};
    for (const auto* model : {"a", "b", "c"})
        for (int i = 0; i < 2; ++i) {
            q.queued(request_kind::submit, model, slow);
            q.queued(request_kind::query, model);
        }
    CHECK(q.sent_at(start_time).size() == 4);
    CHECK(q.sent_at(start_time + 1100ms).size() == 4);
    CHECK(q.sent_at(start_time + 2200ms).size() == 1);
}

TEST_CASE("a full lane, or one whose gate is closed, holds up no other lane") {
    queues q;
    const auto full = q.queued(request_kind::submit, "full", {.running_tasks = 1});
    const auto behind = q.queued(request_kind::submit, "full");
    const auto slow = q.queued(request_kind::submit, "slow", {.submits_per_second = 0.001});
    const auto behind_slow = q.queued(request_kind::submit, "slow");
    const auto free = q.queued(request_kind::submit, "free");
    const auto free_too = q.queued(request_kind::submit, "free");
    auto now = q.sent_at(start_time);
    std::sort(now.begin(), now.end());
    CHECK(now == numbers{full, slow, free, free_too});
    q.free_running_place(full);
    CHECK(q.sent_at(start_time) == numbers{behind});
    CHECK(q.is_queued(behind_slow));
}

TEST_CASE("lanes take turns, and groups within a lane") {
    queues q;
    numbers a, b;
    for (int i = 0; i < 4; ++i) a.push_back(q.queued(request_kind::submit, "a", {}, 1));
    b.push_back(q.queued(request_kind::submit, "b", {}, 1));
    b.push_back(q.queued(request_kind::submit, "b", {}, 1));
    const auto single = q.queued(request_kind::submit, "a", {}, 2);
    CHECK(q.sent_at(start_time) == numbers{a[0], b[0], single, b[1], a[1], a[2], a[3]});
}

TEST_CASE("a task with a running place goes before those that wait for one") {
    queues q;
    const wan::lane_limits one{.running_tasks = 1};
    const auto uploads = q.queued(request_kind::upload_policy, "m", one);
    const auto waits = q.queued(request_kind::submit, "m", one);
    CHECK(q.sent_at(start_time) == numbers{uploads});
    q.push(uploads, request_kind::submit);
    CHECK(q.sent_at(start_time) == numbers{uploads});
    CHECK(q.running() == 1);
    q.remove(uploads);
    CHECK(q.running() == 0);
    CHECK(q.sent_at(start_time) == numbers{waits});
}

TEST_CASE("one that is urgent needs no gate, has one place alone, and may leave") {
    queues q{{.queries_per_second = 0.001}};
    const auto first = q.queued(request_kind::query);
    CHECK(q.sent_at(start_time) == numbers{first});
    const auto waits = q.queued(request_kind::query);
    const auto other = q.queued(request_kind::submit);
    q.push_urgent(waits);
    q.push_urgent(waits);
    q.push_urgent(other);
    CHECK(q.is_urgent(waits));
    CHECK(q.sent_at(start_time).empty());
    q.leave(other);
    CHECK(q.pop_urgent() == waits);
    CHECK(q.pop_urgent() == no_task);
    CHECK_FALSE(q.is_queued(waits));
}

TEST_CASE("limits that change count at once, upward and downward") {
    queues q;
    for (int i = 0; i < 6; ++i) q.queued(request_kind::submit, "m", {.running_tasks = 2});
    CHECK(q.sent_at(start_time) == numbers{0, 1});
    q.set_limits(q.lane_of("m", {}), {.running_tasks = 3});
    CHECK(q.sent_at(start_time) == numbers{2});
    q.set_limits(q.lane_of("m", {}), {.running_tasks = 2});
    q.free_running_place(0);
    CHECK(q.sent_at(start_time).empty()); // two still run
    q.free_running_place(1);
    CHECK(q.sent_at(start_time) == numbers{3});
    q.set_limits(q.lane_of("m", {}), {.submits_per_second = 1});
    CHECK(q.sent_at(start_time).empty());
    CHECK(q.wake_at == start_time + 1030ms);
    CHECK(q.find_lane("m")->limits == wan::lane_limits{.submits_per_second = 1});
    CHECK(q.find_lane("n") == nullptr);
}
