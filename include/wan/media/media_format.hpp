// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Detects the format of a medium from its first bytes.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/byte_source.hpp>
#include <wan/media/detail/byte_window.hpp>
#include <wan/wire_name.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace wan::inline WAN_ABI {

/// The formats of images, clips and sounds that the library recognizes. `m4a` is an MP4 container that has
/// only sound; no model accepts it.
enum class media_format { jpeg, png, bmp, webp, mp4, mov, wav, mp3, m4a };
BOOST_DESCRIBE_ENUM(media_format, jpeg, png, bmp, webp, mp4, mov, wav, mp3, m4a)

namespace detail {

inline constexpr std::string_view mime_types[] = {"image/jpeg", "image/png",  "image/bmp",
                                                  "image/webp", "video/mp4",  "video/quicktime",
                                                  "audio/wav",  "audio/mpeg", "audio/mp4"};

/// File name extensions, and the MIME types they announce.
struct file_ending {
    std::string_view ending, type;
};
inline constexpr file_ending file_endings[] = {
    {".jpg", "image/jpeg"},      {".jpeg", "image/jpeg"}, {".jpe", "image/jpeg"}, {".png", "image/png"},
    {".bmp", "image/bmp"},       {".webp", "image/webp"}, {".mp4", "video/mp4"},  {".m4v", "video/mp4"},
    {".mov", "video/quicktime"}, {".wav", "audio/wav"},   {".mp3", "audio/mpeg"}, {".m4a", "audio/mp4"},
};

/// Texts at fixed positions in the first 16 bytes.
struct signature {
    std::size_t at;
    std::string_view text;
    std::size_t then_at;
    std::string_view then;
    std::optional<media_format> format;
};

// The first match decides. A QuickTime file may lack `ftyp`. Still images in an MP4 container are listed
// before MP4, without a format.
inline constexpr signature signatures[] = {
    {0, "\xFF\xD8\xFF", 0, "", media_format::jpeg},
    {0, "\x89PNG\r\n\x1A\n", 0, "", media_format::png},
    {0, "BM", 0, "", media_format::bmp},
    {0, "RIFF", 8, "WEBP", media_format::webp},
    {0, "RIFF", 8, "WAVE", media_format::wav},
    {0, "ID3", 0, "", media_format::mp3},
    {0, "APETAGEX", 0, "", media_format::mp3},
    {4, "ftyp", 8, "M4A ", media_format::m4a},
    {4, "ftyp", 8, "M4B ", media_format::m4a},
    {4, "ftyp", 8, "M4P ", media_format::m4a},
    {4, "ftyp", 8, "F4A ", media_format::m4a},
    {4, "ftyp", 8, "F4B ", media_format::m4a},
    {4, "ftyp", 8, "qt  ", media_format::mov},
    {4, "ftyp", 8, "hei", std::nullopt},
    {4, "ftyp", 8, "hev", std::nullopt},
    {4, "ftyp", 8, "avi", std::nullopt},
    {4, "ftyp", 8, "mif1", std::nullopt},
    {4, "ftyp", 8, "msf1", std::nullopt},
    {4, "ftyp", 8, "crx ", std::nullopt},
    {4, "ftyp", 8, "jp2 ", std::nullopt},
    {4, "ftyp", 12, "", media_format::mp4},
    {4, "moov", 0, "", media_format::mov},
    {4, "mdat", 0, "", media_format::mov},
    {4, "wide", 0, "", media_format::mov},
    {4, "free", 0, "", media_format::mov},
    {4, "skip", 0, "", media_format::mov},
    {4, "pnot", 0, "", media_format::mov},
};

/// Returns whether a frame of layer III begins here. A byte order mark (FF FE) does not match: it would be a
/// frame of layer I.
constexpr bool begins_with_a_frame(const byte_window& start) noexcept {
    return start.count() >= 2 && start.u8(0) == 0xFF && (start.u8(1) & 0xE6) == 0xE2 &&
           (start.u8(1) & 0x18) != 0x08;
}

} // namespace detail

/// Returns the MIME type as the models' limits write it, such as "image/jpeg".
constexpr std::string_view mime_type(media_format format) noexcept {
    return detail::mime_types[static_cast<std::size_t>(format)];
}

namespace detail {

/// The format that the first bytes indicate, and whether bytes needed for the decision could not be read.
struct format_search {
    std::optional<media_format> format;
    bool is_unreadable = false;
};

constexpr format_search search_format(const byte_source& bytes) noexcept {
    const byte_window start(bytes, 0, 16);
    for (const auto& s : signatures)
        if (start.has(s.at, s.text) && start.has(s.then_at, s.then)) return {s.format};
    // The unread bytes may be the rest of a signature.
    if (!start && start.count() < bytes.size()) return {std::nullopt, true};
    if (begins_with_a_frame(start)) return {media_format::mp3};
    // Some writers leave zero bytes before an MP3.
    constexpr std::uint64_t most_zeros = 1u << 20;
    for (std::uint64_t at = 0; at < most_zeros;) {
        const byte_window next(bytes, at, byte_window::capacity);
        std::size_t zeros = 0;
        while (zeros < next.count() && next.u8(zeros) == 0) ++zeros;
        at += zeros;
        if (zeros == byte_window::capacity) continue;
        const byte_window first(bytes, at, 16);
        if (at != 0 && (first.has(0, "ID3") || first.has(0, "APETAGEX") || begins_with_a_frame(first)))
            return {media_format::mp3};
        return {std::nullopt, !first && at + first.count() < bytes.size()};
    }
    return {};
}

} // namespace detail

/// Returns the format that the first bytes indicate. Zero bytes before an MP3 are skipped. File names and
/// metadata are ignored.
constexpr std::optional<media_format> format_of(const byte_source& bytes) noexcept {
    return detail::search_format(bytes).format;
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
