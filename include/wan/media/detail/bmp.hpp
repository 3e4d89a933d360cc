// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// Reads the header of a BMP.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/media/detail/header_reader.hpp>

#include <cstdint>

namespace wan::inline WAN_ABI::detail::bmp {

constexpr std::uint32_t core_header = 12; ///< BITMAPCOREHEADER, with 16-bit width and height
constexpr std::uint32_t info_header = 40; ///< BITMAPINFOHEADER; masks may follow it
constexpr std::uint32_t header_3 = 56;    ///< BITMAPV3INFOHEADER, the first version with an alpha mask
constexpr std::uint32_t bit_fields = 3, alpha_bit_fields = 6;
constexpr std::uint64_t alpha_mask = 66;

constexpr inspected<image_info> inspect(header_reader& in) noexcept {
    const auto start = in.read(14, 12);
    if (!start) return in.truncated("BMP: ends within its header");
    const auto header_size = start.le32(0);
    image_info image{.format = in.format(), .size = {}};

    if (header_size == core_header) {
        image.size = {start.le16(4), start.le16(6)};
        if (start.le16(8) != 1) return in.malformed("BMP: the number of planes is not 1");
        if (image.size.width == 0 || image.size.height == 0)
            return in.malformed("BMP: a header without a size");
        return image;
    }
    if (header_size < 16 || header_size > 256) return in.malformed("BMP: a header of an unknown kind");
    if (!in.read(14 + header_size - 1, 1)) return in.truncated("BMP: ends within its header");
    const auto width = signed_32(start.le32(4));
    const auto height = signed_32(start.le32(8)); // negative: the rows are stored top to bottom
    if (width <= 0 || height == 0) return in.malformed("BMP: a header without a size");
    image.size = {static_cast<std::uint32_t>(width),
                  static_cast<std::uint32_t>(height < 0 ? -height : height)};
    if (in.read(26, 2).le16(0) != 1) return in.malformed("BMP: the number of planes is not 1");
    if (header_size < info_header) return image;

    const auto compression = in.read(30, 4).le32(0);
    const bool has_mask =
        (compression == bit_fields && header_size >= header_3) || compression == alpha_bit_fields;
    if (!has_mask) return image;
    const auto mask = in.read(alpha_mask, 4);
    if (!mask) return in.truncated("BMP: ends within its colour masks");
    image.has_alpha = mask.le32(0) != 0;
    return image;
}

} // namespace wan::inline WAN_ABI::detail::bmp

#include <wan/detail/pop_macros.hpp>
