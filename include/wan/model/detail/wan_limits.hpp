// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The common limits of all Wan models, and the media formats that limits refer to.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/model/limits.hpp>

#include <cstdint>
#include <span>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

// A PNG must not have an alpha channel; this cannot be checked for a URL.
inline constexpr std::string_view image_types[] = {"image/jpeg", "image/png", "image/bmp", "image/webp"};
inline constexpr std::string_view audio_types[] = {"audio/wav", "audio/mpeg"};
inline constexpr std::string_view clip_types[] = {"video/mp4", "video/quicktime"};

// "MB" in the documents is taken as 1024 * 1024 bytes, the larger of its two meanings.
constexpr std::uint64_t megabytes(std::uint64_t n) noexcept { return n << 20; }

// Older documents and the resellers state 360 to 2000 pixels, the newest API references 240 to 8000.
constexpr image_limit image_of(std::uint64_t max_megabytes, range_limit strict_side = {360, 2000}) noexcept {
    return {.max_bytes = megabytes(max_megabytes),
            .side = {240, 8000},
            .strict_side = strict_side,
            .max_ratio = 0,
            .types = image_types};
}

constexpr recording_limit audio_of(std::int64_t min_seconds) noexcept {
    return {.max_bytes = megabytes(15),
            .seconds = {min_seconds, 30},
            .side = {},
            .max_ratio = 0,
            .types = audio_types};
}

constexpr recording_limit clip_of(std::int64_t min_seconds, std::int64_t max_seconds) noexcept {
    return {.max_bytes = megabytes(100),
            .seconds = {min_seconds, max_seconds},
            .side = {240, 4096},
            .max_ratio = 8,
            .types = clip_types};
}

inline constexpr duration_limit five_seconds{.min = 5, .max = 5, .step = 1, .default_seconds = 5};
inline constexpr set_of<region> singapore_and_beijing{region::singapore, region::beijing};
inline constexpr set_of<region> singapore_to_frankfurt{region::singapore, region::beijing, region::virginia,
                                                       region::frankfurt};
inline constexpr set_of<region> every_region{region::singapore, region::beijing,   region::virginia,
                                             region::frankfurt, region::hong_kong, region::tokyo};

inline constexpr std::string_view five_ratios[] = {"16:9", "9:16", "1:1", "4:3", "3:4"};

/// The limits that all Wan models share.
constexpr model_limits any_model(std::string_view model, std::string_view source) noexcept {
    model_limits m{};
    m.model = model;
    m.source = source;
    m.documented_regions = {region::singapore, region::beijing, region::virginia, region::frankfurt};
    m.negative_prompt = {500};
    m.seed = {0, 2147483647};
    m.prompt_extend = m.watermark = {true};
    m.output_fps = 30;
    m.video_url_lifetime = std::chrono::hours{24};
    return m;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
