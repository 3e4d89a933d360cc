// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The common limits of the Wan 3.0 models: one model for several jobs, 20000 characters of prompt, up to 30
/// seconds.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/model/detail/wan_limits.hpp>

#include <string_view>

namespace wan::inline WAN_ABI::detail {

inline constexpr std::string_view document_endings[] = {".docx", ".xlsx", ".pptx", ".pdf", ".txt", ".md"};
inline constexpr std::string_view known_ratios[] = {"adaptive", "16:9", "4:3", "1:1",  "3:4",
                                                    "9:16",     "4:5",  "5:4", "9:21", "21:9"};
inline constexpr std::string_view wan3_ratios[] = {"adaptive", "16:9", "4:3", "1:1", "3:4", "9:16"};
inline constexpr std::string_view wan3_disputed_ratios[] = {"21:9"}; // only one source lists it

/// Frames and references are mutually exclusive, so a request with frames cannot have a reference sound.
constexpr model_limits wan3_model(std::string_view model, std::string_view source) noexcept {
    auto m = any_model(model, source);
    m.jobs = {job::text_to_video, job::keyframe_to_video, job::image_to_video, job::reference_to_video};
    m.image_url = image_of(20, {240, 8000});
    m.image_url.max_ratio = 8;
    m.first_frame_url = m.last_frame_url = m.image_url;
    m.references = {.reference_image = m.image_url,
                    .reference_video = clip_of(1, 15),
                    .reference_audio = audio_of(1),
                    .file = {megabytes(100), document_endings},
                    .max_images = 10,
                    .max_videos = 5,
                    .max_audios = 5,
                    .max_files = 1,
                    .max_seconds_of_videos = 15,
                    .max_seconds_of_audios = 15,
                    .excludes_frames = true,
                    .max_seconds_in_and_out = 30};
    m.references.reference_audio.seconds.max = 15;
    m.audio = {true};
    m.prompt = {20'000};
    m.negative_prompt.is_disputed = true; // two sources list it, five do not
    m.resolution = {{resolution::p480, resolution::p720, resolution::p1080}, resolution::p1080};
    m.ratio = {wan3_ratios, "adaptive", wan3_disputed_ratios};
    m.duration = {.min = 2, .max = 30, .step = 1, .default_seconds = 5, .model_may_choose = true};
    m.seed.min = -1; // -1: random
    m.enable_thinking = {true};
    m.makes_sound = true;
    return m;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
