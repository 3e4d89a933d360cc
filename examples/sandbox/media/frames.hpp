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

/// An image in a file, with its format as ffmpeg names it, so that ffmpeg need not guess: it would also find
/// playlists, which name other files and hosts.
struct frame {
    std::filesystem::path file;
    std::string format;
    wan::frame_size size;
};

enum class frame_role { first, last };

/// The image that a URL stands for: the decoded data of a data URL, an upload, what a server on this machine
/// answers, or for any other URL a drawn card. Or why there is none.
std::variant<frame, outcome> obtain_frame(std::string_view url, frame_role role,
                                          const wan::image_limit& limit, const uploaded_files& uploads,
                                          const std::filesystem::path& directory,
                                          const std::stop_token& stop);

/// What a video begins with that is made from a text alone: a picture of the text.
std::variant<frame, outcome> card_of_text(std::string_view text, const std::filesystem::path& directory,
                                          const std::stop_token& stop);

} // namespace sandbox
