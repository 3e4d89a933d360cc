// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The limit of one kind of request per second.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/task/wall_clock.hpp>

#include <chrono>

namespace wan::inline WAN_ABI::detail {

/// Spaces requests evenly, so that no more than a limit are sent in any half-open second.
///
/// With a limit of `n` per second (rounded down to a whole number; below 1: one in `1 / limit` seconds), each
/// request is due 1.05 / n seconds after the one before. One that the host sends late may be followed up to
/// 20 ms early, so that a host that looks once a frame keeps the pace. Then `n + 1` requests are at least n
/// * 1.05 / n - 0.02 = 1.03 seconds apart: 30 ms are left for requests that do not arrive as evenly as they
/// leave. Of a limit that is not whole, the fraction is not used.
class rate_gate {
public:
    /// 0: not limited.
    explicit rate_gate(double per_second = 0) noexcept : spacing_(spacing_of(per_second)) {}

    /// Applies another limit from the latest request on: the next one is due one new spacing after it. After
    /// a lower limit it comes a second after it at least: no second has requests from before and from after.
    void set_limit(double per_second) noexcept;

    /// Returns when the next request may be sent: `now`, or later.
    time_point opens_at(time_point now) const noexcept;

    /// Reports that a request was sent.
    void pass(time_point now) noexcept;

private:
    static std::chrono::nanoseconds spacing_of(double per_second) noexcept;

    time_point due() const noexcept;

    std::chrono::nanoseconds spacing_;        ///< 0: not limited
    time_point latest_ = (time_point::min)(); ///< request, or when it was due if it was sent ahead
    bool is_lowered_ = false;                 ///< the limit, since then
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/scheduler/impl/rate_gate.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
