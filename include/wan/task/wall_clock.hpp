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

/// A point on a clock that only goes forward. The library never reads it: the caller passes it in.
using time_point = std::chrono::steady_clock::time_point;

/// Whether a response of the service confirmed a wall clock: see `agrees`.
enum class clock_trust : std::uint8_t { unchecked, checked };
BOOST_DESCRIBE_ENUM(clock_trust, unchecked, checked)

/// What a wall clock showed at one moment of the clock that only goes forward. That the first is set anew
/// meanwhile changes nothing. Read both at one moment:
///
///     wan::wall_clock clock{std::chrono::system_clock::now(), std::chrono::steady_clock::now()};
struct wall_clock {
    /// Drops the fraction of a second.
    template <class Duration>
    constexpr wall_clock(std::chrono::sys_time<Duration> shown, time_point when,
                         clock_trust checked = clock_trust::unchecked) noexcept
        : time(std::chrono::floor<std::chrono::seconds>(shown)), at(when), trust(checked) {}

    std::chrono::sys_seconds time; ///< UTC
    time_point at;                 ///< when it showed that
    clock_trust trust;             ///< whether a response's Date header confirmed it

    /// False for `no_wall_clock`.
    constexpr bool is_known() const noexcept { return time != (std::chrono::sys_seconds::min)(); }

    /// What it shows now, if nobody set it since.
    constexpr std::chrono::sys_seconds operator()(time_point now) const noexcept {
        return is_known() ? time + std::chrono::floor<std::chrono::seconds>(now - at) : time;
    }
};

/// For a caller who knowingly has no wall clock: an unconfirmed submit is then not searched for, and ends as
/// `submit_unknown`. How old a resumed task is, is not known either.
inline constexpr wall_clock no_wall_clock{(std::chrono::sys_seconds::min)(), time_point{}};

/// The Date header of a response; nothing if there is none that can be read. In whole seconds, UTC.
WAN_DECL std::optional<std::chrono::sys_seconds> date_of(const http_result& answer) noexcept;

/// How far two clocks may be apart and still be treated as equal.
inline constexpr std::chrono::minutes clock_tolerance{1};

/// Whether the clock and the Date header of a reply that came at `now` are less than `clock_tolerance` apart.
/// False as well if there is no wall clock, or if the reply has no such header.
WAN_DECL bool agrees(const wall_clock& clock, const http_result& answer, time_point now);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/wall_clock.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
