// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// Reads the orientation, the only EXIF entry that changes an image's size.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/media/detail/header_reader.hpp>

#include <cstdint>

namespace wan::inline WAN_ABI::detail {

/// Returns the orientation in the TIFF structure from `begin` to `end`. Returns 1 if it is missing or
/// malformed, because viewers show such an image anyway.
constexpr int exif_orientation(header_reader& in, std::uint64_t begin, std::uint64_t end) noexcept {
    if (end < begin || end - begin < 8) return 1;
    const auto head = in.read(begin, 8);
    const bool little = head.has(0, "II");
    if (!head || (!little && !head.has(0, "MM"))) return 1;
    const auto u16 = [little](const byte_window& p, std::size_t at) {
        return little ? p.le16(at) : p.be16(at);
    };
    if (u16(head, 2) != 42) return 1;

    std::uint64_t at = begin + (little ? head.le32(4) : head.be32(4));
    if (at > end || end - at < 2) return 1;
    const int entries = u16(in.read(at, 2), 0);
    at += 2;
    for (int i = 0; i < entries && end - at >= 12; ++i, at += 12) {
        const auto entry = in.read(at, 12);
        if (!entry) return 1;
        if (u16(entry, 0) != 0x0112) continue;
        const int value = u16(entry, 8);
        return u16(entry, 2) == 3 && value >= 1 && value <= 8 ? value : 1;
    }
    return 1;
}

/// Same as `exif_orientation`, but `Exif\0\0` may precede the structure.
constexpr int exif_orientation_after_name(header_reader& in, std::uint64_t begin,
                                          std::uint64_t end) noexcept {
    const bool named = end - begin >= 6 && in.read(begin, 6).has(0, {"Exif\0\0", 6});
    return exif_orientation(in, named ? begin + 6 : begin, end);
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
