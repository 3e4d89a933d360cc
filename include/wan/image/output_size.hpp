// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// How large the video will be.
#pragma once

#include <cstdint>

namespace wan {

struct frame_size {
    std::uint32_t width = 0;  ///< pixels
    std::uint32_t height = 0; ///< pixels
    friend constexpr bool operator==(const frame_size&, const frame_size&) = default;
};

namespace detail {

/// The largest multiple of 16 whose square is at most `square`, but never less than 16. Integers only: a square
/// root in floating point may fall on the wrong side of an exact square.
constexpr std::uint32_t side_below(std::uint64_t square) noexcept {
    std::uint64_t low = 1, high = std::uint64_t{1} << 20;
    while (high - low > 1) {
        const auto middle = (low + high) / 2;
        (256 * middle * middle <= square ? low : high) = middle;
    }
    return static_cast<std::uint32_t>(16 * low);
}

} // namespace detail

/// The size of the video that a first frame gives: its aspect ratio kept, about `target_pixels` pixels, both sides
/// multiples of 16. Both sides of the frame must be at least 1.
/// Source: the first-and-last-frame guide of DashScope (750x1000 at 720P gives 816x1104) and the open model's code,
/// whose formula gives exactly that; for other ratios an estimate.
constexpr frame_size predict_output_size(frame_size first_frame, std::uint64_t target_pixels) noexcept {
    return {detail::side_below(target_pixels * first_frame.width / first_frame.height),
            detail::side_below(target_pixels * first_frame.height / first_frame.width)};
}

} // namespace wan
