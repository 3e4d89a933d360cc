// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The wall clock that a task was made with, in one word.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/task/wall_clock.hpp>

#include <chrono>
#include <cstdint>

namespace wan::inline WAN_ABI::detail {

/// How far the wall clock is ahead of the clock that only goes forward. A million tasks may wait at once, and
/// a `wall_clock` takes three words.
class clock_offset {
public:
    /// A time out of any calendar stays out of it: it is no time of a submit.
    explicit constexpr clock_offset(const wall_clock& clock) noexcept {
        if (!clock.is_known()) return;
        constexpr std::int64_t farthest = 1'000'000'000'000; // seconds; no sum overflows
        const std::int64_t seconds = clock.time.time_since_epoch().count();
        const auto shown = seconds < -farthest ? -farthest : seconds > farthest ? farthest : seconds;
        bits_ =
            (shown * 1000 - milliseconds_of(clock.at)) * 4 + (clock.trust == clock_trust::checked ? 3 : 1);
    }

    /// What the wall clock shows, or `no_wall_clock`.
    constexpr wall_clock at(time_point now) const noexcept {
        if (bits_ == 0) return no_wall_clock;
        const std::chrono::milliseconds shown{milliseconds_of(now) + (bits_ >> 2)};
        return {std::chrono::sys_time<std::chrono::milliseconds>{shown}, now,
                (bits_ & 2) != 0 ? clock_trust::checked : clock_trust::unchecked};
    }

private:
    static constexpr std::int64_t milliseconds_of(time_point at) noexcept {
        return std::chrono::floor<std::chrono::milliseconds>(at.time_since_epoch()).count();
    }

    std::int64_t bits_ = 0; ///< the offset in milliseconds; whether it was checked; whether there is one
};

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
