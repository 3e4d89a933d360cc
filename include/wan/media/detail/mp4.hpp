// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// The boxes of an MP4 or QuickTime file that say how large a clip is, and how long.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/media/detail/duration.hpp>
#include <wan/media/detail/header_reader.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace wan::inline WAN_ABI::detail::mp4 {

/// Bytes from `begin` to `end`: a box without its head, or the file.
struct extent {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

struct box : extent {
    piece head;
    constexpr bool is(std::string_view type) const noexcept { return head.has(4, type); }
};

/// Goes through the boxes in an extent.
class box_walk {
public:
    constexpr box_walk(header_reader& in, extent parent) noexcept
        : in_(in), at_(parent.begin), end_(parent.end) {}

    /// The next box; none after the last, or where there should be one that cannot be.
    constexpr std::optional<box> next() noexcept {
        // QuickTime may end a list with 4 zero bytes.
        if (end_ < at_ || end_ - at_ < 8) return std::nullopt;
        box b{{}, in_.read(at_, 8)};
        std::uint64_t size = b.head.be32(0), head = 8;
        if (size == 1) {
            const auto large = in_.read(at_ + 8, 8);
            if (!large) return stop(end_ - at_ < 16); // else it cannot be read
            size = large.be64(0);
            head = 16;
        } else if (size == 0) {
            size = end_ - at_; // to the end
        }
        if (!b.head || size < head) return stop(false);
        if (size > end_ - at_) return stop(true);
        b.begin = at_ + head;
        b.end = at_ += size;
        return b;
    }

    constexpr std::optional<box> find(std::string_view type) noexcept {
        while (const auto b = next())
            if (b->is(type)) return b;
        return std::nullopt;
    }

    constexpr std::uint64_t left_over() const noexcept { return end_ - at_; } ///< bytes after the last box
    constexpr bool is_broken() const noexcept { return broken_; }
    constexpr bool goes_beyond() const noexcept {
        return beyond_;
    } ///< the last box is larger than what it stands in

private:
    constexpr std::optional<box> stop(bool beyond) noexcept {
        broken_ = true;
        beyond_ = beyond;
        at_ = end_;
        return std::nullopt;
    }

    header_reader& in_;
    std::uint64_t at_;
    std::uint64_t end_;
    bool broken_ = false;
    bool beyond_ = false;
};

constexpr std::optional<box> child(header_reader& in, const std::optional<box>& parent,
                                   std::string_view type) noexcept {
    return parent ? box_walk(in, *parent).find(type) : std::nullopt;
}

/// At most 64 bytes of a box from `offset` on; none where the box is shorter.
constexpr piece read_in(header_reader& in, const extent& b, std::uint64_t offset,
                        std::size_t wanted) noexcept {
    return b.end - b.begin >= offset + wanted ? in.read(b.begin + offset, wanted) : piece{};
}

/// Units of time, and how many of them are a second.
struct length {
    std::uint64_t units = 0; ///< 0: unknown
    std::uint32_t per_second = 0;
};

/// From `mvhd` or `mdhd`.
constexpr length read_length(header_reader& in, const box& header) noexcept {
    const bool is_long = read_in(in, header, 0, 4).u8(0) == 1;
    const auto b = read_in(in, header, 0, is_long ? 32 : 20);
    length l{.units = is_long ? b.be64(24) : b.be32(16), .per_second = b.be32(is_long ? 20 : 12)};
    if (l.units == (is_long ? ~std::uint64_t{0} : std::uint64_t{0xFFFFFFFF})) l.units = 0;
    return l;
}

/// Whether the first two rows of a matrix {a, b, u, c, d, v} lay an image on its side.
constexpr bool turns(const piece& matrix) noexcept {
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
    length media; ///< what the track's own header says
};

/// A track of pictures; none if it is another, or cannot be understood.
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
    const auto shape = read_in(in, *tkhd, is_long ? 52 : 40, 44); // 9 numbers of the matrix, width, height
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

/// The units that the samples of one `trun` take.
constexpr std::uint64_t run_units(header_reader& in, const box& trun, std::uint32_t default_units) noexcept {
    const auto head = read_in(in, trun, 0, 8);
    const auto flags = head.be32(0);
    const std::uint64_t samples = head.be32(4);
    if ((flags & 0x100) == 0) return samples * default_units;
    const auto present = [flags](std::uint32_t flag) { return (flags & flag) != 0 ? 4u : 0u; };
    const std::size_t row = 4 + present(0x200) + present(0x400) + present(0x800); // the duration is first
    std::uint64_t at = 8 + present(0x1) + present(0x4), units = 0;
    for (std::uint64_t left = samples; left > 0;) {
        const auto rows = static_cast<std::size_t>((std::min<std::uint64_t>)(left, piece::capacity / row));
        const auto bytes = read_in(in, trun, at, rows * row);
        if (!bytes) break;
        for (std::size_t i = 0; i < rows; ++i) units += bytes.be32(i * row);
        at += rows * row;
        left -= rows;
    }
    return units;
}

/// When the samples of a track begin and end, in its units.
struct interval {
    std::optional<std::uint64_t> begin;
    std::uint64_t end = 0;
};

/// Adds the samples of a fragment. Where they begin counts more than how long those before them took: writers
/// that have one sample a fragment do not know how long it takes.
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

/// Makes the length of a track in a movie that is written in fragments that of its own samples and theirs.
/// Returns what is missing; empty if nothing is.
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

/// Whether its movie has sound and no pictures.
constexpr bool is_sound_alone(header_reader& in) noexcept {
    bool has_sound = false;
    const auto moov = box_walk(in, {0, in.size()}).find("moov");
    if (!moov) return false;
    box_walk tracks(in, *moov);
    while (const auto trak = tracks.find("trak")) {
        const auto hdlr = child(in, child(in, trak, "mdia"), "hdlr");
        const auto handler = hdlr ? read_in(in, *hdlr, 8, 4) : piece{};
        if (handler.has(0, "vide")) return false;
        has_sound = has_sound || handler.has(0, "soun");
    }
    return has_sound && !in.gave_up();
}

constexpr inspected<recording_info> inspect(header_reader& in) noexcept {
    box_walk file(in, {0, in.size()});
    const auto moov = file.find("moov");
    if (!moov && file.is_broken() && !file.goes_beyond())
        return in.malformed("MP4: a box shorter than its own head");
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
    if (tracks.is_broken()) return in.malformed("MP4: a box that is larger than the movie box it stands in");
    if (!video) return in.malformed("MP4: no video track");
    if (video->size.width == 0 || video->size.height == 0)
        return in.malformed("MP4: a video track without a size");

    auto duration = milliseconds_of(movie.units != 0 ? movie : video->media);
    if (const auto mvex = child(in, moov, "mvex")) {
        const auto mehd = child(in, mvex, "mehd");
        const auto b = mehd ? read_in(in, *mehd, 0, (read_in(in, *mehd, 0, 1).u8(0) == 1) ? 12 : 8) : piece{};
        const auto stated = b.u8(0) == 1 ? b.be64(4) : b.be32(4);
        const auto missing = stated == 0 ? add_fragments(in, *mvex, *video) : "";
        if (!missing.empty()) return in.truncated(missing);
        const auto all = milliseconds_of(stated == 0 ? video->media : length{stated, movie.per_second});
        if (!duration || (all && *all > *duration)) duration = all;
    }
    if (!duration) return in.malformed("MP4: invalid duration");
    return recording_info{.format = in.format(), .duration = *duration, .size = video->size};
}

/// What a file lacks of a whole movie.
struct whole_check {
    enum class problem { none, missing_bytes, damaged };
    problem what = problem::none;
    std::string_view text = {}; ///< static; empty if nothing is wrong
};

/// Whether each track's last chunk begins within the file, as far as the movie box has a table of chunks.
constexpr bool has_its_chunks(header_reader& in, const box& moov) noexcept {
    struct chunk_table {
        std::string_view type;
        std::size_t width; ///< of an offset, in bytes
    };
    constexpr chunk_table tables[] = {{"stco", 4}, {"co64", 8}};
    for (box_walk tracks(in, moov); const auto trak = tracks.find("trak");) {
        const auto stbl = child(in, child(in, child(in, trak, "mdia"), "minf"), "stbl");
        for (const auto& table : tables) {
            const auto offsets = child(in, stbl, table.type);
            const std::uint64_t count = offsets ? read_in(in, *offsets, 0, 8).be32(4) : 0;
            if (count == 0) continue;
            const auto last = read_in(in, *offsets, 8 + (count - 1) * table.width, table.width);
            if (last && (table.width == 8 ? last.be64(0) : last.be32(0)) >= in.size()) return false;
        }
    }
    return true;
}

/// Whether the top-level boxes are whole and a movie box is among them. What cannot be read is not judged:
/// see `header_reader::gave_up`.
constexpr whole_check check_whole(header_reader& in) noexcept {
    using enum whole_check::problem;
    box_walk file(in, {0, in.size()});
    std::optional<box> moov;
    bool has_fragments = false;
    while (const auto b = file.next()) {
        if (!moov && b->is("moov")) moov = b;
        has_fragments = has_fragments || b->is("moof");
    }
    if (file.goes_beyond())
        return {missing_bytes, moov ? "MP4: ends within a box" : "MP4: ends before its movie box"};
    if (in.gave_up()) return {};
    if (file.is_broken()) return {damaged, "MP4: a box shorter than its own head"};
    if (!moov) return {missing_bytes, "MP4: ends before its movie box"};
    // QuickTime may end a list with zeros; anything else is the beginning of another box.
    if (const auto left = static_cast<std::size_t>(file.left_over()); left != 0) {
        const auto rest = in.read(in.size() - left, left);
        for (std::size_t i = 0; i < left; ++i)
            if (rest.u8(i) != 0) return {missing_bytes, "MP4: ends within the head of a box"};
    }
    if (!has_fragments && child(in, moov, "mvex") && !in.gave_up())
        return {missing_bytes, "MP4: ends before its first fragment"};
    if (!has_its_chunks(in, *moov) && !in.gave_up())
        return {missing_bytes, "MP4: ends before the last of its frames"};
    return {};
}

} // namespace wan::inline WAN_ABI::detail::mp4

#include <wan/detail/pop_macros.hpp>
