// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Dates of HTTP, and how long a response asks to wait.
#include "targets.hpp"

#include <wan/http/detail/http_date.hpp>
#include <wan/http/retry_after.hpp>
#include <wan/video/url_expiry.hpp>

#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>

namespace fuzz {

namespace {

std::string written(std::chrono::sys_seconds time) {
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{time - day};
    const std::string month{months.substr((unsigned{date.month()} - 1) * 3, 3)};
    char text[64];
    (void)std::snprintf(text, sizeof text, "%02u %s %04d %02d:%02d:%02d GMT", unsigned{date.day()},
                        month.c_str(), int{date.year()}, static_cast<int>(clock.hours().count()),
                        static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
    return text;
}

} // namespace

void run_date(input in) {
    const auto first = in.line(), second = in.line();
    if (const auto time = wan::detail::parse_http_date(first)) {
        // Only a leap second is written otherwise. The day of the week is not read.
        const bool is_leap = first.find(":60 ") != std::string_view::npos;
        require(is_leap || written(*time) == first.substr(5), "a date that is read is written as it was",
                first);
    }
    const wan::http_response response{
        .headers = {{"Retry-After", std::string{first}}, {"Date", std::string{second}}}};
    if (const auto wait = wan::retry_after(response))
        require(wait->count() >= 0, "nobody waits for the past", first);
    (void)wan::expires_at("https://a.example/?X-Amz-Expires=60&X-Amz-Date=" + std::string{first});
    if (const auto end = wan::expires_at("https://a.example/?Expires=" + std::string{first}))
        require(end->time_since_epoch().count() >= 0, "a URL expires after 1970", first);
}

} // namespace fuzz
