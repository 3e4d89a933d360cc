// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// When each of many tasks is due, alone.
#include "support/doctest.hpp"

#include <wan/scheduler/detail/timer_heap.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("timer heap");

using namespace std::chrono_literals;
using wan::detail::timer_heap;

namespace {

std::vector<std::uint32_t> drained(timer_heap& heap) {
    std::vector<std::uint32_t> tasks;
    while (!heap.empty()) {
        tasks.push_back(heap.first().task);
        heap.erase(heap.first().task);
    }
    return tasks;
}

timer_heap with_tasks(std::size_t count) {
    timer_heap heap;
    heap.hold(count);
    return heap;
}

wan::time_point at(int seconds) { return wan::time_point{std::chrono::seconds{seconds}}; }

} // namespace

TEST_CASE("the earliest comes first, whatever the order in which they were set") {
    auto heap = with_tasks(5);
    CHECK(heap.empty());
    for (const auto& [task, seconds] : {std::pair{0u, 30}, {1u, 10}, {2u, 50}, {3u, 20}, {4u, 40}})
        heap.set({at(seconds), task, task});
    CHECK(drained(heap) == std::vector<std::uint32_t>{1, 3, 0, 4, 2});
}

TEST_CASE("tasks that are due at the same time come in their order, also when orders start again") {
    auto heap = with_tasks(4);
    heap.set({at(1), 0, 1});
    heap.set({at(1), 1, 0xFFFFFFFE});
    heap.set({at(1), 2, 0});
    heap.set({at(1), 3, 0xFFFFFFFF});
    CHECK(drained(heap) == std::vector<std::uint32_t>{1, 3, 2, 0});
}

TEST_CASE("a task has one timer: another one takes its place, and removing none changes nothing") {
    auto heap = with_tasks(3);
    heap.set({at(1), 0, 0});
    heap.set({at(2), 1, 1});
    heap.set({at(3), 0, 0});
    heap.erase(2);
    CHECK(drained(heap) == std::vector<std::uint32_t>{1, 0});
    heap.erase(0);
    CHECK(heap.empty());
}

TEST_CASE("among many that are set, moved and removed at random, the first is the earliest") {
    constexpr std::uint32_t count = 50;
    auto heap = with_tasks(count);
    std::map<std::uint32_t, wan::time_point> expected;
    std::uint32_t random = 1;
    for (int i = 0; i < 20'000; ++i) {
        random = random * 1664525 + 1013904223;
        const auto task = (random >> 8) % count;
        if ((random >> 20) % 3 == 0) {
            heap.erase(task);
            expected.erase(task);
        } else {
            expected[task] = at(static_cast<int>((random >> 12) % 1000));
            heap.set({expected[task], task, task});
        }
        REQUIRE(heap.empty() == expected.empty());
        if (expected.empty()) continue;
        std::pair<std::uint32_t, wan::time_point> earliest = *expected.begin();
        for (const auto& each : expected)
            if (each.second < earliest.second) earliest = each;
        REQUIRE(heap.first().task == earliest.first);
        REQUIRE(heap.first().at == earliest.second);
    }
}
