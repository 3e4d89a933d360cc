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

/// The largest multiple of 16 whose square is at most `square`, but never less than 16. Integers only: a
/// square root in floating point may fall on the wrong side of an exact square.
constexpr std::uint32_t side_below(std::uint64_t square) noexcept {
    std::uint64_t low = 1, high = std::uint64_t{1} << 20;
    while (high - low > 1) {
        const auto middle = (low + high) / 2;
        (256 * middle * middle <= square ? low : high) = middle;
    }
    return static_cast<std::uint32_t>(16 * low);
}

} // namespace detail

/// The size of the video that a first frame gives: its aspect ratio kept, about `target_pixels` pixels, both
/// sides multiples of 16. Of a frame with a side of 0, which no image has: 0x0. Source: the
/// first-and-last-frame guide of DashScope (750x1000 at 720P gives 816x1104) and the open model's code, whose
/// formula gives exactly that; for other ratios an estimate.
constexpr frame_size predict_output_size(frame_size first_frame, std::uint64_t target_pixels) noexcept {
    if (first_frame.width == 0 || first_frame.height == 0) return {};
    return {detail::side_below(target_pixels * first_frame.width / first_frame.height),
            detail::side_below(target_pixels * first_frame.height / first_frame.width)};
}

/// The probable size of a video.
struct predicted_output {
    frame_size size = {}; ///< as a viewer sees it
    /// Of one frame; at most `target_pixels` of the tier, unless the frame is a mere line.
    std::uint64_t pixels = 0;
    /// Member by member.
    friend constexpr bool operator==(const predicted_output&, const predicted_output&) = default;
};

/// What a first frame becomes at that tier. The frame's sides are those that a viewer sees: turned as its
/// EXIF orientation says.
constexpr predicted_output predict_output(frame_size upright_first_frame, resolution tier) noexcept {
    const auto size = predict_output_size(upright_first_frame, target_pixels(tier));
    return {size, std::uint64_t{size.width} * size.height};
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
