// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// Checks whether an MP4 or QuickTime file is complete.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/media/detail/mp4_boxes.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace wan::inline WAN_ABI::detail::mp4 {

/// The first problem that was found in a file.
struct whole_check {
    enum class problem { none, missing_bytes, damaged };
    problem what = problem::none;
    std::string_view text = {}; ///< a static text; empty if nothing is wrong
};

/// Returns whether each track's last chunk begins within the file. Tracks without a table of chunks are not
/// checked.
constexpr bool has_its_chunks(header_reader& in, const box& moov) noexcept {
    struct chunk_table {
        std::string_view type;
        std::size_t width; ///< size of an offset, in bytes
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

/// Checks that the top-level boxes are complete and include a movie box. Unreadable parts are not reported:
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
    if (file.is_broken()) return {damaged, "MP4: a box shorter than its own header"};
    if (!moov) return {missing_bytes, "MP4: ends before its movie box"};
    // QuickTime may end a list with zeros; anything else is the beginning of another box.
    if (const auto left = static_cast<std::size_t>(file.left_over()); left != 0) {
        const auto rest = in.read(in.size() - left, left);
        for (std::size_t i = 0; i < left; ++i)
            if (rest.u8(i) != 0) return {missing_bytes, "MP4: ends within a box header"};
    }
    if (!has_fragments && child(in, moov, "mvex") && !in.gave_up())
        return {missing_bytes, "MP4: ends before its first fragment"};
    if (!has_its_chunks(in, *moov) && !in.gave_up())
        return {missing_bytes, "MP4: ends before the last of its frames"};
    return {};
}

} // namespace wan::inline WAN_ABI::detail::mp4

#include <wan/detail/pop_macros.hpp>
