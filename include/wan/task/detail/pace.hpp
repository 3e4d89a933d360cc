// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Decides when a task acts next: its deadline, its wake-up time and the jitter of its waits.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/task/policy.hpp>

#include <chrono>
#include <cstdint>
#include <optional>

namespace wan::inline WAN_ABI::detail {

/// The deadline, the wake-up time and the random numbers of a task.
class pace {
public:
    explicit pace(std::uint64_t seed) noexcept : random_(seed) {}

    /// Starts the clock of a task: the task is due at once, and its deadline is `span` from now.
    void start(time_point now, milliseconds span) noexcept;

    time_point deadline() const noexcept { return deadline_; }
    time_point wake_at() const noexcept { return wake_at_; }
    /// Returns the wake-up time, or the deadline if that is earlier.
    time_point due_at() const noexcept { return deadline_ < wake_at_ ? deadline_ : wake_at_; }

    void wake(time_point at) noexcept { wake_at_ = at; }

    /// Wakes the task after a wait with jitter: the wait is longer or shorter by up to this fraction, but not
    /// shorter than Retry-After asks for.
    void wake_after(time_point now, milliseconds wait, double jitter,
                    std::optional<std::chrono::seconds> retry_after = {}) noexcept;

    /// Returns the time until the deadline, but at least one second, because every response is given that
    /// time.
    milliseconds left(time_point now) const noexcept;

    /// Makes the random numbers differ from those of tasks with the same seed.
    void mix(std::uint64_t number) noexcept { random_ ^= number; }
    /// Returns the next random number.
    std::uint64_t draw() noexcept;

private:
    time_point deadline_ = {};
    time_point wake_at_ = {};
    std::uint64_t random_;
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/pace.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
