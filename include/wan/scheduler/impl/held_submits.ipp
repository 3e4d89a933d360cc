// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/scheduler/detail/held_submits.hpp>
#include <wan/task/detail/later.hpp>

#include <chrono>

namespace wan::inline WAN_ABI::detail {

WAN_DECL time_point held_submits::free_at(std::uint32_t number, const task_table& tasks,
                                          const request_queues& queues, time_point now) const noexcept {
    constexpr std::chrono::hours most_held{1}; // a claim that ends later comes from a wrong clock
    const auto& t = *tasks[number].held;
    if (!t.may_adopt_listed()) return now;
    const auto kind = tasks.kind_of(number);
    if (tasks.is_open(kind)) return (time_point::max)();
    if (const auto line = lines_.find(kind);
        line != lines_.end() && line->second.left != place{number, tasks[number].generation}) {
        // A task that keeps a running place must not wait for a task that needs one.
        const auto& [placed, waiting, left] = line->second;
        const bool is_behind = !placed.empty() || (!waiting.empty() && !queues[number].is_running);
        if (is_behind || is_next(left, tasks, queues)) return (time_point::max)();
    }
    const auto here = t.wall_clock_at(now);
    const auto at = tasks.claims.free_at(kind);
    if (!at || !here.is_known() || here.time >= *at || *at - here.time > most_held) return now;
    return later(now, *at - here.time);
}

WAN_DECL void held_submits::hold(std::uint32_t number, const task_table& tasks,
                                 const request_queues& queues) {
    const place its{number, tasks[number].generation};
    auto& line = lines_[tasks.kind_of(number)];
    auto& its_part = queues[number].is_running ? line.placed : line.waiting;
    line.left == its ? its_part.push_front(its) : its_part.push_back(its);
}

} // namespace wan::inline WAN_ABI::detail
