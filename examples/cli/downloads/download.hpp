// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Downloads one finished video from its URL to a file.
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
    std::optional<std::chrono::sys_seconds> expires_at = {}; ///< of the URL
    /// Returns whether to stop; called while waiting for the next attempt.
    std::function<bool()> stopped = {};
    /// Reports the bytes received and the total, 0 if the total is not known.
    std::function<void(std::uint64_t, std::uint64_t)> on_progress = {};
    /// Reports what went wrong and when the download is retried.
    std::function<void(std::string_view)> on_retry = {};
};

struct downloaded {
    std::uint64_t bytes = 0;
    std::string warning = {}; ///< why it may not be a video
};

/// Downloads the video. A broken download is retried a few times and resumes where it broke off, if the
/// server still has the same file. The received part is kept in FILE.part and its ETag in FILE.part.etag, so
/// another run resumes it, too. The file gets its final name once it is on the disk and complete according to
/// `wan::check_video`. No key is sent.
wan::result<downloaded> download(wan::executors::curl& http, const std::string& url, const std::string& file,
                                 const download_options& how);

/// Returns whether the file is a complete video.
bool is_whole_video(const std::string& file);

} // namespace cli
