// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// When a submit without a response may have reached the service.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/task/wall_clock.hpp>

#include <chrono>

namespace wan::inline WAN_ABI {

/// The service created the task of a submit between these times, if it did. The wall clock was checked.
struct arrival_span {
    std::chrono::sys_seconds from; ///< when it was first sent
    std::chrono::sys_seconds to;   ///< when the timeout of the latest one ended

    /// Whether a task that the service created at this time, by its own clock, may be that of the submit.
    constexpr bool may_have_made(std::chrono::sys_seconds created) const noexcept {
        return created >= from - clock_tolerance && created <= to + clock_tolerance;
    }
    /// From when on another submit makes a task that cannot be taken for this one's.
    constexpr std::chrono::sys_seconds ends_at() const noexcept {
        return to + 2 * clock_tolerance + std::chrono::seconds{1};
    }
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
