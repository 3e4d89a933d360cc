// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// JSON on standard output.
#pragma once

#include <wan/http/message.hpp>

#include <boost/json/value.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace cli {

/// One line on standard output. What a terminal would obey is escaped.
void print_json(const boost::json::value& what);

/// A file that goes to the service's store before the request.
struct planned_upload {
    std::string field;
    std::string file;
    std::uint64_t bytes;
};

/// The request that would be sent, as one JSON object with the key masked.
void print_dry_run(const wan::http_request& request, const std::vector<planned_upload>& uploads);

} // namespace cli
