// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// The tags and the first frame of an MP3.
#pragma once

#include <wan/detail/prologue.hpp>

#include <wan/detail/duration.hpp>
#include <wan/detail/header_reader.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace wan::inline WAN_ABI::detail::mp3 {

inline constexpr std::uint16_t kilobits_1[] = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
inline constexpr std::uint16_t kilobits_2[] = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
inline constexpr std::uint32_t rates[] = {44100, 48000, 32000}; ///< of MPEG 1; halves in 2, quarters in 2.5

/// Of layer III.
struct frame_header {
    bool is_mpeg_1;
    bool is_mono;
    std::uint32_t rate;            ///< samples per second
    std::uint32_t bits_per_second;
    std::uint32_t bytes;           ///< of the whole frame
    constexpr std::uint32_t samples() const noexcept { return is_mpeg_1 ? 1152 : 576; }
    constexpr std::size_t side_information() const noexcept { return is_mpeg_1 ? (is_mono ? 17 : 32) : (is_mono ? 9 : 17); }
};

/// None where the bits are no frame of layer III, or do not say how long it is.
constexpr std::optional<frame_header> read_frame_header(std::uint32_t bits) noexcept {
    const auto version = bits >> 19 & 3, bit_rate = bits >> 12 & 15, rate = bits >> 10 & 3;
    if (bits >> 21 != 0x7FF || version == 1 || (bits >> 17 & 3) != 1 || bit_rate == 0 || bit_rate == 15 || rate == 3)
        return std::nullopt;
    frame_header h{.is_mpeg_1 = version == 3, .is_mono = (bits >> 6 & 3) == 3, .rate = 0, .bits_per_second = 0, .bytes = 0};
    h.rate = rates[rate] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
    h.bits_per_second = (h.is_mpeg_1 ? kilobits_1 : kilobits_2)[bit_rate] * 1000u;
    h.bytes = h.samples() / 8 * h.bits_per_second / h.rate + (bits >> 9 & 1);
    return h;
}

/// Where the sound begins: after the ID3v2 tags.
constexpr std::uint64_t after_tags(header_reader& in) noexcept {
    std::uint64_t at = 0;
    for (;;) {
        const auto tag = in.read(at, 10);
        if (!tag || !tag.has(0, "ID3")) return at;
        std::uint64_t length = 0;
        for (std::size_t i = 6; i < 10; ++i) length = length << 7 | (tag.u8(i) & 0x7F);
        at += 10 + length + ((tag.u8(5) & 0x10) != 0 ? 10 : 0);
    }
}

/// Where it ends: before the ID3v1 tag.
constexpr std::uint64_t before_tag(header_reader& in, std::uint64_t begin) noexcept {
    constexpr std::uint64_t tag = 128;
    return in.size() >= begin + tag && in.read(in.size() - tag, 3).has(0, "TAG") ? in.size() - tag : in.size();
}

/// The number of frames that the first one states in place of sound; none if it holds sound.
constexpr std::optional<std::uint32_t> stated_frames(header_reader& in, std::uint64_t frame, const frame_header& h) noexcept {
    const auto xing = in.read(frame + 4 + h.side_information(), 12);
    if ((xing.has(0, "Xing") || xing.has(0, "Info")) && (xing.be32(4) & 1) != 0) return xing.be32(8);
    const auto vbri = in.read(frame + 4 + 32, 18);
    if (vbri.has(0, "VBRI")) return vbri.be32(14);
    return std::nullopt;
}

constexpr inspected<recording_info> of_frames(header_reader& in, std::uint64_t first, std::uint64_t end,
                                              const frame_header& h) noexcept {
    std::optional<std::chrono::milliseconds> duration;
    if (const auto frames = stated_frames(in, first, h); frames && *frames != 0) {
        duration = milliseconds_of(std::uint64_t{*frames} * h.samples(), h.rate);
    } else {
        duration = milliseconds_of((end - first) * 8, h.bits_per_second);
    }
    if (!duration) return in.malformed("MP3: a length that cannot be");
    return recording_info{.format = in.format(), .duration = *duration, .size = {}};
}

constexpr inspected<recording_info> inspect(header_reader& in) noexcept {
    // Some writers leave a gap after a tag. What looks like a frame is one if a like one follows, or nothing.
    constexpr std::uint64_t max_gap = 1u << 16;
    const auto begin = after_tags(in), end = before_tag(in, begin);
    for (std::uint64_t at = begin; at < begin + max_gap; at += piece::capacity - 3) {
        const auto bytes = in.read(at, piece::capacity);
        for (std::size_t i = 0; i + 4 <= bytes.count(); ++i) {
            const auto h = read_frame_header(bytes.be32(i));
            if (!h) continue;
            const auto frame = at + i, next = frame + h->bytes;
            if (next > end) {
                if (frame == begin) return in.truncated("MP3: ends within its first frame");
                continue;
            }
            const auto following = read_frame_header(in.read(next, 4).be32(0));
            if (end - next < 4 || (following && following->is_mpeg_1 == h->is_mpeg_1 && following->rate == h->rate))
                return of_frames(in, frame, end, *h);
        }
        if (!bytes) return in.truncated("MP3: ends before its first frame");
    }
    return in.malformed("MP3: no frame where the sound should begin");
}

} // namespace wan::inline WAN_ABI::detail::mp3

#include <wan/detail/epilogue.hpp>
