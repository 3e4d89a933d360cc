// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// What the models of Wan 2.7 have in common: all jobs, with sound, 5000 characters of prompt, up to 15
/// seconds.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/model/detail/video_shapes.hpp>
#include <wan/model/detail/wan_limits.hpp>

#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// Generation 2.7: all jobs, always with sound.
constexpr model_limits wan27_model(std::string_view model, std::string_view source) noexcept {
    auto m = any_model(model, source);
    m.jobs = {job::keyframe_to_video, job::image_to_video, job::video_continuation};
    m.image_url = image_of(20, {240, 8000});
    m.image_url.max_ratio = 8;
    m.first_frame_url = m.last_frame_url = m.image_url;
    m.first_clip_url = {.max_bytes = megabytes(100),
                        .seconds = {2, 10},
                        .side = {240, 4096},
                        .max_ratio = 8,
                        .types = clip_types};
    m.driving_audio_url = m.audio_url = audio_of(2);
    m.prompt = {5000};
    m.resolution = {{resolution::p720, resolution::p1080}, resolution::p1080};
    m.duration = {.min = 2, .max = 15, .step = 1, .default_seconds = 5};
    m.makes_sound = true;
    return m;
}

/// From a text: a model of its own.
constexpr model_limits wan27_text_model(std::string_view model, std::string_view source) noexcept {
    auto m = any_model(model, source);
    m.jobs = job::text_to_video;
    m.audio_url = audio_of(2);
    m.prompt = {5000};
    m.resolution = {{resolution::p720, resolution::p1080}, resolution::p1080};
    m.ratio = {five_ratios, "16:9"};
    m.duration = {.min = 2, .max = 15, .step = 1, .default_seconds = 5};
    m.shapes = shapes_27;
    m.makes_sound = true;
    return m;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
