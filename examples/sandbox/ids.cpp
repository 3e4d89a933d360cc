// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/ids.hpp"

#include <cstdint>
#include <cstdio>
#include <ctime>
#include <random>
#include <string_view>

namespace sandbox {

std::string new_id() {
    thread_local std::random_device device;
    std::string id;
    constexpr std::string_view digits = "0123456789abcdef";
    for (int i = 0; i < 36; ++i) {
        if (i == 8 || i == 13 || i == 18 || i == 23)
            id += '-';
        else
            id += digits[device() & 15];
    }
    id[14] = '4';
    return id;
}

std::string new_long_id(std::size_t size) {
    auto id = new_id();
    while (id.size() < size) id.append(1, '-').append(new_id());
    id.resize(size);
    return id;
}

namespace {

std::string utc_time(std::chrono::system_clock::time_point when, const char* format) {
    const auto seconds = std::chrono::system_clock::to_time_t(when);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[40];
    return {text, std::strftime(text, sizeof text, format, &parts)};
}

} // namespace

std::string http_date(std::chrono::system_clock::time_point when) {
    return utc_time(when, "%a, %d %b %Y %H:%M:%S GMT");
}

std::string policy_time(std::chrono::system_clock::time_point when) {
    return utc_time(when, "%Y-%m-%dT%H:%M:%S.000Z");
}

std::string china_time(std::chrono::system_clock::time_point when) {
    using namespace std::chrono;
    const auto total = duration_cast<milliseconds>((when + hours{8}).time_since_epoch()).count();
    const std::time_t seconds = static_cast<std::time_t>(total / 1000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[32];
    const auto length = std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &parts);
    std::snprintf(text + length, sizeof text - length, ".%03d", static_cast<int>(total % 1000));
    return text;
}

std::optional<std::chrono::system_clock::time_point> from_china_time(std::string_view text) {
    using namespace std::chrono;
    if (text.size() != 14 || text.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    const auto number = [&](std::size_t from, std::size_t digits) {
        int value = 0;
        for (const char c : text.substr(from, digits)) value = value * 10 + (c - '0');
        return value;
    };
    const auto date = year{number(0, 4)} / number(4, 2) / number(6, 2);
    const int hour = number(8, 2), minute = number(10, 2), second = number(12, 2);
    if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    return sys_days{date} + hours{hour - 8} + minutes{minute} + seconds{second};
}

} // namespace sandbox
