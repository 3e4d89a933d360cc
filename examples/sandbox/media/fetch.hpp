// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/http/url.hpp>

#include <cstdint>
#include <stop_token>
#include <string>
#include <variant>

namespace sandbox {

enum class fetch_failure { no_answer, too_large };

/// Returns the body of a 200 response to a GET on this machine: no redirects, at most `most` bytes and 10
/// seconds. The host of the URL must be a loopback address.
std::variant<std::string, fetch_failure> fetch_from_loopback(const wan::url_view& url, std::uint64_t most,
                                                             const std::stop_token& stop);

} // namespace sandbox
