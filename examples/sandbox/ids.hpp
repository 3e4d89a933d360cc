// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace sandbox {

/// Returns a random id of the form 8-4-4-4-12, like task ids and request ids.
std::string new_id();

/// Returns a random id of that many bytes, all of them valid in a path.
std::string new_long_id(std::size_t size);

/// Returns the time in the format of HTTP.
std::string http_date(std::chrono::system_clock::time_point when);

/// Returns `YYYY-MM-DD HH:mm:ss.SSS` in UTC+8, DashScope's format of times.
std::string china_time(std::chrono::system_clock::time_point when);

/// Returns `YYYY-MM-DDTHH:mm:ss.000Z`, the format of upload policies.
std::string policy_time(std::chrono::system_clock::time_point when);

/// Reads `YYYYMMDDhhmmss` in UTC+8, the format of DashScope's list parameters.
std::optional<std::chrono::system_clock::time_point> from_china_time(std::string_view text);

} // namespace sandbox
