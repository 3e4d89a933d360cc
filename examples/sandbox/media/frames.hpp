// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "sandbox/store/tasks.hpp"
#include "sandbox/store/uploaded_file.hpp"

#include <wan/model/limits.hpp>
#include <wan/video/output_size.hpp>

#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>

namespace sandbox {

/// An image in a file, with ffmpeg's name of its format. ffmpeg must not guess the format: it would also
/// accept playlists, which name other files and hosts.
struct frame {
    std::filesystem::path file;
    std::string format;
    wan::frame_size size;
};

enum class frame_role { first, last };

/// Returns the image of a URL: the decoded data of a data URL, an upload, the response of a server on this
/// machine, or for any other URL a drawn card. Fails with the reason if there is none.
std::variant<frame, outcome> obtain_frame(std::string_view url, frame_role role,
                                          const wan::image_limit& limit, const uploaded_files& uploads,
                                          const std::filesystem::path& directory,
                                          const std::stop_token& stop);

/// Returns the first frame of a video that is made from a text alone: a picture of the text.
std::variant<frame, outcome> card_of_text(std::string_view text, const std::filesystem::path& directory,
                                          const std::stop_token& stop);

} // namespace sandbox
