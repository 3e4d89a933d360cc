// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// JSON on standard output.
#pragma once

#include <wan/http/message.hpp>

#include <boost/json/value.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace cli {

/// Prints one line to standard output. Control characters are escaped.
void print_json(const boost::json::value& what);

/// A file that is uploaded to the provider's storage before the request.
struct planned_upload {
    std::string field;
    std::string file;
    std::uint64_t bytes;
};

/// Prints the request as one JSON object, with the key masked.
void print_dry_run(const wan::http_request& request, const std::vector<planned_upload>& uploads);

} // namespace cli
