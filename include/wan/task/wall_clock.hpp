// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The wall-clock time, supplied by the caller.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/http/executor.hpp>
#include <wan/wire_name.hpp>

#include <chrono>
#include <cstdint>
#include <optional>

namespace wan::inline WAN_ABI {

/// A time on the monotonic clock. The library never reads that clock: the caller passes the time in.
using time_point = std::chrono::steady_clock::time_point;

/// Whether a response from the provider confirmed a wall clock: see `agrees`.
enum class clock_trust : std::uint8_t { unchecked, checked };
BOOST_DESCRIBE_ENUM(clock_trust, unchecked, checked)

/// The wall-clock time at one moment of the monotonic clock. Later adjustments of the wall clock have no
/// effect. Read both clocks at the same moment:
///
/// \code
/// wan::wall_clock clock{std::chrono::system_clock::now(), std::chrono::steady_clock::now()};
/// \endcode
struct wall_clock {
    /// Creates the wall clock's reading: `shown` is the time it showed when the monotonic clock was at
    /// `when`. The fraction of a second is dropped.
    template <class Duration>
    constexpr wall_clock(std::chrono::sys_time<Duration> shown, time_point when,
                         clock_trust checked = clock_trust::unchecked) noexcept
        : time(std::chrono::floor<std::chrono::seconds>(shown)), at(when), trust(checked) {}

    std::chrono::sys_seconds time; ///< UTC
    time_point at;                 ///< when the wall clock was read
    clock_trust trust;             ///< whether a response's Date header confirmed the wall clock

    /// Returns false for `no_wall_clock`.
    constexpr bool is_known() const noexcept { return time != (std::chrono::sys_seconds::min)(); }

    /// Returns the wall-clock time at `now`, if the wall clock has not been adjusted since.
    constexpr std::chrono::sys_seconds operator()(time_point now) const noexcept {
        return is_known() ? time + std::chrono::floor<std::chrono::seconds>(now - at) : time;
    }
};

/// For callers that have no wall clock. After an unconfirmed submit there is then no search, and the task
/// ends as `submit_unknown`. The age of a resumed task is unknown.
inline constexpr wall_clock no_wall_clock{(std::chrono::sys_seconds::min)(), time_point{}};

/// Returns the Date header of a response, in whole seconds, UTC. Returns nothing if the header is missing or
/// unreadable.
WAN_DECL std::optional<std::chrono::sys_seconds> date_of(const http_result& answer) noexcept;

/// Maximum difference at which two clocks are treated as equal.
inline constexpr std::chrono::minutes clock_tolerance{1};

/// Returns whether the clock and the Date header of a response that came at `now` are less than
/// `clock_tolerance` apart. Returns false without a wall clock, or without such a header.
WAN_DECL bool agrees(const wall_clock& clock, const http_result& answer, time_point now);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/wall_clock.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
