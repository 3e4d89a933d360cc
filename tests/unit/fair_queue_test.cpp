// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Queues that tasks may leave from anywhere, and groups that take turns, alone.
#include "support/doctest.hpp"

#include <wan/scheduler/detail/fair_queue.hpp>
#include <wan/scheduler/detail/ticket_queue.hpp>

#include <cstdint>
#include <vector>

TEST_SUITE_BEGIN("fair queue");

using namespace wan::detail;
using wan::request_kind;

namespace {

/// Keeps tickets as the owner of the queues does.
struct tickets {
    queued_tasks tasks;

    explicit tickets(std::size_t count) : tasks(count) {}
    ticket_queue::ticket next(std::uint32_t task) const { return {task, tasks[task].ticket + 1}; }
    void begin(std::uint32_t task, request_kind kind = request_kind::submit) {
        ++tasks[task].ticket;
        tasks[task].place = queue_place::waiting;
        tasks[task].kind = kind;
    }
    void end(std::uint32_t task) { tasks[task].place = queue_place::none; }
};

struct fair_tasks : tickets {
    using tickets::tickets;
    fair_queue queue;

    void push(std::uint32_t task, unsigned group, request_kind kind = request_kind::submit,
              bool in_front = false) {
        tasks[task].group = group;
        queue.push(next(task), tasks[task], kind, in_front);
        begin(task, kind);
    }
    void leave(std::uint32_t task) {
        end(task);
        queue.drop(tasks[task].group, tasks);
    }
    std::uint32_t pop(request_kind kind = request_kind::submit) {
        const auto task = queue.next(kind, tasks);
        if (task != no_task) leave(task);
        return task;
    }
    std::vector<std::uint32_t> all(request_kind kind = request_kind::submit) {
        std::vector<std::uint32_t> popped;
        while (!queue.empty(kind)) popped.push_back(pop(kind));
        return popped;
    }
};

using numbers = std::vector<std::uint32_t>;

} // namespace

TEST_CASE("ticket queue: first in, first out, but for those that left or came in front") {
    tickets t{4};
    ticket_queue queue;
    CHECK(queue.empty());
    CHECK(queue.first(t.tasks) == no_task);
    for (std::uint32_t i = 0; i < 3; ++i) queue.push_back(t.next(i)), t.begin(i);
    CHECK(queue.first(t.tasks) == 0);
    t.end(0), queue.drop(t.tasks);
    CHECK(queue.first(t.tasks) == 1);
    queue.push_front(t.next(3)), t.begin(3);
    CHECK(queue.first(t.tasks) == 3);
    t.end(3), queue.drop(t.tasks);
    t.end(1), queue.drop(t.tasks);
    CHECK(queue.first(t.tasks) == 2);
    CHECK_FALSE(queue.empty());
    t.end(2), queue.drop(t.tasks);
    CHECK(queue.empty());
    CHECK(queue.first(t.tasks) == no_task);
}

TEST_CASE("ticket queue: a task that left and came back has its new place alone") {
    tickets t{2};
    ticket_queue queue;
    queue.push_back(t.next(0)), t.begin(0);
    queue.push_back(t.next(1)), t.begin(1);
    t.end(0), queue.drop(t.tasks);
    queue.push_back(t.next(0)), t.begin(0);
    CHECK(queue.first(t.tasks) == 1);
    t.end(1), queue.drop(t.tasks);
    CHECK(queue.first(t.tasks) == 0);
    t.end(0), queue.drop(t.tasks);
    CHECK(queue.first(t.tasks) == no_task);
}

TEST_CASE("ticket queue: those that come and go behind one that stays keep no memory, and their order") {
    tickets t{100};
    ticket_queue queue;
    queue.push_back(t.next(0)), t.begin(0);
    for (int round = 0; round < 1000; ++round)
        for (std::uint32_t i = 1; i < 100; ++i) {
            queue.push_back(t.next(i)), t.begin(i);
            if (round < 999) t.end(i), queue.drop(t.tasks);
        }
    for (std::uint32_t i = 0; i < 100; ++i) {
        CHECK(queue.first(t.tasks) == i);
        t.end(i), queue.drop(t.tasks);
    }
    CHECK(queue.empty());
}

TEST_CASE("groups take turns, each in order") {
    fair_tasks t{7};
    for (std::uint32_t i = 0; i < 4; ++i) t.push(i, 1);
    t.push(4, 2);
    t.push(5, 2);
    t.push(6, 3);
    CHECK(t.all() == numbers{0, 4, 6, 1, 5, 2, 3});
}

TEST_CASE("a group whose first task waits for another kind of request holds up no other group") {
    fair_tasks t{4};
    t.push(0, 1, request_kind::upload_policy);
    t.push(1, 1); // behind it
    t.push(2, 2);
    CHECK(t.all() == numbers{2});
    CHECK(t.pop(request_kind::upload_policy) == 0);
    CHECK(t.all() == numbers{1});
    CHECK(t.queue.empty(request_kind::upload_policy));
}

TEST_CASE("a task that is put back in front has its turn again, and decides what its group waits for") {
    fair_tasks t{3};
    t.push(0, 1, request_kind::upload);
    t.push(1, 1, request_kind::upload);
    CHECK(t.pop(request_kind::upload) == 0);
    t.push(0, 1, request_kind::upload_policy, true);
    CHECK(t.queue.empty(request_kind::upload));
    CHECK(t.pop(request_kind::upload_policy) == 0);
    CHECK(t.pop(request_kind::upload) == 1);
}

TEST_CASE("a task may leave from anywhere in its group") {
    fair_tasks t{4};
    t.push(0, 1);
    t.push(1, 1, request_kind::upload);
    t.push(2, 1);
    t.push(3, 1);
    t.leave(2);
    CHECK(t.pop() == 0);
    CHECK(t.queue.empty(request_kind::submit));
    t.leave(1);
    CHECK(t.all() == numbers{3});
    CHECK(t.queue.empty(request_kind::submit));
    CHECK(t.queue.empty(request_kind::upload));
}

TEST_CASE("turns for one kind of request do not change whose turn it is for another one") {
    fair_tasks t{12};
    for (std::uint32_t i = 0; i < 4; ++i) t.push(i, 1);
    for (std::uint32_t i = 4; i < 8; ++i) t.push(i, 2);
    for (std::uint32_t i = 8; i < 12; ++i) t.push(i, 3, request_kind::upload);
    numbers submits;
    for (int i = 0; i < 4; ++i) {
        submits.push_back(t.pop());
        CHECK(t.pop(request_kind::upload) >= 8);
    }
    CHECK(submits == numbers{0, 4, 1, 5}); // once group 2 waited until group 1 had none
}
