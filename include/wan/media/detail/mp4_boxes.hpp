// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// The boxes of an MP4 or QuickTime file.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/media/detail/header_reader.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace wan::inline WAN_ABI::detail::mp4 {

/// The bytes from `begin` to `end`: a box without its head, or the file.
struct extent {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

struct box : extent {
    byte_window head;
    constexpr bool is(std::string_view type) const noexcept { return head.has(4, type); }
};

/// Iterates over the boxes in an extent.
class box_walk {
public:
    constexpr box_walk(header_reader& in, extent parent) noexcept
        : in_(in), at_(parent.begin), end_(parent.end) {}

    /// Returns the next box. Returns nothing after the last box, or if the next bytes cannot be a box.
    constexpr std::optional<box> next() noexcept {
        // QuickTime may end a list with 4 zero bytes.
        if (end_ < at_ || end_ - at_ < 8) return std::nullopt;
        box b{{}, in_.read(at_, 8)};
        std::uint64_t size = b.head.be32(0), head = 8;
        if (size == 1) {
            const auto large = in_.read(at_ + 8, 8);
            if (!large) return stop(end_ - at_ < 16); // otherwise the source cannot be read
            size = large.be64(0);
            head = 16;
        } else if (size == 0) {
            size = end_ - at_; // the box extends to the end
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
    /// Returns whether the last box is larger than its parent.
    constexpr bool goes_beyond() const noexcept { return beyond_; }

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

/// Reads at most 64 bytes of a box at `offset`. Returns an empty window if the box is shorter.
constexpr byte_window read_in(header_reader& in, const extent& b, std::uint64_t offset,
                              std::size_t wanted) noexcept {
    return b.end - b.begin >= offset + wanted ? in.read(b.begin + offset, wanted) : byte_window{};
}

} // namespace wan::inline WAN_ABI::detail::mp4

#include <wan/detail/pop_macros.hpp>
