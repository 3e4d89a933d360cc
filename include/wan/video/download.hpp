// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Fetching the finished video: the request, what the head of its answer means, whether the file is whole.
/// The bytes themselves are the caller's. In full: \ref downloads.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/byte_source.hpp>
#include <wan/config.hpp>
#include <wan/error.hpp>
#include <wan/http/message.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wan::inline WAN_ABI {

/// The request for the video from byte `from` on, without the key: the URL is signed. `etag` is what an
/// answer before named
/// (`download_head::etag`): the server then sends the rest of that same file, or all of another. Without a
/// strong ETag nothing says that the rest belongs to the bytes before, so the request asks for the whole
/// file. Fails (invalid_request) unless the URL is one of http or https without credentials, control
/// characters and spaces.
WAN_DECL result<http_request> make_download(std::string_view video_url, std::uint64_t from = 0,
                                            std::string_view etag = {});

/// What the head of an answer says of the body that follows.
struct download_head {
    /// Where the body's first byte belongs: 0 if the whole file comes.
    std::uint64_t offset = 0;
    std::optional<std::uint64_t> size = {}; ///< of the whole file, in bytes
    std::string etag = {};                  ///< strong, for `make_download`; empty if the server named none

    /// Nothing is missing. A body that comes nevertheless is no part of the file.
    bool is_complete() const noexcept { return size && offset != 0 && offset == *size; }
};

/// Reads the head of the answer to `make_download` with that `from` and that `etag`. It comes before the
/// body, so that a stream can be put where it belongs or given up. Errors:
///   permission   the URL has expired, 401 or 403: the task's query may name a new one
///   not_found    404, 410
///   throttled, unavailable, server   429; 408, 503; other 5xx: the same request may succeed later
///   protocol     a redirect, which is not followed here, and whatever is no answer to this request, such as
///   a part of a file with
///                another ETag. Under the status 206 or 416 the bytes before `from` are of no use: start
///                again at 0. Under any other the same request has no better answer
WAN_DECL result<download_head> parse_download_head(unsigned status, const std::vector<http_header>& headers,
                                                   std::uint64_t from, std::string_view etag = {});

/// Adds what the store says in the body of its answer (XML: `Code`, `Message`, `RequestId`) to the error of
/// `parse_download_head`. The first 4 KiB of the body are enough.
WAN_DECL error explain_download_error(error why, std::string_view body);

/// Whether a file that begins so can be an MP4; 8 bytes tell.
constexpr bool is_mp4(std::span<const std::byte> first_bytes) noexcept {
    constexpr char type[] = {'f', 't', 'y', 'p'}; // after the size of the first box
    if (first_bytes.size() < 8) return false;
    for (std::size_t i = 0; i < 4; ++i)
        if (first_bytes[4 + i] != static_cast<std::byte>(type[i])) return false;
    return true;
}

/// What `check_video` says of a file that can be kept.
struct video_check {
    bool is_mp4 = true;       ///< false: neither MP4 nor QuickTime; it is kept because it came whole
    std::string warning = {}; ///< why it may be no video; empty if it is a whole MP4
};

/// Checks whether the bytes are the whole video: an MP4 whose movie box is there and whose boxes all end
/// within the file, whatever the transport said. What is no MP4, but is as long as `expected`, is kept with a
/// warning. Errors:
///   transport   bytes are missing, which can be asked for, or the MP4 is damaged. With all `expected` bytes
///   there: start again at 0 protocol    it is something else, such as a page, whose beginning is shown
///   storage     the bytes cannot be read
WAN_DECL result<video_check> check_video(const byte_source& bytes,
                                         std::optional<std::uint64_t> expected = {});

/// The same of `received` bytes of which only the first are at hand: boxes whose heads are not among them are
/// not seen.
WAN_DECL result<video_check> check_video(std::span<const std::byte> first_bytes, std::uint64_t received,
                                         std::optional<std::uint64_t> expected = {});

/// When a signed URL stops working, as its parameters say: `Expires`, or a date and a validity of S3, OSS or
/// TOS. Nothing if they do not; the service may document how long it keeps videos
/// (`model_limits::video_url_lifetime`).
WAN_DECL std::optional<std::chrono::sys_seconds> expires_at(std::string_view video_url);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/video/impl/download.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
