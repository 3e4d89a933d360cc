// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The time span in which an unconfirmed submit may have reached the provider.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/task/wall_clock.hpp>

#include <chrono>

namespace wan::inline WAN_ABI {

/// The time span in which the provider created the task of a submit, if it created one. The times are from a
/// checked wall clock.
struct arrival_span {
    std::chrono::sys_seconds from; ///< when the submit was first sent
    std::chrono::sys_seconds to;   ///< when the timeout of the latest submit ended

    /// Returns whether a task that the provider created at this time, according to its own clock, may belong
    /// to the submit.
    constexpr bool may_have_made(std::chrono::sys_seconds created) const noexcept {
        return created >= from - clock_tolerance && created <= to + clock_tolerance;
    }
    /// Returns the time from which a newly created task cannot be mistaken for the task of this submit.
    constexpr std::chrono::sys_seconds ends_at() const noexcept {
        return to + 2 * clock_tolerance + std::chrono::seconds{1};
    }
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
