// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/digits.hpp>
#include <wan/detail/text.hpp>
#include <wan/http/detail/content_range.hpp>
#include <wan/http/detail/xml_text.hpp>
#include <wan/http/url.hpp>
#include <wan/printable.hpp>
#include <wan/video/download.hpp>

#include <chrono>
#include <cstddef>
#include <iterator>
#include <limits>
#include <string>
#include <utility>

namespace wan::inline WAN_ABI {

namespace detail {

inline std::string_view header_or_nothing(const std::vector<http_header>& headers,
                                          std::string_view name) noexcept {
    const auto* const value = find_header(headers, name);
    return value == nullptr ? std::string_view{} : std::string_view{*value};
}

inline error download_error(error_category category, std::string message, unsigned status) {
    return {.category = category, .message = std::move(message), .http_status = status};
}

inline error bad_response(std::string message, unsigned status) {
    return download_error(error_category::protocol, std::move(message), status);
}

/// Returns the scheme and the host of a redirect's target. The rest of the URL is omitted, because it may be
/// signed.
inline std::string target_of_redirect(std::string_view location) {
    if (location.empty()) return "without a Location";
    const auto url = parse_url(location);
    return url ? "to " + printable(std::string{url->scheme}.append("://").append(url->host), 200)
               : "to another path on the same host";
}

struct status_meaning {
    unsigned first, last; ///< the statuses
    error_category category;
    std::string_view message;
};

/// The first row that matches is used.
inline constexpr status_meaning download_failures[] = {
    {401, 401, error_category::permission,
     "access to the video was denied; querying the task may return a new URL"},
    {403, 403, error_category::permission,
     "the video's URL has expired or was altered; while the provider keeps the task, querying it may "
     "return a new URL"},
    {404, 404, error_category::not_found,
     "there is no video at the URL; querying the task may return a new URL"},
    {410, 410, error_category::not_found,
     "the video is no longer at the URL; querying the task may return a new URL"},
    {408, 408, error_category::unavailable, "the video server timed out; try again later"},
    {429, 429, error_category::throttled, "the video server reports too many requests; try again later"},
    {503, 503, error_category::unavailable, "the video server is unavailable; try again later"},
    {500, 599, error_category::server, "the video server failed; try again later"},
    {0, (std::numeric_limits<unsigned>::max)(), error_category::protocol,
     "the response is neither a video nor a known error; querying the task may return a new URL"},
};

inline error failed_download(unsigned status) {
    const auto* row = std::begin(download_failures);
    while (status < row->first || status > row->last) ++row;
    return download_error(row->category, std::string{row->message}, status);
}

inline result<download_head> whole_file(const std::vector<http_header>& headers) {
    download_head head;
    const auto length = header_or_nothing(headers, "Content-Length");
    // With a transfer encoding, Content-Length is not the length of the file.
    if (length.empty() || find_header(headers, "Transfer-Encoding") != nullptr) return head;
    head.size = digits_only(length);
    if (!head.size)
        return bad_response(
            "invalid Content-Length: " + quoted(length) + "; querying the task may return a new URL", 200);
    return head;
}

/// The requested part: the rest of the file with that ETag, or the whole file (0 and an empty ETag).
struct requested_part {
    std::uint64_t from = 0;
    std::string_view etag = {};
};

inline result<download_head> rest_of_file(const std::vector<http_header>& headers, requested_part requested) {
    const auto text = header_or_nothing(headers, "Content-Range");
    const auto range = parse_content_range(text);
    if (!range || !range->first)
        return bad_response("partial content without a valid Content-Range: " + quoted(text) +
                                "; download it from the start",
                            206);
    if (*range->first != requested.from)
        return bad_response("the partial content begins at byte " + std::to_string(*range->first) +
                                "; byte " + std::to_string(requested.from) +
                                " was requested; download it from the start",
                            206);
    const bool is_all = range->size && *range->last + 1 == *range->size;
    if (requested.from == 0 && !is_all)
        return bad_response("the server sent only part of the file, " + quoted(text) +
                                ", although all of it was requested; download it again",
                            206);
    // RFC 9110, 15.3.7.3: parts belong together only if they have the same strong ETag. A part without an
    // ETag was sent because If-Range matched.
    const auto etag = header_or_nothing(headers, "ETag");
    if (requested.from != 0 && !etag.empty() && etag != requested.etag)
        return bad_response("the file has changed: its ETag is " + quoted(etag, 200) + "; " +
                                quoted(requested.etag, 200) + " was requested; download it from the start",
                            206);
    return download_head{.offset = requested.from, .size = range->size};
}

inline result<download_head> no_rest_of_file(const std::vector<http_header>& headers,
                                             requested_part requested) {
    const auto from = std::to_string(requested.from);
    const auto range = parse_content_range(header_or_nothing(headers, "Content-Range"));
    if (!range || !range->size || range->first)
        return bad_response("the server has no bytes from " + from +
                                " on and does not report the size of the file; download it from the start",
                            416);
    if (*range->size != requested.from)
        return bad_response("the file has " + std::to_string(*range->size) +
                                " bytes, so the download cannot resume at byte " + from +
                                "; download it from the start",
                            416);
    return download_head{.offset = requested.from, .size = requested.from};
}

} // namespace detail

WAN_DECL result<http_request> make_download(std::string_view video_url, std::uint64_t from,
                                            std::string_view etag) {
    const auto url = parse_url(video_url);
    const auto invalid = [](std::string why) {
        return error{.category = error_category::invalid_request,
                     .message = "the video's URL " + std::move(why)};
    };
    if (!url)
        return invalid("is invalid, or contains spaces or control characters: " +
                       detail::shown_url(video_url) + "; query the task for it again");
    if (!detail::equal_ignoring_case(url->scheme, "http") &&
        !detail::equal_ignoring_case(url->scheme, "https"))
        return invalid("must be http or https, not " + quoted(url->scheme) +
                       "; query the task for a new URL, or fetch the video in the provider's console");
    if (!url->userinfo.empty()) return invalid("contains credentials; remove them");
    http_request request{.url = std::string{video_url},
                         .timeout = std::chrono::hours{1},
                         .max_reply_bytes = std::size_t{1} << 30};
    // No part of a compressed body can be requested.
    request.headers.push_back({"Accept-Encoding", "identity"});
    if (from == 0 || !detail::is_strong_etag(etag)) return request;
    request.headers.push_back({"Range", "bytes=" + std::to_string(from) + "-"});
    request.headers.push_back({"If-Range", std::string{etag}});
    return request;
}

WAN_DECL result<download_head> parse_download_head(unsigned status, const std::vector<http_header>& headers,
                                                   std::uint64_t from, std::string_view etag) {
    if (status >= 300 && status < 400) {
        const auto location = detail::header_or_nothing(headers, "Location");
        return detail::bad_response("the download was redirected " + detail::target_of_redirect(location) +
                                        (location.empty() ? "; query the task for a new URL"
                                                          : "; redirects are not followed: use the URL in "
                                                            "Location, or query the task for a new one"),
                                    status);
    }
    if (status != 200 && status != 206 && status != 416) return detail::failed_download(status);
    const auto encoding = detail::header_or_nothing(headers, "Content-Encoding");
    if (status != 416 && !encoding.empty() && !detail::equal_ignoring_case(encoding, "identity"))
        return detail::bad_response(
            "unexpected Content-Encoding " + quoted(encoding) +
                "; \"identity\" was requested; turn off compression in the proxy, if there is one",
            status);
    // The same decision as in `make_download`.
    const auto requested =
        detail::is_strong_etag(etag) ? detail::requested_part{from, etag} : detail::requested_part{};
    auto head = status == 200   ? detail::whole_file(headers)
                : status == 206 ? detail::rest_of_file(headers, requested)
                                : detail::no_rest_of_file(headers, requested);
    if (const auto named = detail::header_or_nothing(headers, "ETag"); head && detail::is_strong_etag(named))
        head->etag = named;
    return head;
}

WAN_DECL error explain_download_error(error e, std::string_view body) {
    const auto message = detail::xml_text(body, "Message");
    e.code = detail::xml_text(body, "Code");
    e.request_id = detail::xml_text(body, "RequestId");
    if (!message.empty()) e.message.append("; the video server reports: ").append(message);
    return e;
}

} // namespace wan::inline WAN_ABI
