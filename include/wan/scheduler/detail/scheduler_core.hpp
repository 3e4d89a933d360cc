// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Drives many tasks; a program that compiles the library once does not compile it for `scheduler`.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/error.hpp>
#include <wan/http/executor.hpp>
#include <wan/model/model_catalog.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/scheduler/account_limits.hpp>
#include <wan/scheduler/detail/held_submits.hpp>
#include <wan/scheduler/detail/late_responses.hpp>
#include <wan/scheduler/detail/learned_times.hpp>
#include <wan/scheduler/detail/request_queues.hpp>
#include <wan/scheduler/detail/task_table.hpp>
#include <wan/scheduler/detail/timer_heap.hpp>
#include <wan/scheduler/scheduler_action.hpp>
#include <wan/task/task.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// The functions have the meaning of those of `scheduler`.
class scheduler_core {
public:
    scheduler_core(const account_limits& limits, const lane_limits& of_new_lanes)
        : of_each_model(of_new_lanes), queues(limits) {}
    explicit scheduler_core(const provider& who);

    task_handle add(task t, unsigned group, std::uint64_t tag);
    result<task> remove(task_handle of);
    scheduler_action next(time_point now);
    receipt receive(task_handle of, http_result answer, time_point now);
    result<void> cancel(task_handle of);
    result<void> stop(task_handle of);

    const task_table::slot* slot_of(task_handle of) const noexcept {
        return table.find(of.index, of.generation);
    }
    lane_limits limits_of_new(std::string_view model) const {
        return dialect != nullptr ? lane_limits_of(*dialect, catalog.get(), model) : of_each_model;
    }

    std::shared_ptr<const model_catalog> catalog = {}; ///< the provider's catalog
    const wan::dialect* dialect = nullptr; ///< source of the limits of new lanes; null: `of_each_model`
    lane_limits of_each_model = {};
    // Indexed by the task's slot.
    task_table table = {};
    request_queues queues;
    timer_heap timers = {};       ///< wake-up times; of a queued task: when it becomes urgent
    std::uint32_t done = no_task; ///< the task whose outcome the latest `next` returned
    std::size_t tasks = 0;
    late_responses late = {};
    held_submits held = {};
    learned_times times = {};

private:
    struct turn;

    task_handle handle_of(std::uint32_t index) const noexcept { return {index, table[index].generation}; }
    const task& task_at(std::uint32_t index) const noexcept { return *table[index].held; }

    void wake(std::uint32_t index, time_point at) noexcept;
    void reconsider(std::uint32_t index) noexcept;

    void release_reported(time_point now);
    void queue_what_is_due(time_point now);
    std::uint32_t take_urgent(time_point now);
    std::uint32_t take_turn(time_point now, time_point& wake_at);
    void put_back(std::uint32_t index, request_kind kind, time_point now);
    bool hold(std::uint32_t index, time_point now);
    void release_held(time_point now);
    scheduler_action advance(std::uint32_t index, time_point now);
    task_handle sent(std::uint32_t index, const step& todo, time_point now) noexcept;
    void settle(std::uint32_t index) noexcept;
    void settle_late(std::uint32_t index, std::uint64_t prompt_hash);
    void requeue(std::uint32_t index, time_point now) noexcept;
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/scheduler/impl/scheduler_core.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
