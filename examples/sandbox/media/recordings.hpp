// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "sandbox/store/tasks.hpp"
#include "sandbox/store/uploaded_file.hpp"

#include <wan/model/limits.hpp>
#include <wan/video/output_size.hpp>

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>

namespace sandbox {

/// A clip or a sound in a file, with ffmpeg's name of its format; see frame.
struct recording {
    std::filesystem::path file;
    std::string format;
    wan::frame_size size = {}; ///< of a clip
    double seconds = 0;
    bool has_sound = false; ///< of a clip
};

/// Returns the clip of a URL: an upload, the response of a server on this machine, or for any other URL a
/// card of two seconds. Fails with the reason if there is none.
std::variant<recording, outcome> obtain_clip(std::string_view url, const wan::recording_limit& limit,
                                             const uploaded_files& uploads,
                                             const std::filesystem::path& directory,
                                             const std::stop_token& stop);

/// Returns the sound of a URL; nothing if the URL is neither an upload nor of this machine. Fails with the
/// reason if the sound is invalid.
std::variant<std::optional<recording>, outcome>
obtain_sound(std::string_view url, const wan::recording_limit& limit, const uploaded_files& uploads,
             const std::filesystem::path& directory, const std::stop_token& stop);

} // namespace sandbox
