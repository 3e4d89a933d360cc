// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Chooses which of many tasks may send its request now.
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
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// The queues of an account: one for each kind of request that the account limits, and a lane for each model.
///
/// Kinds take turns, so that running tasks are queried even while thousands of submits wait. Lanes take turns
/// within a kind, and groups within a lane. A kind with a closed gate is skipped, and so is a full lane:
/// neither delays other kinds or lanes.
class request_queues {
public:
    explicit request_queues(const account_limits& limits) { set_limits(limits); }

    const account_limits& limits() const noexcept { return limits_; }
    void set_limits(const account_limits& limits) noexcept;

    /// Returns the lane of a model; null if the model has no lane.
    const lane* find_lane(std::string_view model) const noexcept;
    /// Returns the number of a model's lane. If the model has no lane, adds one with these limits.
    std::uint16_t lane_of(std::string_view model, const lane_limits& of_new);
    const std::string& model_of(std::uint16_t lane) const noexcept { return lanes_[lane].model; }
    void set_limits(std::uint16_t lane, const lane_limits& limits) noexcept {
        lanes_[lane].set_limits(limits);
    }

    /// Allocates the memory for the tasks below this number.
    void hold(std::size_t tasks) {
        if (tasks > tasks_.size()) tasks_.resize(tasks);
    }
    /// Sets the lane and the group of a task, which must be in no queue.
    void assign(std::uint32_t task, std::uint16_t lane, unsigned group) noexcept;
    /// Removes a task from its queue, and frees its running place.
    void remove(std::uint32_t task) noexcept;

    /// Queues a task, which must be in no queue, for a request of this kind. A task that is queued again is
    /// put in front. If this throws, nothing has changed.
    void push(std::uint32_t task, request_kind kind, bool in_front = false);
    /// Moves a task to the urgent queue, which is for tasks to which no limit applies. If this throws,
    /// nothing has changed.
    void push_urgent(std::uint32_t task);
    /// Holds a task, which must be in no queue, until the response to another task's submit. `leave` releases
    /// it.
    void hold_back(std::uint32_t task) noexcept {
        ++tasks_[task].ticket; // invalidates older tickets
        tasks_[task].place = queue_place::held;
        tasks_[task].kind = request_kind::submit;
    }
    /// Removes a task from its queue, if it is in one.
    void leave(std::uint32_t task) noexcept;

    const queued_task& operator[](std::uint32_t task) const noexcept { return tasks_[task]; }
    /// Returns whether the task is queued or held.
    bool is_queued(std::uint32_t task) const noexcept { return tasks_[task].place != queue_place::none; }
    bool is_urgent(std::uint32_t task) const noexcept { return tasks_[task].place == queue_place::urgent; }
    bool is_held(std::uint32_t task) const noexcept { return tasks_[task].place == queue_place::held; }

    struct turn {
        std::uint32_t task = no_task;
        request_kind kind = request_kind::query; ///< the kind for which the task was queued
    };
    /// Removes the task whose turn it is from its queue. If there is no such task, lowers `wake_at` to the
    /// time when the next gate opens for which a task is waiting.
    turn pop(time_point now, time_point& wake_at) noexcept;
    std::uint32_t pop_urgent() noexcept; ///< `no_task` if there is none

    /// Returns whether the limit of this kind of request allows the task to send one now.
    bool may_send(std::uint32_t task, request_kind kind, time_point now) noexcept;
    /// Reports that the task sent a request. A request that begins the task takes a running place.
    void sent(std::uint32_t task, request_kind kind, time_point now) noexcept;

    /// Returns whether the task has a running place, or may take one.
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
    // Indexed by kind. The gates of a lane's kinds are in the lane.
    std::array<rate_gate, request_kinds> gates_;
    std::array<ticket_queue, request_kinds> account_;
    ticket_queue urgent_;
    std::size_t kind_turn_ = 0;                          ///< the kind to try first
    std::array<std::size_t, request_kinds> lane_turn_{}; ///< the lane to try first, by kind
    std::size_t running_ = 0;
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/scheduler/impl/request_queues.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
