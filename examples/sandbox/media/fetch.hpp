// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/http/url.hpp>

#include <cstdint>
#include <stop_token>
#include <string>
#include <variant>

namespace sandbox {

enum class fetch_failure { no_answer, too_large };

/// The body of a 200 answer to a GET on this machine: no redirects, at most `most` bytes, at most 10
/// seconds. The URL's host must be a loopback one.
std::variant<std::string, fetch_failure> fetch_from_loopback(const wan::url_view& url, std::uint64_t most,
                                                             const std::stop_token& stop);

} // namespace sandbox
