// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What a recording consists of.
#pragma once

#include <wan/http/executor.hpp>

#include <string>
#include <vector>

namespace wan::executors {

/// A request and its end, as they may be stored: no key, no header that holds a secret, no signature of a
/// URL.
struct recorded_exchange {
    http_method method = http_method::get;
    std::string url = {};
    std::string body = {}; ///< of the request; a medium stands there as <1234 bytes>
    http_result result = transport_error{};
};
using recording = std::vector<recorded_exchange>;

} // namespace wan::executors
