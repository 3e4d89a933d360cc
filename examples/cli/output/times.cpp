// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/output/times.hpp"

#include <cstdio>

namespace cli {

namespace {

/// In the largest unit of which there are at least two. Rounds down, but to the nearest if there are many: a
/// day that has just begun has 24 hours.
std::string in_largest_unit(std::chrono::seconds time) {
    struct unit {
        long long seconds;
        const char* name;
    };
    for (const auto& [seconds, name] : {unit{86400, " days"}, unit{3600, " hours"}, unit{60, " minutes"}})
        if (time.count() >= 2 * seconds) {
            const bool are_many = time.count() >= 10 * seconds;
            return std::to_string((time.count() + (are_many ? seconds / 2 : 0)) / seconds) + name;
        }
    return std::to_string(time.count()) + " s";
}

std::chrono::sys_seconds wall_clock_now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

} // namespace

std::optional<std::chrono::sys_seconds> expiry_of(const wan::video& video) {
    if (!video.expires_at && video.valid_for) return wall_clock_now() + *video.valid_for;
    return video.expires_at;
}

std::string expiry_text(std::chrono::sys_seconds expires_at) {
    const auto left = expires_at - wall_clock_now();
    return left.count() > 0 ? "the video's URL expires in " + in_largest_unit(left)
                            : "the video's URL has expired";
}

std::string iso_8601(std::chrono::sys_seconds time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{time - day};
    char out[40];
    std::snprintf(out, sizeof out, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return out;
}

} // namespace cli
