// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// Converts durations from the units of headers.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <chrono>
#include <cstdint>
#include <optional>

namespace wan::inline WAN_ABI::detail {

/// Converts `units` at `per_second` units per second to milliseconds, rounded to the nearest millisecond.
/// Returns nothing if the rate is 0 or the duration exceeds a thousand years.
constexpr std::optional<std::chrono::milliseconds> milliseconds_of(std::uint64_t units,
                                                                   std::uint32_t per_second) noexcept {
    if (per_second == 0) return std::nullopt;
    const auto seconds = units / per_second;
    if (seconds >> 35 != 0) return std::nullopt;
    const auto rest = (units % per_second * 1000 + per_second / 2) / per_second;
    return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000 + rest));
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
