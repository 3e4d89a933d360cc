// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// Reads the chunks of a PNG up to its pixels.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/media/detail/exif.hpp>
#include <wan/media/detail/header_reader.hpp>

#include <cstdint>

namespace wan::inline WAN_ABI::detail::png {

constexpr inspected<image_info> inspect(header_reader& in) noexcept {
    const auto head = in.read(8, 25);
    if (!head) return in.truncated("PNG: ends within its header chunk");
    if (!head.has(4, "IHDR") || head.be32(0) != 13)
        return in.malformed("PNG: does not begin with a header chunk");
    image_info image{.format = in.format(), .size = {head.be32(8), head.be32(12)}};
    if (image.size.width == 0 || image.size.height == 0 || (image.size.width | image.size.height) >> 31 != 0)
        return in.malformed("PNG: a header chunk without a valid size");
    const int colour_type = head.u8(17);
    image.has_alpha = colour_type == 4 || colour_type == 6;

    for (std::uint64_t at = 33;;) {
        const auto chunk = in.read(at, 8);
        if (!chunk) return in.truncated("PNG: ends before its pixels");
        const std::uint64_t length = chunk.be32(0);
        if (length >> 31 != 0) return in.malformed("PNG: a chunk with an invalid length");
        if (chunk.has(4, "IDAT")) return image;
        if (chunk.has(4, "IEND")) return in.malformed("PNG: no pixels before the end");
        if (chunk.has(4, "tRNS")) image.has_alpha = true;
        if (chunk.has(4, "eXIf")) image.orientation = exif_orientation(in, at + 8, at + 8 + length);
        at += 12 + length;
    }
}

} // namespace wan::inline WAN_ABI::detail::png

#include <wan/detail/pop_macros.hpp>
