// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The request that downloads a finished video, and the meaning of the response's head. The caller stores the
/// bytes; `video_check.hpp` checks whether they are the whole video. More: \ref downloads.
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

/// Creates the request for the video, starting at byte `from`. It does not contain the key: the URL is
/// signed. `etag` comes from an earlier response (`download_head::etag`). If the file still has this ETag,
/// the server sends the rest of it; otherwise it sends the whole new file. Without a strong ETag nothing
/// proves that the rest belongs to the earlier bytes, so the whole file is requested. Fails with
/// `invalid_request` unless the URL is http or https and has no credentials, control characters or spaces.
///
/// \code
/// const auto request = wan::make_download(outcome.video->url);
/// const auto response = execute(*request); // check both results first
/// const auto head = wan::parse_download_head(response->status, response->headers, 0);
/// if (head) write(file, response->body);
/// \endcode
WAN_DECL result<http_request> make_download(std::string_view video_url, std::uint64_t from = 0,
                                            std::string_view etag = {});

/// What the head of a response says about the body that follows.
struct download_head {
    /// Position of the body's first byte in the file: 0 if the whole file is sent.
    std::uint64_t offset = 0;
    std::optional<std::uint64_t> size = {}; ///< size of the whole file in bytes, if known
    std::string etag = {};                  ///< a strong ETag, for `make_download`; empty if there was none

    /// Returns whether the caller already has the whole file. If a body follows nevertheless, it is not part
    /// of the file.
    bool is_complete() const noexcept { return size && offset != 0 && offset == *size; }
};

/// Parses the head of the response to `make_download` with this `from` and `etag`. A program can do this
/// before it reads the body, and then position its output file or abandon the response. Errors:
/// - permission: 401, or 403 if the URL has expired; a query of the task may return a new URL
/// - not_found: 404, 410
/// - throttled, unavailable, server: 429; 408, 503; other 5xx. The same request may succeed later
/// - protocol: a redirect, which is not followed here, or a response that does not match the request, such as
///   a part of a file with another ETag. With status 206 or 416 the bytes before `from` are useless: start
///   again at byte 0. With any other status a repeated request does not help
WAN_DECL result<download_head> parse_download_head(unsigned status, const std::vector<http_header>& headers,
                                                   std::uint64_t from, std::string_view etag = {});

/// Adds the store's own explanation from the body of its response (XML: `Code`, `Message`, `RequestId`) to
/// the error of `parse_download_head`. The first 4 KiB of the body are enough.
WAN_DECL error explain_download_error(error e, std::string_view body);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/video/impl/download.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
