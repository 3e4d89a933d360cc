// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The common limits of the Wan 2.7 models: all jobs, with sound, 5000 characters of prompt, up to 15
/// seconds.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/model/detail/video_shapes.hpp>
#include <wan/model/detail/wan_limits.hpp>

#include <string_view>

namespace wan::inline WAN_ABI::detail {

inline constexpr std::string_view audio_settings[] = {"auto", "origin"};
inline constexpr std::string_view disputed_audio_settings[] = {
    "no_audio"}; // only the official Java SDK lists it

/// Videos from frames, images and clips: one model for three jobs, always with sound.
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

/// Videos from a text: a separate model.
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

/// Videos from references: a separate model.
constexpr model_limits wan27_reference_model(std::string_view model, std::string_view source) noexcept {
    auto m = wan27_text_model(model, source);
    m.jobs = job::reference_to_video;
    m.audio_url = {};
    m.first_frame_url = image_of(20, {240, 8000});
    m.first_frame_url.max_ratio = 8;
    m.references = {.reference_image = m.first_frame_url,
                    .reference_video = clip_of(1, 30),
                    .reference_voice = audio_of(1),
                    .reference_description = true,
                    .max_images = 5,
                    .max_videos = 5,
                    .max_images_and_videos = 5,
                    .min_images_and_videos = 1,
                    .max_seconds_with_video = 10};
    m.references.reference_voice.seconds.max = 10;
    return m;
}

/// Editing a video: a separate model.
constexpr model_limits wan27_edit_model(std::string_view model, std::string_view source) noexcept {
    auto m = wan27_reference_model(model, source);
    m.jobs = job::video_edit;
    m.first_frame_url = {};
    m.video_url = clip_of(2, 10);
    m.references = {.reference_image = m.references.reference_image, .max_images = 4};
    m.audio_setting = {audio_settings, "auto", disputed_audio_settings};
    m.ratio.default_word = {};
    m.duration = {.min = 2, .max = 10, .step = 1, .default_seconds = 0, .zero_is_all = true};
    m.shapes = {};
    return m;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
