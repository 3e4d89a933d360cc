// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/hash.hpp>
#include <wan/task/detail/clamp_policy.hpp>
#include <wan/task/detail/later.hpp>
#include <wan/task/detail/pace.hpp>

#include <algorithm>

namespace wan::inline WAN_ABI::detail {

WAN_DECL void pace::start(time_point now, milliseconds span) noexcept {
    wake_at_ = now;
    deadline_ = later(now, span);
}

WAN_DECL void pace::wake_after(time_point now, milliseconds wait, double jitter,
                               std::optional<std::chrono::seconds> retry_after) noexcept {
    const double part = static_cast<double>(draw() >> 11) * 0x1p-53; // at least 0, below 1
    const auto jittered = static_cast<double>(wait.count()) * (1 + jitter * (2 * part - 1));
    wait = (std::max)(shortest_wait, milliseconds{static_cast<std::int64_t>(jittered)});
    constexpr auto longest = std::chrono::floor<std::chrono::seconds>(longest_wait);
    if (retry_after) wait = (std::max)(wait, milliseconds{(std::min)(*retry_after, longest)});
    wake_at_ = later(now, wait);
}

WAN_DECL milliseconds pace::left(time_point now) const noexcept {
    constexpr milliseconds least{1000};
    return (std::max)(std::chrono::ceil<milliseconds>(deadline_ - now), least);
}

/// Uses splitmix64.
WAN_DECL std::uint64_t pace::draw() noexcept { return spread(random_ += 0x9E3779B97F4A7C15); }

} // namespace wan::inline WAN_ABI::detail
