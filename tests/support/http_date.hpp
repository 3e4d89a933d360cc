// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <chrono>
#include <cstdio>
#include <string>

namespace support {

/// The form of RFC 9110: "Sun, 06 Nov 1994 08:49:37 GMT".
inline std::string http_date(std::chrono::sys_seconds time) {
    constexpr const char* weekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day d{day};
    const std::chrono::hh_mm_ss clock{time - day};
    char text[64];
    std::snprintf(text, sizeof text, "%s, %02u %s %d %02d:%02d:%02d GMT",
                  weekdays[std::chrono::weekday{day}.c_encoding()], static_cast<unsigned>(d.day()),
                  months[static_cast<unsigned>(d.month()) - 1], static_cast<int>(d.year()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return text;
}

} // namespace support
