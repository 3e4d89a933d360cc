// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// Reads the size and duration of the clip in an MP4 or QuickTime file.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/media/detail/duration.hpp>
#include <wan/media/detail/header_reader.hpp>
#include <wan/media/detail/mp4_boxes.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace wan::inline WAN_ABI::detail::mp4 {

/// A duration in time units, and the number of units per second.
struct length {
    std::uint64_t units = 0; ///< 0: unknown
    std::uint32_t per_second = 0;
};

/// Reads a duration from `mvhd` or `mdhd`.
constexpr length read_length(header_reader& in, const box& header) noexcept {
    const bool is_long = read_in(in, header, 0, 4).u8(0) == 1;
    const auto b = read_in(in, header, 0, is_long ? 32 : 20);
    length l{.units = is_long ? b.be64(24) : b.be32(16), .per_second = b.be32(is_long ? 20 : 12)};
    if (l.units == (is_long ? ~std::uint64_t{0} : std::uint64_t{0xFFFFFFFF})) l.units = 0;
    return l;
}

/// Returns whether a matrix, given by its first two rows {a, b, u, c, d, v}, turns an image onto its side.
constexpr bool turns(const byte_window& matrix) noexcept {
    const auto distance = [&](std::size_t at) {
        const auto number = signed_32(matrix.be32(at));
        return number < 0 ? -number : number;
    };
    return distance(4) > distance(0) && distance(12) > distance(16);
}

struct track {
    std::uint32_t id = 0;
    bool is_enabled = false;
    frame_size size;
    length media; ///< stated in the track's own header
};

/// Reads a video track. Returns nothing for another kind of track, or if its boxes cannot be understood.
constexpr std::optional<track> read_video_track(header_reader& in, const box& trak,
                                                bool movie_turns) noexcept {
    const auto mdia = child(in, trak, "mdia");
    const auto hdlr = child(in, mdia, "hdlr");
    if (!hdlr || !read_in(in, *hdlr, 8, 4).has(0, "vide")) return std::nullopt;
    const auto tkhd = child(in, trak, "tkhd");
    const auto mdhd = child(in, mdia, "mdhd");
    const auto stsd = child(in, child(in, child(in, mdia, "minf"), "stbl"), "stsd");
    if (!tkhd || !mdhd || !stsd) return std::nullopt;

    const auto head = read_in(in, *tkhd, 0, 24);
    const bool is_long = head.u8(0) == 1;
    const auto shape = read_in(in, *tkhd, is_long ? 52 : 40, 44); // the matrix (9 numbers), width and height
    const auto entry = read_in(in, *stsd, 8, 36);
    if (!head || !shape || !entry) return std::nullopt;

    track t{.id = head.be32(is_long ? 20 : 12),
            .is_enabled = (head.u8(3) & 1) != 0,
            .size = {entry.be16(32), entry.be16(34)},
            .media = read_length(in, *mdhd)};
    if (t.size.width == 0 || t.size.height == 0) t.size = {shape.be32(36) >> 16, shape.be32(40) >> 16};
    if (turns(shape) != movie_turns) t.size = {t.size.height, t.size.width};
    return t;
}

/// Returns the duration of the samples of one `trun`, in units.
constexpr std::uint64_t run_units(header_reader& in, const box& trun, std::uint32_t default_units) noexcept {
    const auto head = read_in(in, trun, 0, 8);
    const auto flags = head.be32(0);
    const std::uint64_t samples = head.be32(4);
    if ((flags & 0x100) == 0) return samples * default_units;
    const auto present = [flags](std::uint32_t flag) { return (flags & flag) != 0 ? 4u : 0u; };
    const std::size_t row = 4 + present(0x200) + present(0x400) + present(0x800); // the duration comes first
    std::uint64_t at = 8 + present(0x1) + present(0x4), units = 0;
    for (std::uint64_t left = samples; left > 0;) {
        const auto rows =
            static_cast<std::size_t>((std::min<std::uint64_t>)(left, byte_window::capacity / row));
        const auto bytes = read_in(in, trun, at, rows * row);
        if (!bytes) break;
        for (std::size_t i = 0; i < rows; ++i) units += bytes.be32(i * row);
        at += rows * row;
        left -= rows;
    }
    return units;
}

/// The beginning and end of a track's samples, in the track's time units.
struct interval {
    std::optional<std::uint64_t> begin;
    std::uint64_t end = 0;
};

/// Adds the samples of a fragment. The fragment's start time takes precedence over the durations of the
/// preceding samples: a writer with one sample per fragment does not know the sample's duration.
constexpr void add_fragment(header_reader& in, const box& moof, std::uint32_t track_id,
                            std::uint32_t default_units, interval& all) noexcept {
    for (box_walk fragments(in, moof); const auto traf = fragments.find("traf");) {
        const auto tfhd = child(in, traf, "tfhd");
        if (!tfhd) continue;
        const auto head = read_in(in, *tfhd, 0, 8);
        if (head.be32(4) != track_id) continue;
        const auto flags = head.be32(0);
        const auto before = ((flags & 0x1) != 0 ? 8u : 0u) + ((flags & 0x2) != 0 ? 4u : 0u);
        const auto each = (flags & 0x8) != 0 ? read_in(in, *tfhd, 8 + before, 4).be32(0) : default_units;
        auto at = all.end;
        if (const auto tfdt = child(in, traf, "tfdt")) {
            const bool is_long = read_in(in, *tfdt, 0, 1).u8(0) == 1;
            const auto time = read_in(in, *tfdt, 4, is_long ? 8 : 4);
            at = is_long ? time.be64(0) : time.be32(0);
        }
        if (!all.begin) all.begin = at;
        for (box_walk runs(in, *traf); const auto trun = runs.find("trun");) at += run_units(in, *trun, each);
        all.end = (std::max)(all.end, at);
    }
}

/// Sets the duration of a track in a fragmented movie to the total duration of its samples, including those
/// in the fragments. Returns an error text if a part is missing; otherwise an empty text.
constexpr std::string_view add_fragments(header_reader& in, const box& mvex, track& video) noexcept {
    std::uint32_t default_units = 0;
    for (box_walk walk(in, mvex); const auto trex = walk.find("trex");) {
        const auto defaults = read_in(in, *trex, 0, 20);
        if (defaults.be32(4) == video.id) default_units = defaults.be32(12);
    }
    interval all;
    if (video.media.units != 0) all = {0, video.media.units};
    box_walk file(in, {0, in.size()});
    while (const auto moof = file.find("moof")) add_fragment(in, *moof, video.id, default_units, all);
    if (file.is_broken() || file.left_over() != 0) return "MP4: ends within a fragment";
    if (!all.begin) return "MP4: ends before its first fragment";
    video.media.units = all.end >= *all.begin ? all.end - *all.begin : 0;
    return {};
}

constexpr std::optional<std::chrono::milliseconds> milliseconds_of(length l) noexcept {
    return detail::milliseconds_of(l.units, l.per_second);
}

/// Returns whether the movie has sound but no video track.
constexpr bool is_sound_alone(header_reader& in) noexcept {
    bool has_sound = false;
    const auto moov = box_walk(in, {0, in.size()}).find("moov");
    if (!moov) return false;
    box_walk tracks(in, *moov);
    while (const auto trak = tracks.find("trak")) {
        const auto hdlr = child(in, child(in, trak, "mdia"), "hdlr");
        const auto handler = hdlr ? read_in(in, *hdlr, 8, 4) : byte_window{};
        if (handler.has(0, "vide")) return false;
        has_sound = has_sound || handler.has(0, "soun");
    }
    return has_sound && !in.gave_up();
}

constexpr inspected<recording_info> inspect(header_reader& in) noexcept {
    box_walk file(in, {0, in.size()});
    const auto moov = file.find("moov");
    if (!moov && file.is_broken() && !file.goes_beyond())
        return in.malformed("MP4: a box shorter than its own header");
    if (!moov) return in.truncated("MP4: ends before its movie box");
    const auto mvhd = child(in, moov, "mvhd");
    if (!mvhd) return in.malformed("MP4: no movie header in the movie box");
    const auto movie = read_length(in, *mvhd);
    const bool movie_turns = turns(read_in(in, *mvhd, read_in(in, *mvhd, 0, 1).u8(0) == 1 ? 48 : 36, 24));

    std::optional<track> video;
    box_walk tracks(in, *moov);
    while (const auto trak = tracks.find("trak")) {
        const auto t = read_video_track(in, *trak, movie_turns);
        if (t && (!video || (t->is_enabled && !video->is_enabled))) video = t;
    }
    if (tracks.is_broken()) return in.malformed("MP4: a box larger than the movie box that contains it");
    if (!video) return in.malformed("MP4: no video track");
    if (video->size.width == 0 || video->size.height == 0)
        return in.malformed("MP4: a video track without a size");

    auto duration = milliseconds_of(movie.units != 0 ? movie : video->media);
    if (const auto mvex = child(in, moov, "mvex")) {
        const auto mehd = child(in, mvex, "mehd");
        const auto b =
            mehd ? read_in(in, *mehd, 0, (read_in(in, *mehd, 0, 1).u8(0) == 1) ? 12 : 8) : byte_window{};
        const auto stated = b.u8(0) == 1 ? b.be64(4) : b.be32(4);
        const auto missing = stated == 0 ? add_fragments(in, *mvex, *video) : "";
        if (!missing.empty()) return in.truncated(missing);
        const auto all = milliseconds_of(stated == 0 ? video->media : length{stated, movie.per_second});
        if (!duration || (all && *all > *duration)) duration = all;
    }
    if (!duration) return in.malformed("MP4: invalid duration");
    return recording_info{.format = in.format(), .duration = *duration, .size = video->size};
}

} // namespace wan::inline WAN_ABI::detail::mp4

#include <wan/detail/pop_macros.hpp>
