// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The shots of a batch: one JSON object a line.
#pragma once

#include <wan/error.hpp>
#include <wan/request/any_request.hpp>

#include <string>
#include <vector>

namespace cli {

struct shot {
    std::string id;   ///< the caller's; names the video's file
    std::size_t line; ///< from 1 on
    wan::any_request request;
    std::string fingerprint;                     ///< of the request
    std::vector<wan::violation> unreadable = {}; ///< files of it; no harm to a task that is submitted already
};

/// Reads all lines but the empty ones. Media that are no URLs are files, from the folder of `file` on. Fails
/// with every mistake of every line at once.
wan::result<std::vector<shot>> read_batch(const std::string& file, wan::media_transfer how);

/// The mistakes of one line, saying whose they are.
std::vector<wan::violation> of_line(std::size_t line, const std::string& id,
                                    std::vector<wan::violation> mistakes);

} // namespace cli
