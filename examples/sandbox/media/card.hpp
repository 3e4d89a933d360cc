// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "sandbox/media/fetch.hpp"
#include "sandbox/media/subprocess.hpp"
#include "sandbox/store/tasks.hpp"

#include <wan/video/output_size.hpp>

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

/// `kind` is image, audio or video.
outcome too_large(std::string_view kind, std::uint64_t max_bytes);

outcome not_fetched(fetch_failure why, std::string_view url, std::string_view kind, std::uint64_t max_bytes);

inline constexpr wan::frame_size card_size{1280, 720};

/// A picture that stands for a URL which is not opened.
struct card_order {
    std::string_view title;
    std::string_view url;
    std::string_view colour;
    std::vector<std::string> output; ///< ffmpeg's options of the output file
};

/// Returns ffmpeg's result; its output is the reason of a failure.
program_result draw_card(const card_order& order, const std::filesystem::path& file,
                         const std::stop_token& stop);

} // namespace sandbox
