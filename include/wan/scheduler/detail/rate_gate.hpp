// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Limits the requests of one kind per second.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/task/wall_clock.hpp>

#include <chrono>

namespace wan::inline WAN_ABI::detail {

/// Spaces requests evenly, so that no half-open interval of one second has more requests than the limit.
///
/// With a limit of `n` per second, each request is due 1.05 / n seconds after the previous one. The limit is
/// rounded down to a whole number; a limit below 1 allows one request in `1 / limit` seconds. If the host
/// sends a request late, the next request may be sent up to 20 ms early, so that a host that calls `next`
/// once per frame keeps the pace. Then `n + 1` requests take at least n * 1.05 / n - 0.02 = 1.03 seconds: 30
/// ms are left for requests that arrive less evenly than they leave.
class rate_gate {
public:
    /// Creates a gate; 0: not limited.
    explicit rate_gate(double per_second = 0) noexcept : spacing_(spacing_of(per_second)) {}

    /// Changes the limit as of the latest request: the next request is due one new spacing after that
    /// request. If the new limit is lower, the next request is due at least one second later, so that no
    /// second has requests under both limits.
    void set_limit(double per_second) noexcept;

    /// Returns when the next request may be sent: `now`, or later.
    time_point opens_at(time_point now) const noexcept;

    /// Reports that a request was sent.
    void pass(time_point now) noexcept;

private:
    static std::chrono::nanoseconds spacing_of(double per_second) noexcept;

    time_point due() const noexcept;

    std::chrono::nanoseconds spacing_; ///< 0: not limited
    /// Time of the latest request, or when it was due if it was sent early.
    time_point latest_ = (time_point::min)();
    bool is_lowered_ = false; ///< whether the limit was lowered since `latest_`
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/scheduler/impl/rate_gate.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
