// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Checks whether the downloaded bytes are the whole video.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/byte_source.hpp>
#include <wan/config.hpp>
#include <wan/error.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace wan::inline WAN_ABI {

/// Returns whether a file with these first bytes can be an MP4; 8 bytes are enough.
constexpr bool is_mp4(std::span<const std::byte> first_bytes) noexcept {
    constexpr char type[] = {'f', 't', 'y', 'p'}; // after the size of the first box
    if (first_bytes.size() < 8) return false;
    for (std::size_t i = 0; i < 4; ++i)
        if (first_bytes[4 + i] != static_cast<std::byte>(type[i])) return false;
    return true;
}

/// The result of `check_video` for a file that can be kept.
struct video_check {
    bool is_mp4 = true;       ///< false: neither MP4 nor QuickTime, but all of its bytes arrived
    std::string warning = {}; ///< why it may not be a video; empty for a complete MP4
};

/// Checks whether the bytes are the whole video. A whole video is an MP4 that has a movie box, and whose
/// boxes all end within the file; the length that the transport reported does not matter. A file of another
/// kind is accepted with a warning if it has `expected` bytes. Errors:
/// - transport: bytes are missing and can be requested, or the MP4 is damaged. If the file already has all
///   `expected` bytes, download it again from byte 0
/// - protocol: the bytes are something else, such as a web page; the message shows how they begin
/// - storage: the bytes cannot be read
WAN_DECL result<video_check> check_video(const byte_source& bytes,
                                         std::optional<std::uint64_t> expected = {});

/// Overload for `received` bytes of which only `first_bytes` are available. Boxes whose headers lie beyond
/// these bytes are not checked.
WAN_DECL result<video_check> check_video(std::span<const std::byte> first_bytes, std::uint64_t received,
                                         std::optional<std::uint64_t> expected = {});

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/video/impl/video_check.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
