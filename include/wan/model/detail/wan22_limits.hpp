// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The common limits of the Wan 2.1 and 2.2 models: silent, 800 characters of prompt, up to 5 seconds.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/model/detail/video_shapes.hpp>
#include <wan/model/detail/wan_limits.hpp>

#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// Videos from a first and a last frame, generations 2.1 and 2.2: silent, 5 seconds.
constexpr model_limits wan22_keyframe_model(std::string_view model, std::string_view source) noexcept {
    auto m = any_model(model, source);
    m.jobs = job::keyframe_to_video;
    m.first_frame_url = m.last_frame_url = image_of(10);
    m.prompt = {800};
    m.template_ = {.any = true, .names = {}, .regions = region::beijing};
    m.resolution = {resolution::p720, resolution::p720};
    m.duration = five_seconds;
    return m;
}

/// Videos from an image, generations 2.1 and 2.2: silent, up to 5 seconds.
constexpr model_limits wan22_model(std::string_view model, std::string_view source) noexcept {
    auto m = any_model(model, source);
    m.jobs = job::image_to_video;
    m.image_url = image_of(10);
    m.prompt = {800};
    // The effects are listed for 2.1, and not excluded for 2.2.
    m.template_ = {.any = true, .names = {}, .regions = region::beijing};
    m.duration = five_seconds;
    return m;
}

/// Videos from a text, generations 2.1 and 2.2: silent, 5 seconds.
constexpr model_limits wan22_text_model(std::string_view model, std::string_view source) noexcept {
    auto m = any_model(model, source);
    m.jobs = job::text_to_video;
    m.prompt = {800};
    m.duration = five_seconds;
    m.ratio = {five_ratios, "16:9"};
    m.shapes = shapes_to_26;
    return m;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
