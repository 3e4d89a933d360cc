// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/text.hpp>
#include <wan/provider/classify.hpp>

#include <charconv>
#include <cstdint>
#include <string>

namespace wan {

WAN_DECL error describe_error(const dialect& d, const reply& r, const http_response& response) {
    error e{.category = classify(d, has_error(d, r) ? std::string_view{r.code} : std::string_view{}, response.status),
            .message = r.message,
            .code = r.code,
            .http_status = response.status,
            .request_id = r.request_id,
            .task_id = r.task_id};
    if (!e.message.empty()) return e;
    if (response.status >= 300 && response.status < 400) {
        const auto* target = find_header(response.headers, "Location");
        e.message = "redirected" + (target ? " to " + detail::printable(*target, 200) : std::string{}) +
                    ", which is not followed because the key would travel along; check the base URL";
    } else {
        e.message = "HTTP " + std::to_string(response.status) + " without a reason";
        if (!response.body.empty()) e.message += "; the reply begins: " + detail::printable(response.body, 120);
    }
    return e;
}

namespace detail {

/// `Sun, 06 Nov 1994 08:49:37 GMT`, the one form of a date that HTTP still sends.
inline std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text) noexcept {
    constexpr std::string_view form = "Sun, 06 Nov 1994 08:49:37 GMT", months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    if (text.size() != form.size() || !text.ends_with(" GMT")) return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t size) {
        int value = -1;
        const auto* const end = text.data() + at + size;
        return std::from_chars(text.data() + at, end, value).ptr == end ? value : -1;
    };
    const auto month = months.find(text.substr(8, 3));
    const int day = number(5, 2), hour = number(17, 2), minute = number(20, 2), second = number(23, 2);
    if (month == std::string_view::npos || month % 3 != 0 || day < 0 || hour < 0 || minute < 0 || second < 0) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{number(12, 4)}, std::chrono::month{static_cast<unsigned>(month / 3 + 1)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} + std::chrono::seconds{second};
}

} // namespace detail

WAN_DECL std::optional<std::chrono::seconds> retry_after(const http_response& response) noexcept {
    const auto* value = find_header(response.headers, "Retry-After");
    if (value == nullptr) return std::nullopt;
    if (const auto until = detail::parse_http_date(*value)) {
        const auto* date = find_header(response.headers, "Date");
        const auto now = date != nullptr ? detail::parse_http_date(*date) : std::nullopt;
        if (!now || *until < *now) return std::nullopt;
        return *until - *now;
    }
    std::uint32_t seconds = 0;
    const auto [end, failure] = std::from_chars(value->data(), value->data() + value->size(), seconds);
    if (failure != std::errc{} || end != value->data() + value->size()) return std::nullopt;
    return std::chrono::seconds{seconds};
}

} // namespace wan
