// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/http/url.hpp>

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>

namespace sandbox {

/// The body of a 200 answer to a GET on this machine: no redirects, at most `most` bytes, at most 10
/// seconds. The URL's host must be a loopback one.
std::optional<std::string> fetch_from_loopback(const wan::url_view& url, std::uint64_t most,
                                               const std::stop_token& stop);

} // namespace sandbox
