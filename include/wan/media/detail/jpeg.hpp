// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// Reads the segments of a JPEG up to its first scan.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/media/detail/exif.hpp>
#include <wan/media/detail/header_reader.hpp>

#include <cstdint>

namespace wan::inline WAN_ABI::detail::jpeg {

/// Returns whether the marker is one of SOF0 to SOF15. DHT, JPG and DAC are in the same range, but are no
/// frame headers.
constexpr bool is_frame_header(int marker) noexcept {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

struct marker {
    int code = -1; ///< -1: the bytes end before a marker
    std::uint64_t after = 0;
};

/// Finds the next marker. Skips fill bytes and, as decoders do, stray bytes between segments.
constexpr marker next_marker(header_reader& in, std::uint64_t at) noexcept {
    bool after_ff = false;
    // Two bytes are enough in nearly all cases.
    for (std::size_t wanted = 2;; wanted = byte_window::capacity) {
        const auto bytes = in.read(at, wanted);
        for (std::size_t i = 0; i < bytes.count(); ++i) {
            const int byte = bytes.u8(i);
            if (after_ff && byte != 0xFF && byte != 0) return {byte, at + i + 1};
            after_ff = byte == 0xFF;
        }
        if (!bytes) return {};
        at += bytes.count();
    }
}

constexpr inspected<image_info> inspect(header_reader& in) noexcept {
    image_info image{.format = in.format(), .size = {}};
    bool has_frame = false, has_exif = false;
    for (std::uint64_t at = 2;;) {
        const auto [code, after] = next_marker(in, at);
        at = after;
        if (code == -1)
            return in.truncated(has_frame ? "JPEG: ends before its first scan"
                                          : "JPEG: ends before its frame header");
        if (code == 0xDA && has_frame) return image;
        if (code == 0xDA) return in.malformed("JPEG: no frame header before the first scan");
        if (code == 0xD9)
            return in.malformed(has_frame ? "JPEG: no scan before the end"
                                          : "JPEG: no frame header before the end");
        if (code == 0x01 || (code >= 0xD0 && code <= 0xD8)) continue; // markers without a length

        const auto head = in.read(at, 2);
        if (!head) return in.truncated("JPEG: ends within a segment header");
        const std::uint64_t length = head.be16(0);
        if (length < 2) return in.malformed("JPEG: invalid segment length");

        if (is_frame_header(code) && !has_frame) {
            const auto frame = in.read(at, 8);
            if (!frame) return in.truncated("JPEG: ends within its frame header");
            image.size = {frame.be16(5), frame.be16(3)};
            if (length < 8 || image.size.width == 0 || image.size.height == 0)
                return in.malformed("JPEG: a frame header without a size");
            has_frame = true;
        } else if (code == 0xE1 && !has_exif && length >= 8) {
            const auto name = in.read(at + 2, 6);
            if (!name) return in.truncated("JPEG: ends within a segment");
            has_exif = name.has(0, {"Exif\0\0", 6});
            if (has_exif) image.orientation = exif_orientation(in, at + 8, at + length);
        }
        at += length;
    }
}

} // namespace wan::inline WAN_ABI::detail::jpeg

#include <wan/detail/pop_macros.hpp>
