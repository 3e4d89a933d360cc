// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The models of providers other than DashScope that state their own limits. These take precedence over the
/// limits that DashScope states for the model.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/model/detail/wan22_limits.hpp>
#include <wan/model/detail/wan26_limits.hpp>
#include <wan/model/detail/wan27_limits.hpp>

namespace wan::inline WAN_ABI {

namespace detail {

constexpr model_limits sinancode_keyframes() noexcept {
    auto m = wan22_keyframe_model("wan2.2-kf2v-flash", "SinanCode, Wan2 Keyframe-to-Video");
    m.regions = every_region;
    m.first_frame_url.side = m.last_frame_url.side = m.first_frame_url.strict_side;
    m.video_url_lifetime = {}; // not documented
    m.resolution.tiers = {resolution::p480, resolution::p720, resolution::p1080};
    m.template_.regions = every_region;
    return m;
}

// The provider's page says both that audio_url works and that only another model supports it.
constexpr model_limits sinancode_images() noexcept {
    auto m = wan26_model("wan2.6-i2v", "SinanCode, Wan2 Image-to-Video");
    m.regions = every_region;
    m.image_url = image_of(10);
    m.image_url.side = m.image_url.strict_side;
    m.video_url_lifetime = {}; // not documented
    m.audio = {true};
    m.prompt = {2000};
    m.template_ = {.any = true, .names = {}, .regions = every_region};
    m.duration = {.min = 5, .max = 15, .step = 5, .default_seconds = 5};
    m.shot_type = {{shot_type::single, shot_type::multi}};
    return m;
}

constexpr model_limits jiekou_27() noexcept {
    auto m = wan27_model("wan2.7-i2v", "JieKou, Wan 2.7 Image-to-Video; Novita and PPIO, wan2.7-i2v");
    m.regions = every_region;
    m.video_url_lifetime = std::chrono::hours{1};
    return m;
}

// The pages agree; they state the shapes and the prompt length of generation 2.6.
constexpr model_limits jiekou_27_text() noexcept {
    auto m = wan27_text_model("wan2.7-t2v", "Novita, Wan 2.7 Text-to-Video; JieKou, PPIO, wan2.7-t2v");
    m.regions = every_region;
    m.video_url_lifetime = std::chrono::hours{1};
    m.audio_url = audio_of(3);
    m.prompt = {1500};
    m.shapes = shapes_to_26;
    return m;
}

constexpr model_limits jiekou_27_references() noexcept {
    auto m = wan27_reference_model("wan2.7-r2v", "JieKou, Novita and PPIO, wan2.7-r2v");
    m.regions = every_region;
    m.video_url_lifetime = std::chrono::hours{1};
    m.audio = {true};
    m.shot_type = {{shot_type::single, shot_type::multi}};
    m.duration.max = 10;
    m.shapes = shapes_to_26;
    return m;
}

constexpr model_limits jiekou_27_edit() noexcept {
    auto m = wan27_edit_model("wan2.7-videoedit", "JieKou, Novita and PPIO, wan2.7-videoedit");
    m.regions = every_region;
    m.video_url_lifetime = std::chrono::hours{1};
    m.references.max_images = 3;
    return m;
}

} // namespace detail

/// The rows, from SinanCode's pages for its two endpoints.
inline constexpr model_limits sinancode_models[] = {detail::sinancode_keyframes(),
                                                    detail::sinancode_images()};
/// The rows, from the pages of JieKou, Novita and PPIO for the Wan 2.7 models; the pages agree.
inline constexpr model_limits jiekou_models[] = {detail::jiekou_27(), detail::jiekou_27_text(),
                                                 detail::jiekou_27_references(), detail::jiekou_27_edit()};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
