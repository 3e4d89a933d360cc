// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The common limits of the HappyHorse models, DashScope's second family of video models.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/model/detail/wan27_limits.hpp>
#include <wan/model/detail/wan_limits.hpp>

#include <string_view>

namespace wan::inline WAN_ABI::detail {

inline constexpr std::string_view happyhorse_images[] = {"image/jpeg", "image/png", "image/webp"};
inline constexpr std::string_view nine_ratios[] = {"16:9", "9:16", "1:1",  "4:3", "3:4",
                                                   "4:5",  "5:4",  "9:21", "21:9"};

/// The videos always have sound and 24 frames per second, and a watermark unless the request disables it.
constexpr model_limits happyhorse_model(std::string_view model, std::string_view source) noexcept {
    auto m = any_model(model, source);
    m.regions = {region::beijing, region::singapore, region::tokyo, region::frankfurt, region::virginia};
    m.documented_regions = m.regions;
    m.prompt = {.max_characters = 5000, .max_chinese_characters = 2500};
    m.negative_prompt = {};
    m.prompt_extend = {};
    m.resolution = {{resolution::p720, resolution::p1080}, resolution::p1080};
    m.duration = {.min = 3, .max = 15, .step = 1, .default_seconds = 5};
    m.output_fps = 24;
    m.makes_sound = true;
    return m;
}

constexpr model_limits happyhorse_text_model(std::string_view model, std::string_view source) noexcept {
    auto m = happyhorse_model(model, source);
    m.jobs = job::text_to_video;
    m.ratio = {five_ratios, "16:9"};
    return m;
}

/// The video has the same aspect ratio as the image.
constexpr model_limits happyhorse_image_model(std::string_view model, std::string_view source) noexcept {
    auto m = happyhorse_model(model, source);
    m.jobs = job::image_to_video;
    m.image_url = {.max_bytes = megabytes(20),
                   .side = {300, no_limit},
                   .strict_side = {},
                   .max_ratio = 2.5,
                   .types = happyhorse_images};
    return m;
}

/// Only images are accepted as references.
constexpr model_limits happyhorse_reference_model(std::string_view model, std::string_view source) noexcept {
    auto m = happyhorse_text_model(model, source);
    m.jobs = job::reference_to_video;
    m.references = {.reference_image = {.max_bytes = megabytes(20),
                                        .side = {400, no_limit},
                                        .strict_side = {},
                                        .max_ratio = 0,
                                        .types = image_types},
                    .max_images = 9,
                    .min_images_and_videos = 1};
    return m;
}

/// Edits the first 15 seconds of a video.
constexpr model_limits happyhorse_edit_model(std::string_view model, std::string_view source) noexcept {
    auto m = happyhorse_reference_model(model, source);
    m.jobs = job::video_edit;
    m.video_url = clip_of(3, 60);
    m.video_url.side.min = 360;
    m.video_url.max_ratio = 0;
    m.references.max_images = 5;
    m.references.min_images_and_videos = 0;
    m.audio_setting = {audio_settings, "auto"};
    m.ratio = {};
    m.duration = {};
    return m;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
