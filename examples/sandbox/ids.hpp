// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace sandbox {

/// A random id of the form 8-4-4-4-12, as task ids and request ids are.
std::string new_id();

/// A random id of that many bytes, all of which a path may hold.
std::string new_long_id(std::size_t size);

/// As HTTP writes dates.
std::string http_date(std::chrono::system_clock::time_point when);

/// `YYYY-MM-DD HH:mm:ss.SSS` in UTC+8, as DashScope writes times.
std::string china_time(std::chrono::system_clock::time_point when);

/// `YYYY-MM-DDTHH:mm:ss.000Z`, as policies write times.
std::string policy_time(std::chrono::system_clock::time_point when);

/// The time that `YYYYMMDDhhmmss` in UTC+8 says, as DashScope's lists are asked by it.
std::optional<std::chrono::system_clock::time_point> from_china_time(std::string_view text);

} // namespace sandbox
