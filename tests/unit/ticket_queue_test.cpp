// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A queue that tasks may leave from anywhere, alone.
#include "support/doctest.hpp"

#include <wan/scheduler/detail/ticket_queue.hpp>

#include <cstdint>
#include <ctime>
#include <deque>
#include <random>
#include <vector>

TEST_SUITE_BEGIN("ticket queue");

using namespace wan::detail;

namespace {

/// As `request_queues` uses it.
struct queue {
    explicit queue(std::uint32_t count) : tasks(count) {}

    void push(std::uint32_t task, bool in_front) {
        const ticket_queue::ticket next{task, tasks[task].ticket + 1};
        in_front ? tickets.push_front(next) : tickets.push_back(next);
        tasks[task].ticket = next.number;
        tasks[task].place = queue_place::account;
    }
    void leave(std::uint32_t task) {
        tasks[task].place = queue_place::none;
        tickets.drop(tasks);
    }

    queued_tasks tasks;
    ticket_queue tickets;
};

} // namespace

TEST_CASE("whatever is put in front, behind, and leaves: the order is that of a plain queue") {
    constexpr std::uint32_t count = 300;
    queue q{count};
    std::deque<std::uint32_t> plain;
    std::mt19937 random{7};
    for (int i = 0; i < 40'000; ++i) {
        const bool is_growing = (i / 2'000) % 2 == 0; // long and short in turn
        const auto task = static_cast<std::uint32_t>(random() % count);
        if (q.tasks[task].place == queue_place::none) {
            if (!is_growing && random() % 4 != 0) continue;
            const bool in_front = random() % 2 == 0;
            q.push(task, in_front);
            in_front ? plain.push_front(task) : plain.push_back(task);
        } else if (!is_growing || random() % 4 == 0) {
            const auto leaving = random() % 2 == 0 ? task : plain.front();
            q.leave(leaving);
            std::erase(plain, leaving);
        }
        REQUIRE(q.tickets.empty() == plain.empty());
        REQUIRE(q.tickets.first(q.tasks) == (plain.empty() ? no_task : plain.front()));
    }
}

TEST_CASE("putting tasks in front takes the same time in a long queue as in a short one") {
    constexpr std::uint32_t count = 200'000;
    queue q{2 * count};
    for (std::uint32_t i = 0; i < count; ++i) q.push(i, false);
    const auto begin = std::clock();
    for (std::uint32_t i = count; i < 2 * count; ++i) q.push(i, true);
    for (std::uint32_t i = 0; i < count; ++i) { // back and forth
        const auto first = q.tickets.first(q.tasks);
        q.leave(first);
        q.push(first, true);
    }
    CHECK(std::clock() - begin < 2 * CLOCKS_PER_SEC);
    CHECK(q.tickets.first(q.tasks) == 2 * count - 1);
}
