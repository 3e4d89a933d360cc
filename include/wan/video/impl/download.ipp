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

/// The target of a redirect, without the rest of a URL that may be signed.
inline std::string target_of_redirect(std::string_view location) {
    if (location.empty()) return "nowhere";
    const auto url = parse_url(location);
    return url ? printable(std::string{url->scheme}.append("://").append(url->host), 200)
               : "another place on the same host";
}

struct status_meaning {
    unsigned first, last; ///< the statuses
    error_category category;
    std::string_view message;
};

/// The first row that fits counts.
inline constexpr status_meaning download_failures[] = {
    {401, 401, error_category::permission, "access to the video was denied"},
    {403, 403, error_category::permission,
     "the video's URL has expired, or was changed on the way; as long as the service keeps the task, its "
     "query may name a new one"},
    {404, 404, error_category::not_found, "there is no video at the URL, or no longer"},
    {410, 410, error_category::not_found, "there is no video at the URL any longer"},
    {408, 408, error_category::unavailable, "the server had no time for the download"},
    {429, 429, error_category::throttled, "the server is asked for too many downloads"},
    {503, 503, error_category::unavailable, "the server has no time for the download now"},
    {500, 599, error_category::server, "the video server failed; try again later"},
    {0, (std::numeric_limits<unsigned>::max)(), error_category::protocol,
     "the answer is neither a video nor a known error"},
};

inline error failed_download(unsigned status) {
    const auto* row = std::begin(download_failures);
    while (status < row->first || status > row->last) ++row;
    return download_error(row->category, std::string{row->message}, status);
}

inline result<download_head> whole_file(const std::vector<http_header>& headers) {
    download_head head;
    const auto length = header_or_nothing(headers, "Content-Length");
    // With a transfer encoding the length is not that of the file.
    if (length.empty() || find_header(headers, "Transfer-Encoding") != nullptr) return head;
    head.size = digits_only(length);
    if (!head.size) return bad_response("Content-Length is no number: " + quoted(length), 200);
    return head;
}

/// What was requested: the rest of the file with that ETag, or all of it (0, empty).
struct requested_part {
    std::uint64_t from = 0;
    std::string_view etag = {};
};

inline result<download_head> rest_of_file(const std::vector<http_header>& headers, requested_part requested) {
    const auto text = header_or_nothing(headers, "Content-Range");
    const auto range = parse_content_range(text);
    if (!range || !range->first)
        return bad_response("a part of the file without a Content-Range that says which: " + quoted(text),
                            206);
    if (*range->first != requested.from)
        return bad_response("the part begins at byte " + std::to_string(*range->first) + ", byte " +
                                std::to_string(requested.from) + " was asked for",
                            206);
    const bool is_all = range->size && *range->last + 1 == *range->size;
    if (requested.from == 0 && !is_all)
        return bad_response(
            "only a part of the file comes, " + quoted(text) + ", although all of it was asked for", 206);
    // RFC 9110, 15.3.7.3: parts belong together only by the same strong ETag. A part without one was sent
    // because of If-Range.
    const auto etag = header_or_nothing(headers, "ETag");
    if (requested.from != 0 && !etag.empty() && etag != requested.etag)
        return bad_response("the part is of another file: its ETag is " + quoted(etag, 200) + ", " +
                                quoted(requested.etag, 200) + " was asked for",
                            206);
    return download_head{.offset = requested.from, .size = range->size};
}

inline result<download_head> no_rest_of_file(const std::vector<http_header>& headers,
                                             requested_part requested) {
    const auto from = std::to_string(requested.from);
    const auto range = parse_content_range(header_or_nothing(headers, "Content-Range"));
    if (!range || !range->size || range->first)
        return bad_response(
            "the server has nothing from byte " + from + " on, and does not say how long the file is", 416);
    if (*range->size != requested.from)
        return bad_response("the file has " + std::to_string(*range->size) +
                                " bytes, it was to go on from byte " + from,
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
    if (!url) return invalid("is none, or has spaces or control characters in it");
    if (!detail::equal_ignoring_case(url->scheme, "http") &&
        !detail::equal_ignoring_case(url->scheme, "https"))
        return invalid("is neither http nor https, but " + quoted(url->scheme));
    if (!url->userinfo.empty()) return invalid("has credentials in it");
    http_request request{.url = std::string{video_url},
                         .timeout = std::chrono::hours{1},
                         .max_reply_bytes = std::size_t{1} << 30};
    // a part of a compressed body cannot be requested
    request.headers.push_back({"Accept-Encoding", "identity"});
    if (from == 0 || !detail::is_strong_etag(etag)) return request;
    request.headers.push_back({"Range", "bytes=" + std::to_string(from) + "-"});
    request.headers.push_back({"If-Range", std::string{etag}});
    return request;
}

WAN_DECL result<download_head> parse_download_head(unsigned status, const std::vector<http_header>& headers,
                                                   std::uint64_t from, std::string_view etag) {
    if (status >= 300 && status < 400)
        return detail::bad_response(
            "the download is redirected to " +
                detail::target_of_redirect(detail::header_or_nothing(headers, "Location")),
            status);
    if (status != 200 && status != 206 && status != 416) return detail::failed_download(status);
    const auto encoding = detail::header_or_nothing(headers, "Content-Encoding");
    if (status != 416 && !encoding.empty() && !detail::equal_ignoring_case(encoding, "identity"))
        return detail::bad_response(
            "unexpected Content-Encoding " + quoted(encoding) + "; \"identity\" was requested", status);
    // as `make_download` asks
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
    if (!message.empty() || !e.code.empty())
        e.message.append("; the store says: ")
            .append(e.code)
            .append(message.empty() || e.code.empty() ? "" : ": ")
            .append(message);
    return e;
}

} // namespace wan::inline WAN_ABI
