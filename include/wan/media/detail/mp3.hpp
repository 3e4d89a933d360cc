// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// Reads the tags and the frames of an MP3.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/media/detail/duration.hpp>
#include <wan/media/detail/header_reader.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace wan::inline WAN_ABI::detail::mp3 {

inline constexpr std::uint16_t kilobits_1[] = {0,   32,  40,  48,  56,  64,  80, 96,
                                               112, 128, 160, 192, 224, 256, 320};
inline constexpr std::uint16_t kilobits_2[] = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
/// The sample rates of MPEG 1. MPEG 2 has half of each rate, and MPEG 2.5 a quarter.
inline constexpr std::uint32_t rates[] = {44100, 48000, 32000};

/// The header of a frame of layer III.
struct frame_header {
    bool is_mpeg_1;
    bool is_mono;
    std::uint32_t rate; ///< samples per second
    std::uint32_t bits_per_second;
    std::uint32_t bytes; ///< size of the whole frame
    constexpr std::uint32_t samples() const noexcept { return is_mpeg_1 ? 1152 : 576; }
    constexpr std::size_t side_information() const noexcept {
        return is_mpeg_1 ? (is_mono ? 17 : 32) : (is_mono ? 9 : 17);
    }
    /// Returns whether both frames belong to the same stream: their versions and sample rates are equal, but
    /// their bit rates may differ.
    constexpr bool is_like(const frame_header& other) const noexcept {
        return is_mpeg_1 == other.is_mpeg_1 && rate == other.rate;
    }
};

/// Parses a frame header. Returns nothing if the bits are not a frame of layer III or do not determine its
/// length.
constexpr std::optional<frame_header> read_frame_header(std::uint32_t bits) noexcept {
    const auto version = bits >> 19 & 3, bit_rate = bits >> 12 & 15, rate = bits >> 10 & 3;
    if (bits >> 21 != 0x7FF || version == 1 || (bits >> 17 & 3) != 1 || bit_rate == 0 || bit_rate == 15 ||
        rate == 3)
        return std::nullopt;
    frame_header h{.is_mpeg_1 = version == 3,
                   .is_mono = (bits >> 6 & 3) == 3,
                   .rate = 0,
                   .bits_per_second = 0,
                   .bytes = 0};
    h.rate = rates[rate] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
    h.bits_per_second = (h.is_mpeg_1 ? kilobits_1 : kilobits_2)[bit_rate] * 1000u;
    h.bytes = h.samples() / 8 * h.bits_per_second / h.rate + (bits >> 9 & 1);
    return h;
}

/// Returns the position after the tag at `at`: an ID3v2, or an APEv2 with its header. Returns `at` if there
/// is no tag.
constexpr std::uint64_t after_tag(header_reader& in, std::uint64_t at) noexcept {
    const auto tag = in.read(at, 32);
    if (tag.has(0, "ID3") && tag.count() >= 10) {
        std::uint64_t length = 0;
        for (std::size_t i = 6; i < 10; ++i) length = length << 7 | (tag.u8(i) & 0x7F);
        return at + 10 + length + ((tag.u8(5) & 0x10) != 0 ? 10 : 0);
    }
    if (tag.has(0, "APETAGEX") && tag) return at + 32 + tag.le32(12);
    return at;
}

/// Returns the position after the zero bytes at `at`, which some writers leave; skips at most `most` of them.
constexpr std::uint64_t after_zeros(header_reader& in, std::uint64_t at, std::uint64_t most) noexcept {
    for (const auto end = at + most; at < end;) {
        const auto bytes = in.read(at, byte_window::capacity);
        std::size_t zeros = 0;
        while (zeros < bytes.count() && bytes.u8(zeros) == 0) ++zeros;
        at += zeros;
        if (zeros < byte_window::capacity) break;
    }
    return at;
}

/// Returns where the sound begins: after tags and zero bytes, in any order.
constexpr std::uint64_t begin_of_sound(header_reader& in) noexcept {
    std::uint64_t zeros = 1u << 20;
    for (std::uint64_t at = 0;;) {
        auto next = after_tag(in, at);
        if (next == at) {
            next = after_zeros(in, at, zeros);
            zeros -= (std::min)(zeros, next - at);
        }
        if (next == at) return at;
        at = next;
    }
}

/// Returns where the sound ends: before an ID3v1 and an APEv2 tag at the end of the file.
constexpr std::uint64_t end_of_sound(header_reader& in, std::uint64_t begin) noexcept {
    constexpr std::uint64_t id3v1 = 128, footer = 32;
    auto end = in.size();
    if (end >= begin + id3v1 && in.read(end - id3v1, 3).has(0, "TAG")) end -= id3v1;
    if (end < begin + footer) return end;
    const auto tag = in.read(end - footer, footer);
    if (!tag.has(0, "APETAGEX")) return end;
    const auto length = std::uint64_t{tag.le32(12)} + ((tag.le32(20) >> 31) != 0 ? 32 : 0);
    return length >= footer && length <= end - begin ? end - length : end;
}

/// Returns the number of frames that the first frame states; such a frame has no sound. Returns nothing if
/// the first frame has sound.
constexpr std::optional<std::uint32_t> stated_frames(header_reader& in, std::uint64_t frame,
                                                     const frame_header& h) noexcept {
    const auto xing = in.read(frame + 4 + h.side_information(), 12);
    if ((xing.has(0, "Xing") || xing.has(0, "Info")) && (xing.be32(4) & 1) != 0) return xing.be32(8);
    const auto vbri = in.read(frame + 4 + 32, 18);
    if (vbri.has(0, "VBRI")) return vbri.be32(14);
    return std::nullopt;
}

constexpr std::optional<frame_header> read_like(header_reader& in, std::uint64_t at,
                                                const frame_header& first) noexcept {
    const auto h = read_frame_header(in.read(at, 4).be32(0));
    return h && h->is_like(first) ? h : std::nullopt;
}

struct found_frame {
    std::uint64_t at;
    frame_header header;
};

/// Finds the next frame within `window` bytes, skipping other data. If `first` is not null, the frame must
/// belong to the same stream. A candidate is accepted only if a matching frame or the end of the sound
/// follows it.
constexpr std::optional<found_frame> find_frame(header_reader& in, std::uint64_t from, std::uint64_t window,
                                                std::uint64_t end, const frame_header* first) noexcept {
    for (auto at = from; at < from + window && at < end; at += byte_window::capacity - 3) {
        const auto bytes = in.read(at, byte_window::capacity);
        for (std::size_t i = 0; i + 4 <= bytes.count(); ++i) {
            const auto h = read_frame_header(bytes.be32(i));
            if (!h || (first != nullptr && !h->is_like(*first))) continue;
            const auto frame = at + i, next = frame + h->bytes;
            if (next > end) continue;
            if (end - next < 4 || read_like(in, next, *h)) return found_frame{frame, *h};
        }
        if (!bytes) break;
    }
    return std::nullopt;
}

/// Returns the duration of the frames, starting at `first`. Up to half an hour of sound, the frames are
/// counted, because their bit rates may differ; the rest is extrapolated.
constexpr inspected<recording_info> of_frames(header_reader& in, const found_frame& first,
                                              std::uint64_t end) noexcept {
    const auto& h = first.header;
    if (const auto frames = stated_frames(in, first.at, h); frames && *frames != 0) {
        const auto duration = milliseconds_of(std::uint64_t{*frames} * h.samples(), h.rate);
        if (!duration) return in.malformed("MP3: invalid duration");
        return recording_info{.format = in.format(), .duration = *duration, .size = {}};
    }
    constexpr std::uint64_t most_frames = 1u << 16;
    std::uint64_t frames = 0, at = first.at, window = 1u << 16;
    bool is_estimate = false;
    while (frames < most_frames && at < end && end - at >= 4) {
        if (const auto next = read_like(in, at, h)) {
            if (end - at < next->bytes) break; // the last frame is truncated
            at += next->bytes;
            ++frames;
            continue;
        }
        const auto after = find_frame(in, at, window, end, &h);
        is_estimate = is_estimate || after || end - at > 4096; // some writers append less than that
        if (!after) break;
        window -= (std::min)(window, after->at - at);
        at = after->at;
    }
    auto samples = frames * h.samples();
    if (frames == most_frames && at < end) {
        samples =
            static_cast<std::uint64_t>(static_cast<double>(samples) * static_cast<double>(end - first.at) /
                                       static_cast<double>(at - first.at));
        is_estimate = true;
    }
    const auto duration = milliseconds_of(samples, h.rate);
    if (!duration) return in.malformed("MP3: invalid duration");
    return recording_info{
        .format = in.format(), .duration = *duration, .size = {}, .is_estimate = is_estimate};
}

constexpr inspected<recording_info> inspect(header_reader& in) noexcept {
    constexpr std::uint64_t max_gap = 1u << 16; // some writers leave such a gap after a tag
    const auto begin = begin_of_sound(in), end = end_of_sound(in, begin);
    if (const auto first = find_frame(in, begin, max_gap, end, nullptr)) return of_frames(in, *first, end);
    const auto h = read_frame_header(in.read(begin, 4).be32(0));
    if (h && begin + h->bytes > end) return in.truncated("MP3: ends within its first frame");
    if (end < begin + max_gap) return in.truncated("MP3: ends before its first frame");
    return in.malformed("MP3: no frame where the sound should begin");
}

} // namespace wan::inline WAN_ABI::detail::mp3

#include <wan/detail/pop_macros.hpp>
