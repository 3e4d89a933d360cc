// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/detail/digits.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// Parses `Sun, 06 Nov 1994 08:49:37 GMT`, the only date format that HTTP senders may generate.
inline std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text) noexcept {
    constexpr std::string_view form = "Sun, 06 Nov 1994 08:49:37 GMT",
                               months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    if (text.size() != form.size()) return std::nullopt;
    for (const std::size_t at : {3u, 4u, 7u, 11u, 16u, 19u, 22u, 25u, 26u, 27u, 28u})
        if (text[at] != form[at]) return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t size) {
        return digits_only<unsigned>(text.substr(at, size));
    };
    const auto month = months.find(text.substr(8, 3));
    const auto day = number(5, 2), year = number(12, 4), hour = number(17, 2), minute = number(20, 2),
               second = number(23, 2);
    if (month == std::string_view::npos || month % 3 != 0 || !day || !year || !hour || !minute || !second)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)},
                                           std::chrono::month{static_cast<unsigned>(month / 3 + 1)},
                                           std::chrono::day{*day}};
    // 60 is a leap second.
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
    return std::chrono::sys_days{date} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
           std::chrono::seconds{*second};
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
