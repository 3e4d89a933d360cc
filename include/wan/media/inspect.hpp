// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Reads the size, orientation, transparency and duration of a medium from its headers, before the medium is
/// uploaded and paid for.
///
/// Nothing is decoded or allocated. At most 64 bytes are read at a time, in a bounded number of reads. Only
/// headers are read: success does not prove that the rest of the file is intact.
///
/// \code
/// const auto image = wan::inspect_image(bytes); // a span of bytes, or a byte_source
/// if (!image) return fail(to_string(image.error()));
/// const wan::frame_size shown = wan::upright_size(*image);
/// \endcode
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/byte_source.hpp>
#include <wan/media/detail/bmp.hpp>
#include <wan/media/detail/header_reader.hpp>
#include <wan/media/detail/jpeg.hpp>
#include <wan/media/detail/mp3.hpp>
#include <wan/media/detail/mp4.hpp>
#include <wan/media/detail/png.hpp>
#include <wan/media/detail/wav.hpp>
#include <wan/media/detail/webp.hpp>
#include <wan/media/media_format.hpp>
#include <wan/media/media_info.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace wan::inline WAN_ABI {

namespace detail {

template <class Info>
struct inspector {
    media_format format;
    inspected<Info> (*inspect)(header_reader&) noexcept;
};

inline constexpr inspector<image_info> image_inspectors[] = {
    {media_format::jpeg, jpeg::inspect},
    {media_format::png, png::inspect},
    {media_format::bmp, bmp::inspect},
    {media_format::webp, webp::inspect},
};
inline constexpr inspector<recording_info> clip_inspectors[] = {
    {media_format::mp4, mp4::inspect},
    {media_format::mov, mp4::inspect},
};
inline constexpr inspector<recording_info> sound_inspectors[] = {
    {media_format::wav, wav::inspect},
    {media_format::mp3, mp3::inspect},
};

/// Returns whether an MP4 container has only sound. Its first bytes may still announce a clip.
constexpr bool is_sound_in_mp4(header_reader& in) noexcept {
    const auto format = in.format();
    if (format == media_format::m4a) return true;
    return (format == media_format::mp4 || format == media_format::mov) && mp4::is_sound_alone(in);
}

/// Error messages for bytes of an unexpected format.
struct not_among_them {
    std::string_view what;
    std::string_view of_sound_in_mp4;
};

template <class Info>
constexpr inspected<Info> inspect_as(std::span<const inspector<Info>> inspectors, const byte_source& bytes,
                                     const not_among_them& said) noexcept {
    const auto [format, is_unreadable] = search_format(bytes);
    const inspect_error sound_in_mp4{inspect_problem::unknown_format, media_format::m4a,
                                     said.of_sound_in_mp4};
    for (const auto& i : inspectors) {
        if (format != i.format) continue;
        header_reader in(bytes, i.format);
        const auto info = i.inspect(in);
        if (info && in.gave_up()) return in.truncated({});
        if (!info && info.error().problem == inspect_problem::malformed && !in.gave_up()) {
            if (is_sound_in_mp4(in)) return sound_in_mp4;
            if (in.gave_up()) return in.truncated({});
        }
        return info;
    }
    if (format) {
        header_reader in(bytes, *format);
        if (is_sound_in_mp4(in)) return sound_in_mp4;
        if (in.gave_up()) return in.truncated({});
    }
    constexpr std::size_t longest_signature = 12;
    if (const auto there = bytes.size(); !format && there == 0) {
        return inspect_error{inspect_problem::truncated, format,
                             "the file is empty, or could not be read; check its name and size"};
    } else if (!format) {
        if (is_unreadable) return inspect_error{inspect_problem::truncated, format, cannot_read_bytes};
        if (there < longest_signature)
            return inspect_error{inspect_problem::truncated, format, "too few bytes to recognize the format"};
    }
    return inspect_error{inspect_problem::unknown_format, format, said.what};
}

} // namespace detail

/// Reads the headers of a JPEG, PNG, BMP or WebP. Fails with `unknown_format` for anything else, and with
/// `truncated` or `malformed` if the headers are incomplete.
constexpr inspected<image_info> inspect_image(const byte_source& bytes) noexcept {
    return detail::inspect_as<image_info>(
        detail::image_inspectors, bytes,
        {"not a JPEG, PNG, BMP or WebP image", "M4A (sound in MP4), not a JPEG, PNG, BMP or WebP image"});
}

/// Reads the headers of an MP4 or QuickTime clip. Fails like `inspect_image`.
constexpr inspected<recording_info> inspect_clip(const byte_source& bytes) noexcept {
    return detail::inspect_as<recording_info>(
        detail::clip_inspectors, bytes,
        {"not an MP4 or QuickTime clip", "M4A (sound in MP4), not an MP4 or QuickTime clip"});
}

/// Reads the headers of a WAV or MP3. If an MP3 does not state its duration, its frames are counted;
/// `is_estimate` is set if the count is uncertain. Fails like `inspect_image`. If the bytes are sound in MP4
/// (M4A), which no model accepts, the error message says so.
constexpr inspected<recording_info> inspect_sound(const byte_source& bytes) noexcept {
    return detail::inspect_as<recording_info>(
        detail::sound_inspectors, bytes,
        {"not a WAV or MP3 sound", "M4A (sound in MP4), not a WAV or MP3 sound"});
}

/// Overload for bytes in memory.
constexpr inspected<image_info> inspect_image(std::span<const std::byte> bytes) noexcept {
    return inspect_image(borrowed_bytes(bytes));
}
/// Overload for bytes in memory.
constexpr inspected<recording_info> inspect_clip(std::span<const std::byte> bytes) noexcept {
    return inspect_clip(borrowed_bytes(bytes));
}
/// Overload for bytes in memory.
constexpr inspected<recording_info> inspect_sound(std::span<const std::byte> bytes) noexcept {
    return inspect_sound(borrowed_bytes(bytes));
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
