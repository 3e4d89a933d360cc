// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The common limits of the Wan 2.5 and 2.6 models: with sound, 1500 characters of prompt.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/model/detail/video_shapes.hpp>
#include <wan/model/detail/wan_limits.hpp>

#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// Videos from an image, generations 2.5 and 2.6: with given or generated sound.
constexpr model_limits wan26_model(std::string_view model, std::string_view source) noexcept {
    auto m = any_model(model, source);
    m.jobs = job::image_to_video;
    m.image_url = image_of(20);
    m.audio_url = audio_of(3);
    m.prompt = {1500};
    m.template_ = {.any = true, .names = {}, .regions = region::beijing};
    m.resolution = {{resolution::p720, resolution::p1080}, resolution::p1080};
    m.makes_sound = true;
    return m;
}

/// Videos from a text, generations 2.5 and 2.6: with given or generated sound.
constexpr model_limits wan26_text_model(std::string_view model, std::string_view source) noexcept {
    auto m = any_model(model, source);
    m.jobs = job::text_to_video;
    m.audio_url = audio_of(3);
    m.prompt = {1500};
    m.resolution = {{resolution::p720, resolution::p1080}, resolution::p1080};
    m.ratio = {five_ratios, "16:9"};
    m.shapes = shapes_to_26;
    m.makes_sound = true;
    return m;
}

/// Videos from references, generation 2.6.
constexpr model_limits wan26_reference_model(std::string_view model, std::string_view source) noexcept {
    auto m = wan26_text_model(model, source);
    m.jobs = job::reference_to_video;
    m.audio_url = {};
    m.references = {.reference_image = image_of(10, {360, 2000}),
                    .reference_video = clip_of(3, 30),
                    .max_images = 5,
                    .max_videos = 3,
                    .max_images_and_videos = 5,
                    .min_images_and_videos = 1};
    m.references.reference_image.side = {360, 2000};
    m.duration = {.min = 2, .max = 10, .step = 1, .default_seconds = 5};
    m.shot_type = {{shot_type::single, shot_type::multi}};
    return m;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
