// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The times at which many tasks are due.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/task/wall_clock.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace wan::inline WAN_ABI::detail {

/// A heap of timers, at most one for each task. The heap knows the position of each task's timer, so a
/// timer can be moved, or removed before it is due. All functions except `hold` are noexcept; `set` and
/// `erase` take logarithmic time.
class timer_heap {
public:
    /// The time at which a task is due.
    struct timer {
        time_point at;
        std::uint32_t task;
        std::uint32_t order; ///< among tasks that are due at the same time, the lowest order comes first

        /// Returns whether this timer is due before the other.
        bool is_before(const timer& other) const noexcept {
            // Orders wrap around to 0 after 2^32 tasks.
            return at != other.at ? at < other.at : static_cast<std::int32_t>(order - other.order) < 0;
        }
    };

    /// Allocates the memory for the tasks below this number.
    void hold(std::size_t tasks);

    bool empty() const noexcept { return timers_.empty(); }
    const timer& first() const noexcept { return timers_.front(); } ///< the heap must not be empty
    /// Returns when the first task is due; `time_point::max()` if there is no timer.
    time_point first_at() const noexcept { return empty() ? (time_point::max)() : first().at; }

    /// Sets the task's timer, replacing any earlier one.
    void set(const timer& next) noexcept;
    /// Removes the task's timer, if it has one.
    void erase(std::uint32_t task) noexcept;

private:
    static constexpr std::uint32_t no_position = 0xFFFFFFFF;
    /// Four timers take 64 bytes, a cache line: half the levels of a binary heap, and as many misses per
    /// level.
    static constexpr std::size_t children = 4;

    void put(std::size_t position, const timer& moved) noexcept;
    void sift_up(std::size_t position) noexcept;
    void sift_down(std::size_t position) noexcept;

    std::vector<timer> timers_;
    std::vector<std::uint32_t> positions_; ///< position of each task's timer
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/scheduler/impl/timer_heap.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
