// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Sums of times that end at the last time point instead of overflowing.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/task/wall_clock.hpp>

#include <chrono>

namespace wan::inline WAN_ABI::detail {

/// Returns `from` plus a wait of 0 or more, at most `time_point::max()`. Hosts pass that one as `now` when
/// `next` told them to wait for ever.
template <class Rep, class Period>
constexpr time_point later(time_point from, std::chrono::duration<Rep, Period> wait) noexcept {
    constexpr auto last = (time_point::max)();
    // Only a time after the epoch can overflow, and only for it the difference cannot.
    if (from > time_point{} && wait > last - from) return last;
    return from + wait;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
