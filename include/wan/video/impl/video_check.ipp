// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/text.hpp>
#include <wan/media/detail/header_reader.hpp>
#include <wan/media/detail/mp4_whole.hpp>
#include <wan/media/media_format.hpp>
#include <wan/printable.hpp>
#include <wan/video/video_check.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace wan::inline WAN_ABI {

namespace detail {

struct known_beginning {
    std::string_view text; ///< in lower case
    std::string_view name;
};

/// Beginnings of texts that servers send instead of a file.
inline constexpr known_beginning no_videos[] = {
    {"<!doctype html", "an HTML page"},
    {"<html", "an HTML page"},
    {"<", "an XML document"},
    {"{", "a JSON text"},
};

struct other_content {
    std::string text; ///< continues "what came is no MP4"
    bool is_page;     ///< a text that servers send instead of a file
};

inline other_content describe_other_content(std::span<const std::byte> first_bytes) {
    const std::string_view text{reinterpret_cast<const char*>(first_bytes.data()), first_bytes.size()};
    const auto begin = (std::min)(text.find_first_not_of("\xEF\xBB\xBF \t\r\n"), text.size());
    const auto begins_with = [&](std::string_view what) {
        return equal_ignoring_case(text.substr(begin, what.size()), what);
    };
    for (const auto& row : no_videos)
        if (begins_with(row.text))
            return {
                std::string{" but "}.append(row.name).append(": ").append(quoted(text.substr(begin), 200)),
                true};
    return {"; it begins: " + quoted(text, 40), false};
}

/// A byte source of which only the first bytes are available.
class first_bytes_only final : public byte_source {
public:
    first_bytes_only(std::span<const std::byte> first, std::uint64_t size) noexcept
        : first_(first), size_(size) {}
    std::uint64_t size() const noexcept override { return size_; }
    std::size_t read(std::uint64_t offset, std::span<std::byte> to) const noexcept override {
        return first_.read(offset, to);
    }

private:
    borrowed_bytes first_;
    std::uint64_t size_;
};

/// Returns the result for a file that is not an MP4. `is_whole`: all of its bytes are there.
inline result<video_check> check_other(std::span<const std::byte> first_bytes, bool is_whole) {
    const auto [instead, is_page] = describe_other_content(first_bytes);
    auto text = "the download is not an MP4" + instead;
    if (is_page || !is_whole) return error{.message = std::move(text) + "; query the task for a new URL"};
    return video_check{.is_mp4 = false,
                       .warning =
                           std::move(text) + "; it is kept because it is complete: check that it plays"};
}

inline result<video_check> check_video(const byte_source& bytes, std::optional<std::uint64_t> expected,
                                       bool sees_all) {
    std::array<std::byte, 256> buffer{};
    const auto received = bytes.size();
    const auto first_bytes =
        std::span<const std::byte>{buffer}.first((std::min)(bytes.read(0, buffer), buffer.size()));
    const auto of = [&] { return std::to_string(received) + " of " + std::to_string(*expected) + " bytes"; };
    // QuickTime has the same boxes, but may omit the one that names the file type.
    const bool is_movie = is_mp4(first_bytes) || format_of(bytes) == media_format::mov;
    const bool is_other = first_bytes.size() >= 8 && !is_movie;
    const bool is_short = expected && received < *expected;
    if (is_other && !(is_short && !describe_other_content(first_bytes).is_page))
        return check_other(first_bytes, expected == received);
    const auto wrong_length = [&] {
        return is_short ? error{.category = error_category::transport,
                                .message = "the video ends after " + of() + "; download the rest"}
                        : error{.message =
                                    "the download is longer than announced: " + of() + "; download it again"};
    };
    const bool is_other_length = expected && received != *expected;
    if (is_other_length && (!is_movie || !sees_all)) return wrong_length();
    if (!is_movie)
        return error{.message = "the download is not an MP4: it has " + std::to_string(received) +
                                " bytes; query the task for a new URL"};
    header_reader in(bytes, media_format::mp4);
    const auto whole = mp4::check_whole(in);
    // The boxes decide, not the length that the transport reported.
    if (whole.what != mp4::whole_check::problem::none && is_other_length) return wrong_length();
    if (whole.what != mp4::whole_check::problem::none)
        return error{.category = error_category::transport,
                     .message = "the video is incomplete or damaged, it has " + std::to_string(received) +
                                " bytes: " + std::string{whole.text} + "; download it again"};
    if (sees_all && in.gave_up())
        return error{.category = error_category::storage,
                     .message = "the downloaded video cannot be read back; check the disk"};
    return video_check{};
}

} // namespace detail

WAN_DECL result<video_check> check_video(const byte_source& bytes, std::optional<std::uint64_t> expected) {
    return detail::check_video(bytes, expected, true);
}

WAN_DECL result<video_check> check_video(std::span<const std::byte> first_bytes, std::uint64_t received,
                                         std::optional<std::uint64_t> expected) {
    const auto there =
        first_bytes.first(static_cast<std::size_t>((std::min<std::uint64_t>)(first_bytes.size(), received)));
    return detail::check_video(detail::first_bytes_only{there, received}, expected, false);
}

} // namespace wan::inline WAN_ABI
