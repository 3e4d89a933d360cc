// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Which of many tasks may send its request now.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/scheduler/account_limits.hpp>
#include <wan/scheduler/detail/lane.hpp>
#include <wan/scheduler/detail/rate_gate.hpp>
#include <wan/scheduler/detail/ticket_queue.hpp>
#include <wan/task/request_kind.hpp>
#include <wan/task/wall_clock.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// The queues of an account: one for each kind of request that the account limits, and a lane for each model.
///
/// Kinds take turns, so that thousands of submits do not keep running tasks from being queried. Lanes take
/// turns within a kind, and groups within a lane. A kind whose gate is closed, and a lane that is full, are
/// passed over: neither holds up another one.
class request_queues {
public:
    explicit request_queues(const account_limits& limits) { set_limits(limits); }

    const account_limits& limits() const noexcept { return limits_; }
    void set_limits(const account_limits& limits) noexcept;

    /// Returns the lane of a model; null if it has none.
    const lane* find_lane(std::string_view model) const noexcept;
    /// Returns the number of a model's lane, which is added with these limits if it has none.
    std::uint16_t lane_of(std::string_view model, const lane_limits& of_new);
    void set_limits(std::uint16_t lane, const lane_limits& limits) noexcept {
        lanes_[lane].set_limits(limits);
    }

    /// Allocates what the tasks below this number need.
    void hold(std::size_t tasks) {
        if (tasks > tasks_.size()) tasks_.resize(tasks);
    }
    /// Sets where a task that is in no queue belongs.
    void assign(std::uint32_t task, std::uint16_t lane, unsigned group) noexcept;
    /// Removes a task from its queue, and from its running place.
    void remove(std::uint32_t task) noexcept;

    /// Queues a task, which is in no queue, for such a request; before the others if it is queued again. If
    /// this throws, nothing has changed.
    void push(std::uint32_t task, request_kind kind, bool in_front = false);
    /// Moves a task to the queue of those that need none of the limits. If this throws, nothing has changed.
    void push_urgent(std::uint32_t task);
    /// Lets a task, which is in no queue, wait for another one's response. `leave` ends that.
    void hold_back(std::uint32_t task) noexcept {
        ++tasks_[task].ticket; // an older one is not valid again
        tasks_[task].place = queue_place::held;
        tasks_[task].kind = request_kind::submit;
    }
    /// Removes a task from its queue, if it is in one.
    void leave(std::uint32_t task) noexcept;

    const queued_task& operator[](std::uint32_t task) const noexcept { return tasks_[task]; }
    /// Held ones as well.
    bool is_queued(std::uint32_t task) const noexcept { return tasks_[task].place != queue_place::none; }
    bool is_urgent(std::uint32_t task) const noexcept { return tasks_[task].place == queue_place::urgent; }
    bool is_held(std::uint32_t task) const noexcept { return tasks_[task].place == queue_place::held; }

    struct turn {
        std::uint32_t task = no_task;
        request_kind kind = request_kind::query; ///< that it was queued for
    };
    /// Takes the task whose turn it is out of its queue. Without one, `wake_at` is at most the time at which
    /// the next gate opens that a task waits for.
    turn pop(time_point now, time_point& wake_at) noexcept;
    std::uint32_t pop_urgent() noexcept; ///< `no_task` if there is none

    /// Whether the limit of this kind of request allows the task to send one now.
    bool may_send(std::uint32_t task, request_kind kind, time_point now) noexcept;
    /// Reports that it sent one. A request that begins it takes a running place.
    void sent(std::uint32_t task, request_kind kind, time_point now) noexcept;

    /// Whether the task has a running place, or may take one.
    bool may_run(std::uint32_t task) const noexcept {
        return tasks_[task].is_running || lanes_[tasks_[task].lane].has_room();
    }
    void take_running_place(std::uint32_t task) noexcept;
    void free_running_place(std::uint32_t task) noexcept;
    std::size_t running() const noexcept { return running_; } ///< tasks that have a running place

private:
    rate_gate& gate_of(std::uint32_t task, request_kind kind) noexcept;
    std::uint32_t pop_account(request_kind kind, time_point now, time_point& wake_at) noexcept;
    std::uint32_t pop_lane(request_kind kind, time_point now, time_point& wake_at) noexcept;

    account_limits limits_;
    queued_tasks tasks_;
    std::deque<lane> lanes_;
    // By kind; of a lane's kinds, the gates are in the lane.
    std::array<rate_gate, request_kinds> gates_;
    std::array<ticket_queue, request_kinds> account_;
    ticket_queue urgent_;
    std::size_t kind_turn_ = 0;                          ///< the kind that is asked first
    std::array<std::size_t, request_kinds> lane_turn_{}; ///< the lane that is asked first, by kind
    std::size_t running_ = 0;
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/scheduler/impl/request_queues.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
