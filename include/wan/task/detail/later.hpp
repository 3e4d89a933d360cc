// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Adds times without overflow: a sum is at most the last time point.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/task/wall_clock.hpp>

#include <chrono>

namespace wan::inline WAN_ABI::detail {

/// Returns `from` plus a wait of 0 or more, at most `time_point::max()`. Hosts pass `time_point::max()` as
/// `now` after `next` returned an endless wait.
template <class Rep, class Period>
constexpr time_point later(time_point from, std::chrono::duration<Rep, Period> wait) noexcept {
    constexpr auto last = (time_point::max)();
    // Only a time after the epoch can overflow; for such a time, the subtraction cannot overflow.
    if (from > time_point{} && wait > last - from) return last;
    return from + wait;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
