// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// One finished video, from its URL into a file.
#pragma once

#include "executors/curl.hpp"

#include <wan/error.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace cli {

struct download_options {
    std::chrono::seconds longest_stall{60};
    std::optional<std::chrono::sys_seconds> expires_at = {};              ///< of the URL
    std::function<bool()> stopped = {};                                   ///< asked while it waits before another attempt
    std::function<void(std::uint64_t, std::uint64_t)> on_progress = {};   ///< bytes so far and in all, 0 if that is not known
    std::function<void(std::string_view)> on_retry = {};                  ///< what went wrong, and what is done about it
};

/// Fetches the video and returns its size. What broke off is tried again, a few times, and goes on where it broke off, as long
/// as the server names the same file: what has come lies in FILE.part, its ETag in FILE.part.etag, and another run goes on from
/// there as well. The file gets its name when it is a whole MP4 and on the disk. No key is sent.
wan::result<std::uint64_t> download(wan::executors::curl& http, const std::string& url, const std::string& file, const download_options& how);

} // namespace cli
