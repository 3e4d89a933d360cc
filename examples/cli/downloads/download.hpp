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
    std::optional<std::chrono::sys_seconds> expires_at = {}; ///< of the URL
    /// Asked while it waits before another attempt.
    std::function<bool()> stopped = {};
    /// Bytes so far and in all, 0 if that is not known.
    std::function<void(std::uint64_t, std::uint64_t)> on_progress = {};
    /// What went wrong, and what is done about it.
    std::function<void(std::string_view)> on_retry = {};
};

struct downloaded {
    std::uint64_t bytes = 0;
    std::string warning = {}; ///< why it may be no video
};

/// Fetches the video. What broke off is tried again, a few times, and goes on where it broke off, as long as
/// the server names the same file: what has come lies in FILE.part, its ETag in FILE.part.etag, and another
/// run goes on from there as well. The file gets its name when it is whole, as `wan::check_video` says, and
/// on the disk. No key is sent.
wan::result<downloaded> download(wan::executors::curl& http, const std::string& url, const std::string& file,
                                 const download_options& how);

/// Whether a whole video is in the file already.
bool is_whole_video(const std::string& file);

} // namespace cli
