// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The shots of a batch: one JSON object per line.
#pragma once

#include <wan/error.hpp>
#include <wan/request/any_request.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cli {

/// The estimated cost of a shot, in millionths of the currency's unit.
struct shot_cost {
    std::int64_t amount = 0;
    bool is_lower_bound = false; ///< it may cost more
};

struct shot {
    std::string id;   ///< the caller's; names the video's file
    std::size_t line; ///< from 1 on
    wan::any_request request;
    std::string json;                            ///< the request, before its files are opened
    std::string fingerprint;                     ///< of the request
    std::vector<wan::violation> unreadable = {}; ///< its files; harmless if the task was submitted already
    std::optional<shot_cost> cost = {};          ///< by the user's prices
};

/// Reads all lines except empty ones. Media that are not URLs are files, relative to the folder of `file`.
/// Fails with all mistakes of all lines at once.
wan::result<std::vector<shot>> read_batch(const std::string& file, wan::media_transfer how);

/// Returns the mistakes with the line and the id in front of each message.
std::vector<wan::violation> of_line(std::size_t line, const std::string& id,
                                    std::vector<wan::violation> mistakes);

} // namespace cli
