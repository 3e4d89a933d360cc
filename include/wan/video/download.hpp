// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Downloads the finished video: the request, and what the head of its response means. The caller keeps the
/// bytes; `video_check.hpp` tells whether they are the whole video. In full: \ref downloads.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/error.hpp>
#include <wan/http/message.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wan::inline WAN_ABI {

/// Creates the request for the video from byte `from` on, without the key: the URL is signed. `etag` comes
/// from an earlier response (`download_head::etag`): the server then sends the rest of that same file, or the
/// whole of another. Without a strong ETag nothing proves that the rest belongs to the bytes before it, so
/// the request is for the whole file. Fails with `invalid_request` unless the URL is one of http or https,
/// without credentials, control characters and spaces.
WAN_DECL result<http_request> make_download(std::string_view video_url, std::uint64_t from = 0,
                                            std::string_view etag = {});

/// What the head of a response says about the body that follows.
struct download_head {
    /// Where the body's first byte belongs: 0 if the whole file comes.
    std::uint64_t offset = 0;
    std::optional<std::uint64_t> size = {}; ///< of the whole file, in bytes
    std::string etag = {};                  ///< strong, for `make_download`; empty if the server named none

    /// Nothing is missing. A body that follows nevertheless is not part of the file.
    bool is_complete() const noexcept { return size && offset != 0 && offset == *size; }
};

/// Reads the head of the response to `make_download` with that `from` and that `etag`. It comes before the
/// body, so that a program can put the stream in its place or give it up. Errors:
/// - permission: 401, or 403 as the URL has expired; a query of the task may give a new one
/// - not_found: 404, 410
/// - throttled, unavailable, server: 429; 408, 503; other 5xx. The same request may succeed later
/// - protocol: a redirect, which is not followed here, or a response that does not fit the request, such as a
///   part of a file with another ETag. With status 206 or 416 the bytes before `from` are of no use: start
///   again at 0. With any other status a repeated request does not help
WAN_DECL result<download_head> parse_download_head(unsigned status, const std::vector<http_header>& headers,
                                                   std::uint64_t from, std::string_view etag = {});

/// Adds the store's own words from the body of its response (XML: `Code`, `Message`, `RequestId`) to the
/// error of `parse_download_head`. The first 4 KiB of the body are enough.
WAN_DECL error explain_download_error(error e, std::string_view body);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/video/impl/download.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
