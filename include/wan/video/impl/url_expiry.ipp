// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/digits.hpp>
#include <wan/detail/time_limits.hpp>
#include <wan/http/url.hpp>
#include <wan/video/url_expiry.hpp>

#include <cstddef>
#include <cstdint>

namespace wan::inline WAN_ABI {

namespace detail {

/// Parses a time such as `20250418T104523Z`.
inline std::optional<std::chrono::sys_seconds> parse_basic_time(std::string_view text) noexcept {
    if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z') return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t size) {
        return digits_only<int>(text.substr(at, size)).value_or(-1);
    };
    const int year = number(0, 4), month = number(4, 2), day = number(6, 2), hour = number(9, 2),
              minute = number(11, 2), second = number(13, 2);
    if (year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0 || second < 0) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    return std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{second};
}

struct expiry_parameters {
    /// The parameter with the time of signing. Empty: `validity` has the expiry itself, in seconds since
    /// 1970.
    std::string_view signed_at;
    std::string_view validity; ///< the parameter with the seconds of validity
};

inline constexpr expiry_parameters expiry_forms[] = {
    {"", "Expires"},
    {"x-oss-date", "x-oss-expires"},
    {"X-Amz-Date", "X-Amz-Expires"},
    {"X-Tos-Date", "X-Tos-Expires"},
};

inline std::optional<std::chrono::sys_seconds> expiry_of_form(std::string_view url,
                                                              const expiry_parameters& form) {
    const auto text = query_parameter(url, form.validity);
    const auto seconds = text ? digits_only<std::int64_t>(*text) : std::nullopt;
    if (!seconds || *seconds == 0 || *seconds > last_second) return std::nullopt;
    if (form.signed_at.empty()) return std::chrono::sys_seconds{std::chrono::seconds{*seconds}};
    const auto signed_at = query_parameter(url, form.signed_at);
    const auto start = signed_at ? parse_basic_time(*signed_at) : std::nullopt;
    return start ? std::optional{*start + std::chrono::seconds{*seconds}} : std::nullopt;
}

} // namespace detail

WAN_DECL std::optional<std::chrono::sys_seconds> expires_at(std::string_view video_url) {
    std::optional<std::chrono::sys_seconds> earliest;
    for (const auto& form : detail::expiry_forms)
        if (const auto end = detail::expiry_of_form(video_url, form); end && (!earliest || *end < *earliest))
            earliest = end;
    return earliest;
}

} // namespace wan::inline WAN_ABI
