// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Whether the bytes that were downloaded are the whole video.
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

/// Whether a file with these first bytes can be an MP4; 8 bytes are enough.
constexpr bool is_mp4(std::span<const std::byte> first_bytes) noexcept {
    constexpr char type[] = {'f', 't', 'y', 'p'}; // after the size of the first box
    if (first_bytes.size() < 8) return false;
    for (std::size_t i = 0; i < 4; ++i)
        if (first_bytes[4 + i] != static_cast<std::byte>(type[i])) return false;
    return true;
}

/// What `check_video` reports about a file that can be kept.
struct video_check {
    bool is_mp4 = true;       ///< false: neither MP4 nor QuickTime; it is kept because all of it arrived
    std::string warning = {}; ///< why it may be no video; empty if it is a whole MP4
};

/// Checks whether the bytes are the whole video: an MP4 with its movie box, all of whose boxes end within the
/// file, whatever the transport reported. A file of another kind, but as long as `expected`, is kept with a
/// warning. Errors:
/// - transport: bytes are missing and can be requested, or the MP4 is damaged. If all `expected` bytes are
/// there,
///   start again at 0
/// - protocol: something else, such as a web page, whose beginning is shown
/// - storage: the bytes cannot be read
WAN_DECL result<video_check> check_video(const byte_source& bytes,
                                         std::optional<std::uint64_t> expected = {});

/// The same for `received` bytes of which only the first are available: boxes whose heads are not among them
/// are not checked.
WAN_DECL result<video_check> check_video(std::span<const std::byte> first_bytes, std::uint64_t received,
                                         std::optional<std::uint64_t> expected = {});

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/video/impl/video_check.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
