// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The elements of a recording.
#pragma once

#include <wan/http/executor.hpp>

#include <string>
#include <vector>

namespace wan::executors {

/// A request and its outcome, safe to store: without keys, secret headers and signatures of URLs.
struct recorded_exchange {
    http_method method = http_method::get;
    std::string url = {};
    std::string body = {}; ///< of the request; a medium appears as <1234 bytes>
    http_result result = transport_error{};
};
using recording = std::vector<recorded_exchange>;

} // namespace wan::executors
