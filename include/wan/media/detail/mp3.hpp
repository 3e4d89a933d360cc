// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// The tags and the frames of an MP3.
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
inline constexpr std::uint32_t rates[] = {44100, 48000, 32000}; ///< of MPEG 1; halves in 2, quarters in 2.5

/// Of layer III.
struct frame_header {
    bool is_mpeg_1;
    bool is_mono;
    std::uint32_t rate; ///< samples per second
    std::uint32_t bits_per_second;
    std::uint32_t bytes; ///< of the whole frame
    constexpr std::uint32_t samples() const noexcept { return is_mpeg_1 ? 1152 : 576; }
    constexpr std::size_t side_information() const noexcept {
        return is_mpeg_1 ? (is_mono ? 17 : 32) : (is_mono ? 9 : 17);
    }
    /// Whether both are of the same sound: version and rate stay, the bit rate may not.
    constexpr bool is_like(const frame_header& other) const noexcept {
        return is_mpeg_1 == other.is_mpeg_1 && rate == other.rate;
    }
};

/// None where the bits are no frame of layer III, or do not say how long it is.
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

/// After the tag that begins at `at`: an ID3v2, or an APEv2 with its header. `at` itself where none does.
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

/// After the zero bytes from `at` on, of which some writers leave many; at most so many of them.
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

/// Where the sound begins: after tags and zero bytes, in whatever order.
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

/// Where it ends: before the tags that stand last, an ID3v1 and an APEv2.
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

/// The number of frames that the first one states in place of sound; none if it holds sound.
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

/// The next frame within `window` bytes, before which there is something else; of the same sound as `first`,
/// if that is not null. What looks like a frame is one if a like one follows, or nothing.
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

/// How long the frames are from the first one on. Each is looked at, because their bit rates may differ: a
/// walk of half an hour at most; what comes then is taken to be like it.
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
            if (end - at < next->bytes) break; // the last one is cut off
            at += next->bytes;
            ++frames;
            continue;
        }
        const auto after = find_frame(in, at, window, end, &h);
        is_estimate = is_estimate || after || end - at > 4096; // less is what some writers add
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
    constexpr std::uint64_t max_gap = 1u << 16; // that some writers leave after a tag
    const auto begin = begin_of_sound(in), end = end_of_sound(in, begin);
    if (const auto first = find_frame(in, begin, max_gap, end, nullptr)) return of_frames(in, *first, end);
    const auto h = read_frame_header(in.read(begin, 4).be32(0));
    if (h && begin + h->bytes > end) return in.truncated("MP3: ends within its first frame");
    if (end < begin + max_gap) return in.truncated("MP3: ends before its first frame");
    return in.malformed("MP3: no frame where the sound should begin");
}

} // namespace wan::inline WAN_ABI::detail::mp3

#include <wan/detail/pop_macros.hpp>
