// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What a request says about the video that decides how long the provider takes.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>

#include <compare>
#include <cstdint>
#include <optional>

namespace wan::inline WAN_ABI::detail {

/// The tier and the duration of a video. Small, because a million tasks may wait at once.
struct video_kind {
    static constexpr std::int16_t not_set = -2; ///< -1: the model chooses

    std::int16_t duration = not_set; ///< seconds
    std::int8_t tier = not_set;      ///< a `resolution`
    bool is_known = false;           ///< false: the task was resumed without its request

    friend constexpr auto operator<=>(const video_kind&, const video_kind&) = default;
};

/// Returns the kind of the video that a request describes.
template <class Request>
constexpr video_kind kind_of_video(const Request& request) noexcept {
    video_kind kind{.is_known = true};
    constexpr bool has_tier = requires { request.resolution.has_value(); };
    if constexpr (has_tier)
        if (request.resolution) kind.tier = static_cast<std::int8_t>(*request.resolution);
    constexpr bool has_duration = requires { request.duration.has_value(); };
    if constexpr (has_duration)
        if (request.duration) kind.duration = static_cast<std::int16_t>(*request.duration);
    return kind;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
