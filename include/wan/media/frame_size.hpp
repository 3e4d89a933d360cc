// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The width and height of an image, a clip or a video.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <cstdint>

namespace wan::inline WAN_ABI {

/// The size of an image or of a video's frames.
/// Thread safety: a value; const access from several threads is safe.
struct frame_size {
    std::uint32_t width = 0;  ///< pixels
    std::uint32_t height = 0; ///< pixels
    /// Equal if both members are equal.
    friend constexpr bool operator==(const frame_size&, const frame_size&) = default;
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
