// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// Reads the first chunk of a WebP, and the EXIF that may follow its pixels.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/media/detail/exif.hpp>
#include <wan/media/detail/header_reader.hpp>

#include <cstdint>

namespace wan::inline WAN_ABI::detail::webp {

constexpr std::uint32_t alpha_flag = 0x10, exif_flag = 0x08;

constexpr inspected<image_info> lossy(header_reader& in, image_info image) noexcept {
    const auto frame = in.read(20, 10);
    if (!frame) return in.truncated("WebP: ends within its frame header");
    if ((frame.u8(0) & 1) != 0 || !frame.has(3, "\x9D\x01\x2A"))
        return in.malformed("WebP: does not begin with a key frame");
    image.size = {frame.le16(6) & 0x3FFFu, frame.le16(8) & 0x3FFFu};
    if (image.size.width == 0 || image.size.height == 0)
        return in.malformed("WebP: a frame header without a size");
    return image;
}

constexpr inspected<image_info> lossless(header_reader& in, image_info image) noexcept {
    const auto head = in.read(20, 5);
    if (!head) return in.truncated("WebP: ends within its header");
    const auto bits = head.le32(1);
    if (head.u8(0) != 0x2F || bits >> 29 != 0)
        return in.malformed("WebP: a lossless header of an unknown kind");
    image.size = {(bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1};
    image.has_alpha = (bits >> 28 & 1) != 0;
    return image;
}

constexpr inspected<image_info> extended(header_reader& in, image_info image, std::uint64_t at) noexcept {
    const auto head = in.read(20, 10);
    if (!head) return in.truncated("WebP: ends within its header");
    image.size = {head.le24(4) + 1, head.le24(7) + 1};
    image.has_alpha = (head.u8(0) & alpha_flag) != 0;
    if ((head.u8(0) & exif_flag) == 0) return image;

    while (at < in.size()) {
        const auto chunk = in.read(at, 8);
        if (!chunk) return in.truncated("WebP: ends before its EXIF");
        const std::uint64_t length = chunk.le32(4);
        if (chunk.has(0, "EXIF")) {
            if (at + 8 + length > in.size()) return in.truncated("WebP: ends within its EXIF");
            image.orientation = exif_orientation_after_name(in, at + 8, at + 8 + length);
            return image;
        }
        at += 8 + length + (length & 1);
    }
    // Some writers leave the flag set when they remove the EXIF.
    const std::uint64_t stated_size = std::uint64_t{8} + in.read(4, 4).le32(0);
    const bool is_cut = at > in.size() + 1 || stated_size > in.size();
    return is_cut ? inspected<image_info>(in.truncated("WebP: ends before its EXIF")) : image;
}

constexpr inspected<image_info> inspect(header_reader& in) noexcept {
    const auto chunk = in.read(12, 8);
    if (!chunk) return in.truncated("WebP: ends before its first chunk");
    const std::uint64_t length = chunk.le32(4);
    const image_info image{.format = in.format(), .size = {}};
    if (chunk.has(0, "VP8 ") && length >= 10) return lossy(in, image);
    if (chunk.has(0, "VP8L") && length >= 5) return lossless(in, image);
    if (chunk.has(0, "VP8X") && length >= 10) return extended(in, image, 20 + length + (length & 1));
    return in.malformed("WebP: does not begin with an image");
}

} // namespace wan::inline WAN_ABI::detail::webp

#include <wan/detail/pop_macros.hpp>
