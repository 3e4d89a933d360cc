// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Predicts the size of the video.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/media/frame_size.hpp>
#include <wan/request/resolution.hpp>

#include <cstdint>

namespace wan::inline WAN_ABI {

namespace detail {

/// Returns the largest multiple of 16 whose square is at most `square`, but never less than 16. Uses integers
/// only: a square root in floating point may fall on the wrong side of an exact square.
constexpr std::uint32_t side_below(std::uint64_t square) noexcept {
    std::uint64_t low = 1, high = std::uint64_t{1} << 20;
    while (high - low > 1) {
        const auto middle = (low + high) / 2;
        (256 * middle * middle <= square ? low : high) = middle;
    }
    return static_cast<std::uint32_t>(16 * low);
}

} // namespace detail

/// Predicts the size of the video that results from a first frame. The video keeps the frame's aspect ratio
/// and has about `target_pixels` pixels; both of its sides are multiples of 16. Returns 0x0 if a side of the
/// frame is 0. Source: the first-and-last-frame guide of DashScope (750x1000 at 720P gives 816x1104) and the
/// open model's code, whose formula gives exactly this size. For any other aspect ratio, the result is an
/// estimate.
constexpr frame_size predict_output_size(frame_size first_frame, std::uint64_t target_pixels) noexcept {
    if (first_frame.width == 0 || first_frame.height == 0) return {};
    return {detail::side_below(target_pixels * first_frame.width / first_frame.height),
            detail::side_below(target_pixels * first_frame.height / first_frame.width)};
}

/// The predicted size of a video.
struct predicted_output {
    frame_size size = {}; ///< as a viewer sees it
    /// Pixels of one frame; at most `target_pixels` of the tier, unless the frame is extremely narrow.
    std::uint64_t pixels = 0;
    /// Compares all members.
    friend constexpr bool operator==(const predicted_output&, const predicted_output&) = default;
};

/// Predicts the size of the video from a first frame at that tier. Pass the frame's size as a viewer sees it,
/// that is, rotated according to its EXIF orientation.
constexpr predicted_output predict_output(frame_size upright_first_frame, resolution tier) noexcept {
    const auto size = predict_output_size(upright_first_frame, target_pixels(tier));
    return {size, std::uint64_t{size.width} * size.height};
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
