// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A page that shows the shots of a batch, with their frames and videos.
#pragma once

#include <wan/error.hpp>
#include <wan/result.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace cli {

/// The cost of one shot, in millionths of the currency's unit.
struct gallery_cost {
    std::int64_t amount = 0; ///< 0 or more
    std::string currency;
    bool is_lower_bound = false;
};

/// One shot. All texts are shown as they are: the page escapes them. Files are paths relative to the current
/// directory, absolute paths, or file URLs; a file that does not exist is shown as text.
struct gallery_shot {
    std::string id;
    std::string prompt = {};
    std::string model = {};
    std::string job = {};
    std::string state;                     ///< the word that is shown and filtered by: "succeeded"
    std::string reason = {};               ///< of a failure or a warning
    std::string task_id = {};              ///< the provider's
    std::optional<gallery_cost> cost = {}; ///< nothing if it is unknown or nothing was charged
    unsigned attempts = 0;                 ///< submits
    std::string first_frame = {};          ///< a file or a URL
    std::string last_frame = {};           ///< a file or a URL
    std::string video = {};                ///< a file
    std::string video_url = {};            ///< the provider's; linked if there is no file
    std::optional<std::chrono::sys_seconds> url_expires_at = {};
};

struct gallery_options {
    std::string title = "Shots";
    std::chrono::sys_seconds written_at =
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
};

/// Returns the path of the gallery in a directory.
std::string gallery_file(const std::string& directory);

/// Returns the page: one HTML file without scripts. It loads nothing but local files, and those only when
/// they become visible or are played.
std::string gallery_page(const std::string& directory, std::span<const gallery_shot> shots,
                         const gallery_options& options = {});

/// Writes the page to `gallery_file(directory)`, atomically; creates the directory if necessary. Replaces an
/// older gallery. Fails if the file is not a gallery, or cannot be written.
wan::result<void> write_gallery(const std::string& directory, std::span<const gallery_shot> shots,
                                const gallery_options& options = {});

} // namespace cli
