// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// When a task acts next: its deadline, its wake-up time and the jitter of its waits.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/task/policy.hpp>

#include <chrono>
#include <cstdint>
#include <optional>

namespace wan::inline WAN_ABI::detail {

class pace {
public:
    explicit pace(std::uint64_t seed) noexcept : random_(seed) {}

    /// Starts the time of a task: it is due at once, and its deadline is `span` away.
    void start(time_point now, milliseconds span) noexcept;

    time_point deadline() const noexcept { return deadline_; }
    time_point wake_at() const noexcept { return wake_at_; }
    /// The wake-up time, or the deadline if that is earlier.
    time_point due_at() const noexcept { return deadline_ < wake_at_ ? deadline_ : wake_at_; }

    void wake(time_point at) noexcept { wake_at_ = at; }

    /// Wakes after a wait that is up to `jitter` of itself longer or shorter, and at least as long as the
    /// service's Retry-After asks for.
    void wake_after(time_point now, milliseconds wait, double jitter,
                    std::optional<std::chrono::seconds> retry_after = {}) noexcept;

    /// The time until the deadline, but at least a second, which any response may take.
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
