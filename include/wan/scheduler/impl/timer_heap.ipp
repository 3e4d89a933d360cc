// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/scheduler/detail/timer_heap.hpp>

#include <algorithm>

namespace wan::inline WAN_ABI::detail {

WAN_DECL void timer_heap::hold(std::size_t tasks) {
    if (tasks > positions_.size()) positions_.resize(tasks, no_position);
    timers_.reserve(positions_.capacity());
}

WAN_DECL void timer_heap::set(const timer& next) noexcept {
    auto position = positions_[next.task];
    if (position == no_position) {
        position = static_cast<std::uint32_t>(timers_.size());
        timers_.push_back(next);
    }
    put(position, next);
    sift_up(position);
    sift_down(positions_[next.task]);
}

WAN_DECL void timer_heap::erase(std::uint32_t task) noexcept {
    const auto position = positions_[task];
    if (position == no_position) return;
    positions_[task] = no_position;
    const auto last = timers_.back();
    timers_.pop_back();
    if (last.task == task) return;
    // The last timer fills the gap, and may then have to move up or down.
    put(position, last);
    sift_up(position);
    sift_down(positions_[last.task]);
}

WAN_DECL void timer_heap::put(std::size_t position, const timer& moved) noexcept {
    timers_[position] = moved;
    positions_[moved.task] = static_cast<std::uint32_t>(position);
}

WAN_DECL void timer_heap::sift_up(std::size_t i) noexcept {
    const auto moved = timers_[i];
    for (; i > 0 && moved.is_before(timers_[(i - 1) / children]); i = (i - 1) / children)
        put(i, timers_[(i - 1) / children]);
    put(i, moved);
}

WAN_DECL void timer_heap::sift_down(std::size_t i) noexcept {
    const auto moved = timers_[i];
    for (;;) {
        const auto begin = children * i + 1, end = (std::min)(begin + children, timers_.size());
        if (begin >= end) break;
        auto child = begin;
        for (auto other = begin + 1; other < end; ++other)
            if (timers_[other].is_before(timers_[child])) child = other;
        if (!timers_[child].is_before(moved)) break;
        put(i, timers_[child]);
        i = child;
    }
    put(i, moved);
}

} // namespace wan::inline WAN_ABI::detail
