// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/scheduler/detail/held_submits.hpp>
#include <wan/task/detail/later.hpp>

#include <chrono>

namespace wan::inline WAN_ABI::detail {

WAN_DECL time_point held_submits::free_at(std::uint32_t number, const task_table& tasks,
                                          time_point now) const noexcept {
    constexpr std::chrono::hours most_held{1}; // a claim of later is of a clock that is wrong
    const auto& t = *tasks[number].held;
    if (!t.may_adopt_listed()) return now;
    const auto kind = kind_of_submit(t.prompt_hash(), t.model());
    const auto line = lines_.find(kind);
    const bool is_behind =
        line != lines_.end() && line->second.left != place{number, tasks[number].generation};
    if (is_behind || tasks.is_open(kind)) return (time_point::max)();
    const auto here = t.wall_clock_at(now);
    const auto at = tasks.claims.free_at(kind);
    if (!at || !here.is_known() || here.time >= *at || *at - here.time > most_held) return now;
    return later(now, *at - here.time);
}

WAN_DECL void held_submits::hold(std::uint32_t number, const task_table& tasks) {
    const auto& t = *tasks[number].held;
    const place its{number, tasks[number].generation};
    auto& [waiting, left] = lines_[kind_of_submit(t.prompt_hash(), t.model())];
    left == its ? waiting.push_front(its) : waiting.push_back(its);
}

WAN_DECL bool held_submits::is_free(const submit_kind& kind, const held_line& line, const task_table& tasks,
                                    const request_queues& queues) noexcept {
    const auto left = line.left;
    const bool is_next = is_here(left, tasks) && queues.is_queued(left.task) && !queues.is_held(left.task);
    return !is_next && !tasks.is_open(kind);
}

} // namespace wan::inline WAN_ABI::detail
