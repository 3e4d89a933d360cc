// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/scheduler/detail/rate_gate.hpp>
#include <wan/task/detail/clamp_policy.hpp>
#include <wan/task/detail/later.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace wan::inline WAN_ABI::detail {

// A generic cell rate algorithm: the n-th request is due n spacings after the first, and may be sent earlier
// by `ahead`.

inline constexpr std::chrono::milliseconds ahead{20};

WAN_DECL std::chrono::nanoseconds rate_gate::spacing_of(double per_second) noexcept {
    if (!(per_second > 0)) return std::chrono::nanoseconds{0};
    // A computed limit may be slightly below a whole number.
    constexpr double margin = 1.05, almost = 1e-9;
    const double used = per_second < 1 ? per_second : std::floor(per_second + almost);
    const std::chrono::duration<double> spacing{margin / used}, most = longest_wait;
    return std::chrono::ceil<std::chrono::nanoseconds>((std::min)(spacing, most));
}

WAN_DECL void rate_gate::set_limit(double per_second) noexcept {
    const auto spacing = spacing_of(per_second);
    is_lowered_ = is_lowered_ || (spacing > spacing_ && latest_ != (time_point::min)());
    spacing_ = spacing;
}

/// Returns when the next request is due, if all requests are sent on time.
WAN_DECL time_point rate_gate::due() const noexcept {
    constexpr std::chrono::nanoseconds whole_second = std::chrono::seconds{1} + ahead;
    return later(latest_, is_lowered_ ? (std::max)(spacing_, whole_second) : spacing_);
}

WAN_DECL time_point rate_gate::opens_at(time_point now) const noexcept {
    const auto next = due();
    if (spacing_ == spacing_.zero() || next <= later(now, ahead)) return now;
    // Round up to whole milliseconds, because many timers have no smaller unit.
    return later(now, std::chrono::ceil<milliseconds>(next - ahead - now));
}

WAN_DECL void rate_gate::pass(time_point now) noexcept {
    latest_ = (std::max)(later(latest_, spacing_), now);
    is_lowered_ = false;
}

} // namespace wan::inline WAN_ABI::detail
