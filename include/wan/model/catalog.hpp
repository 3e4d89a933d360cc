// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// The models that are known, a row each.
#pragma once

#include <wan/model/limits.hpp>

#include <span>
#include <string_view>

namespace wan {

namespace detail {

// PNG must have no alpha channel, which a URL does not show.
inline constexpr std::string_view image_types[] = {"image/jpeg", "image/png", "image/bmp", "image/webp"};

inline constexpr std::string_view keyframe_effects[] = {"hanfu-1", "solaron", "magazine", "mech1", "mech2"};

// The API reference of 2025 and the resellers say 360 to 2000 pixels, the newest API reference 240 to 8000.
inline constexpr image_limit keyframe_image{
    .max_bytes = 10 << 20, .side = {240, 8000}, .strict_side = {360, 2000}, .types = image_types};

inline constexpr std::uint32_t max_negative_prompt = 500;
inline constexpr range_limit any_seed{0, 2147483647};
inline constexpr duration_limit five_seconds{.min = 5, .max = 5, .step = 1, .default_seconds = 5};

} // namespace detail

/// DashScope, and every service that passes its API through.
inline constexpr model_limits dashscope_models[] = {
    {
        .model = "wan2.2-kf2v-flash",
        .jobs = job::keyframe_to_video,
        .regions = {region::singapore, region::beijing},
        .namesake = {},
        .first_frame_url = detail::keyframe_image,
        .last_frame_url = detail::keyframe_image,
        .prompt = {800},
        .negative_prompt = {detail::max_negative_prompt},
        .template_ = {.names = {}, .regions = region::beijing},
        .resolution = {{resolution::p480, resolution::p720, resolution::p1080}, resolution::p720},
        .duration = detail::five_seconds,
        .seed = detail::any_seed,
        .prompt_extend = {},
        .watermark = {},
        .output_fps = 30,
        .makes_sound = false,
        .rate = {.submits_per_second = 2, .running_tasks = 2},
        .video_url_lifetime = std::chrono::hours{24},
        .source = "DashScope, first-and-last-frame guide and API reference (2.2)",
    },
    {
        .model = "wan2.1-kf2v-plus",
        .jobs = job::keyframe_to_video,
        .regions = region::singapore,
        .namesake = "wanx2.1-kf2v-plus",
        .first_frame_url = detail::keyframe_image,
        .last_frame_url = detail::keyframe_image,
        .prompt = {800},
        .negative_prompt = {detail::max_negative_prompt},
        .template_ = {.names = {}, .regions = region::beijing},
        .resolution = {resolution::p720, resolution::p720},
        .duration = detail::five_seconds,
        .seed = detail::any_seed,
        .prompt_extend = {},
        .watermark = {},
        .output_fps = 30,
        .makes_sound = false,
        .rate = {.submits_per_second = 1, .running_tasks = 2},
        .video_url_lifetime = std::chrono::hours{24},
        .source = "DashScope, first-and-last-frame guide (international)",
    },
    {
        .model = "wanx2.1-kf2v-plus",
        .jobs = job::keyframe_to_video,
        .regions = region::beijing,
        .namesake = "wan2.1-kf2v-plus",
        .first_frame_url = detail::keyframe_image,
        .last_frame_url = detail::keyframe_image,
        .prompt = {800},
        .negative_prompt = {detail::max_negative_prompt},
        .template_ = {.names = detail::keyframe_effects, .regions = region::beijing},
        .resolution = {resolution::p720, resolution::p720},
        .duration = detail::five_seconds,
        .seed = detail::any_seed,
        .prompt_extend = {},
        .watermark = {},
        .output_fps = 30,
        .makes_sound = false,
        .rate = {.submits_per_second = 2, .running_tasks = 2},
        .video_url_lifetime = std::chrono::hours{24},
        .source = "DashScope, first-and-last-frame guide (Chinese mainland) and video effects",
    },
};

/// For a model that no row knows: the widest limits that any Wan model has.
inline constexpr model_limits general_limits{
    .model = {},
    .jobs = job::keyframe_to_video,
    .regions = {region::singapore, region::beijing, region::virginia, region::frankfurt},
    .namesake = {},
    .first_frame_url = {.max_bytes = 20 << 20, .side = {240, 8000}, .strict_side = {240, 8000},
                        .types = detail::image_types},
    .last_frame_url = {.max_bytes = 20 << 20, .side = {240, 8000}, .strict_side = {240, 8000},
                       .types = detail::image_types},
    .prompt = {5000},
    .negative_prompt = {detail::max_negative_prompt},
    .template_ = {.names = {}, .regions = {region::singapore, region::beijing, region::virginia, region::frankfurt}},
    .resolution = {{resolution::p480, resolution::p720, resolution::p1080}, resolution::p720},
    .duration = {.min = 2, .max = 15, .step = 1, .default_seconds = 5},
    .seed = detail::any_seed,
    .prompt_extend = {},
    .watermark = {},
    .output_fps = 30,
    .makes_sound = false,
    .rate = {.submits_per_second = 0, .running_tasks = 0},
    .video_url_lifetime = std::chrono::hours{24},
    .source = "the widest limit of all Wan models",
};

/// The row of that model; null if there is none.
constexpr const model_limits* find_model(std::span<const model_limits> rows, std::string_view model) noexcept {
    for (const auto& row : rows)
        if (row.model == model) return &row;
    return nullptr;
}

} // namespace wan
