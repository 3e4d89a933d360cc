// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Reads times in the format of DashScope's replies.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <charconv>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// Reads `2025-04-18 10:45:23.004`, a time in UTC+8.
inline std::optional<std::chrono::sys_seconds> parse_service_time(std::string_view text) noexcept {
    const auto number = [&](std::size_t at, std::size_t size) {
        int value = -1;
        if (at + size <= text.size()) std::from_chars(text.data() + at, text.data() + at + size, value);
        return value;
    };
    const std::chrono::year_month_day day{std::chrono::year{number(0, 4)},
                                          std::chrono::month{static_cast<unsigned>(number(5, 2))},
                                          std::chrono::day{static_cast<unsigned>(number(8, 2))}};
    const int hour = number(11, 2), minute = number(14, 2), second = number(17, 2);
    if (!day.ok() || hour < 0 || minute < 0 || second < 0) return std::nullopt;
    return std::chrono::sys_days{day} + std::chrono::hours{hour - 8} + std::chrono::minutes{minute} +
           std::chrono::seconds{second};
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
