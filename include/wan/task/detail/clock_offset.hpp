// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The wall clock of a task, stored in one word.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/task/wall_clock.hpp>

#include <chrono>
#include <cstdint>

namespace wan::inline WAN_ABI::detail {

/// The offset of the wall clock from the monotonic clock. It takes one word instead of the three of a
/// `wall_clock`, because a million tasks may wait at once.
class clock_offset {
public:
    /// Stores the offset. A time outside of every calendar is clamped but stays outside, so it is never the
    /// time of a submit.
    explicit constexpr clock_offset(const wall_clock& clock) noexcept {
        if (!clock.is_known()) return;
        constexpr std::int64_t farthest = 1'000'000'000'000; // seconds; no sum overflows
        const std::int64_t seconds = clock.time.time_since_epoch().count();
        const auto shown = seconds < -farthest ? -farthest : seconds > farthest ? farthest : seconds;
        bits_ =
            (shown * 1000 - milliseconds_of(clock.at)) * 4 + (clock.trust == clock_trust::checked ? 3 : 1);
    }

    /// Returns the wall clock at `now`, or `no_wall_clock`.
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

    std::int64_t bits_ = 0; ///< the offset in milliseconds; whether it was checked; whether it is known
};

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
