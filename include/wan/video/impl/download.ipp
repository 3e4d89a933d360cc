// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/text.hpp>
#include <wan/detail/time_limits.hpp>
#include <wan/detail/xml_text.hpp>
#include <wan/http/url.hpp>
#include <wan/media/detail/mp4.hpp>
#include <wan/media/media_format.hpp>
#include <wan/printable.hpp>
#include <wan/video/download.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <system_error>
#include <type_traits>
#include <utility>

namespace wan::inline WAN_ABI {

namespace detail {

/// All of `text` as a number; no sign, no spaces.
template <class Number = std::uint64_t>
std::optional<Number> digits_only(std::string_view text) noexcept {
    Number value = 0;
    if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// RFC 9110, 8.8.3, without the weak ones.
inline bool is_strong_etag(std::string_view text) noexcept {
    return text.size() >= 2 && text.front() == '"' && text.back() == '"' &&
           std::none_of(text.begin() + 1, text.end() - 1,
                        [](char c) { return c == '"' || c == ' ' || is_control(c); });
}

/// `bytes 5-9/10`, `bytes 5-9/*` or `bytes */10`.
struct content_range {
    std::optional<std::uint64_t> first, last, size;
};

inline std::optional<content_range> parse_content_range(std::string_view text) noexcept {
    constexpr std::string_view unit = "bytes ";
    if (text.size() < unit.size() || !equal_ignoring_case(text.substr(0, unit.size()), unit))
        return std::nullopt;
    text.remove_prefix(unit.size());
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const auto range = text.substr(0, slash), size = text.substr(slash + 1);
    content_range found;
    if (size != "*" && !(found.size = digits_only(size))) return std::nullopt;
    if (range == "*") return found.size ? std::optional{found} : std::nullopt;
    const auto dash = range.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    found.first = digits_only(range.substr(0, dash));
    found.last = digits_only(range.substr(dash + 1));
    if (!found.first || !found.last || *found.last < *found.first ||
        (found.size && *found.last >= *found.size))
        return std::nullopt;
    return found;
}

inline std::string_view header_or_nothing(const std::vector<http_header>& headers,
                                          std::string_view name) noexcept {
    const auto* const value = find_header(headers, name);
    return value == nullptr ? std::string_view{} : std::string_view{*value};
}

inline error download_error(error_category category, std::string message, unsigned status) {
    return {.category = category, .message = std::move(message), .http_status = status};
}

inline error bad_answer(std::string message, unsigned status) {
    return download_error(error_category::protocol, std::move(message), status);
}

/// Where a redirect leads, without the rest of a URL that may be signed.
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
    {401, 401, error_category::permission, "the video's URL does not let anyone in"},
    {403, 403, error_category::permission,
     "the video's URL has expired, or was changed on the way; as long as the service keeps the task, its "
     "query may name a new one"},
    {404, 404, error_category::not_found, "there is no video at the URL, or no longer"},
    {410, 410, error_category::not_found, "there is no video at the URL any longer"},
    {408, 408, error_category::unavailable, "the server had no time for the download"},
    {429, 429, error_category::throttled, "the server is asked for too many downloads"},
    {503, 503, error_category::unavailable, "the server has no time for the download now"},
    {500, 599, error_category::server, "the server of the video broke"},
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
    // Of a transfer encoding, which takes its place, the length is not the file's.
    if (length.empty() || find_header(headers, "Transfer-Encoding") != nullptr) return head;
    head.size = digits_only(length);
    if (!head.size) return bad_answer("Content-Length is no number: " + quoted(length), 200);
    return head;
}

/// What was asked for: the rest of the file with that ETag, or all of it (0, empty).
struct asked_for {
    std::uint64_t from = 0;
    std::string_view etag = {};
};

inline result<download_head> rest_of_file(const std::vector<http_header>& headers, asked_for asked) {
    const auto text = header_or_nothing(headers, "Content-Range");
    const auto range = parse_content_range(text);
    if (!range || !range->first)
        return bad_answer("a part of the file without a Content-Range that says which: " + quoted(text), 206);
    if (*range->first != asked.from)
        return bad_answer("the part begins at byte " + std::to_string(*range->first) + ", byte " +
                              std::to_string(asked.from) + " was asked for",
                          206);
    const bool is_all = range->size && *range->last + 1 == *range->size;
    if (asked.from == 0 && !is_all)
        return bad_answer(
            "only a part of the file comes, " + quoted(text) + ", although all of it was asked for", 206);
    // RFC 9110, 15.3.7.3: parts belong together only by the same strong ETag. A part without one was sent
    // because of If-Range.
    const auto etag = header_or_nothing(headers, "ETag");
    if (asked.from != 0 && !etag.empty() && etag != asked.etag)
        return bad_answer("the part is of another file: its ETag is " + quoted(etag, 200) + ", " +
                              quoted(asked.etag, 200) + " was asked for",
                          206);
    return download_head{.offset = asked.from, .size = range->size};
}

inline result<download_head> nothing_from_there(const std::vector<http_header>& headers, asked_for asked) {
    const auto from = std::to_string(asked.from);
    const auto range = parse_content_range(header_or_nothing(headers, "Content-Range"));
    if (!range || !range->size || range->first)
        return bad_answer(
            "the server has nothing from byte " + from + " on, and does not say how long the file is", 416);
    if (*range->size != asked.from)
        return bad_answer("the file has " + std::to_string(*range->size) +
                              " bytes, it was to go on from byte " + from,
                          416);
    return download_head{.offset = asked.from, .size = asked.from};
}

/// `20250418T104523Z`
inline std::optional<std::chrono::sys_seconds> parse_basic_time(std::string_view text) noexcept {
    if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z') return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t size) {
        return digits_only<int>(text.substr(at, size)).value_or(-1);
    };
    const int year = number(0, 4), month = number(4, 2), day = number(6, 2), hour = number(9, 2),
              minute = number(11, 2), second = number(13, 2);
    if (year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0 || second < 0) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    return std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{second};
}

/// Nothing if a percent sign is not followed by two digits.
inline std::optional<std::string> percent_decoded(std::string_view text) {
    const auto digit = [](char c) {
        const auto at = std::string_view{"0123456789abcdef"}.find(lower(c));
        return at == std::string_view::npos ? -1 : static_cast<int>(at);
    };
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded.push_back(text[i]);
            continue;
        }
        if (text.size() - i < 3) return std::nullopt;
        const int high = digit(text[i + 1]), low = digit(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        decoded.push_back(static_cast<char>(high * 16 + low));
        i += 2;
    }
    return decoded;
}

/// The first value of that name, in whatever case, in a URL's query.
inline std::optional<std::string> query_parameter(std::string_view url, std::string_view name) {
    url = url.substr(0, url.find('#'));
    const auto mark = url.find('?');
    if (mark == std::string_view::npos) return std::nullopt;
    for (auto rest = url.substr(mark + 1); !rest.empty();) {
        const auto pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix((std::min)(rest.size(), pair.size() + 1));
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos) continue;
        const auto key = percent_decoded(pair.substr(0, equals));
        if (key && equal_ignoring_case(*key, name)) return percent_decoded(pair.substr(equals + 1));
    }
    return std::nullopt;
}

struct expiry_parameters {
    std::string_view signed_at; ///< empty: `validity` is the end itself, in seconds since 1970
    std::string_view validity;  ///< seconds
};

inline constexpr expiry_parameters expiry_forms[] = {
    {"", "Expires"},
    {"x-oss-date", "x-oss-expires"},
    {"X-Amz-Date", "X-Amz-Expires"},
    {"X-Tos-Date", "X-Tos-Expires"},
};

inline std::optional<std::chrono::sys_seconds> expiry_of_form(std::string_view url,
                                                              const expiry_parameters& form) {
    const auto text = query_parameter(url, form.validity);
    const auto seconds = text ? digits_only<std::int64_t>(*text) : std::nullopt;
    if (!seconds || *seconds == 0 || *seconds > last_second) return std::nullopt;
    if (form.signed_at.empty()) return std::chrono::sys_seconds{std::chrono::seconds{*seconds}};
    const auto signed_at = query_parameter(url, form.signed_at);
    const auto start = signed_at ? parse_basic_time(*signed_at) : std::nullopt;
    return start ? std::optional{*start + std::chrono::seconds{*seconds}} : std::nullopt;
}

struct known_beginning {
    std::string_view text; ///< in lower case
    std::string_view name;
};

/// What servers send instead of a file.
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

inline other_content what_came_instead(std::span<const std::byte> first_bytes) {
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

} // namespace detail

WAN_DECL result<http_request> make_download(std::string_view video_url, std::uint64_t from,
                                            std::string_view etag) {
    const auto url = parse_url(video_url);
    const auto refused = [](std::string why) {
        return error{.category = error_category::invalid_request,
                     .message = "the video's URL " + std::move(why)};
    };
    if (!url) return refused("is none, or has spaces or control characters in it");
    if (!detail::equal_ignoring_case(url->scheme, "http") &&
        !detail::equal_ignoring_case(url->scheme, "https"))
        return refused("is neither http nor https, but " + quoted(url->scheme));
    if (!url->userinfo.empty()) return refused("has credentials in it");
    http_request request{.url = std::string{video_url},
                         .timeout = std::chrono::hours{1},
                         .max_reply_bytes = std::size_t{1} << 30};
    // of what is packed on the way no part can be asked for
    request.headers.push_back({"Accept-Encoding", "identity"});
    if (from == 0 || !detail::is_strong_etag(etag)) return request;
    request.headers.push_back({"Range", "bytes=" + std::to_string(from) + "-"});
    request.headers.push_back({"If-Range", std::string{etag}});
    return request;
}

WAN_DECL result<download_head> parse_download_head(unsigned status, const std::vector<http_header>& headers,
                                                   std::uint64_t from, std::string_view etag) {
    if (status >= 300 && status < 400)
        return detail::bad_answer(
            "the download is redirected to " +
                detail::target_of_redirect(detail::header_or_nothing(headers, "Location")),
            status);
    if (status != 200 && status != 206 && status != 416) return detail::failed_download(status);
    const auto encoding = detail::header_or_nothing(headers, "Content-Encoding");
    if (status != 416 && !encoding.empty() && !detail::equal_ignoring_case(encoding, "identity"))
        return detail::bad_answer(
            "unexpected Content-Encoding " + quoted(encoding) + "; \"identity\" was requested", status);
    // as `make_download` asks
    const auto asked = detail::is_strong_etag(etag) ? detail::asked_for{from, etag} : detail::asked_for{};
    auto head = status == 200   ? detail::whole_file(headers)
                : status == 206 ? detail::rest_of_file(headers, asked)
                                : detail::nothing_from_there(headers, asked);
    if (const auto named = detail::header_or_nothing(headers, "ETag"); head && detail::is_strong_etag(named))
        head->etag = named;
    return head;
}

WAN_DECL error explain_download_error(error why, std::string_view body) {
    const auto message = detail::xml_text(body, "Message");
    why.code = detail::xml_text(body, "Code");
    why.request_id = detail::xml_text(body, "RequestId");
    if (!message.empty() || !why.code.empty())
        why.message.append("; the store says: ")
            .append(why.code)
            .append(message.empty() || why.code.empty() ? "" : ": ")
            .append(message);
    return why;
}

namespace detail {

/// Bytes of which only the first are at hand.
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

/// Of what is no MP4. All bytes of it are there if `is_whole`.
inline result<video_check> check_other(std::span<const std::byte> first_bytes, bool is_whole) {
    const auto [instead, is_page] = what_came_instead(first_bytes);
    auto text = "what came is no MP4" + instead;
    if (is_page || !is_whole) return error{.message = std::move(text)};
    return video_check{.is_mp4 = false, .warning = std::move(text) + "; it is kept because all of it came"};
}

inline result<video_check> check_video(const byte_source& bytes, std::optional<std::uint64_t> expected,
                                       bool sees_all) {
    std::array<std::byte, 256> buffer{};
    const auto received = bytes.size();
    const auto first_bytes =
        std::span<const std::byte>{buffer}.first((std::min)(bytes.read(0, buffer), buffer.size()));
    const auto of = [&] { return std::to_string(received) + " of " + std::to_string(*expected) + " bytes"; };
    // QuickTime has the same boxes, and may do without the one that says what it is.
    const bool is_movie = is_mp4(first_bytes) || format_of(bytes) == media_format::mov;
    const bool is_other = first_bytes.size() >= 8 && !is_movie;
    const bool is_short = expected && received < *expected;
    if (is_other && !(is_short && !what_came_instead(first_bytes).is_page))
        return check_other(first_bytes, expected == received);
    const auto wrong_length = [&] {
        return is_short
                   ? error{.category = error_category::transport, .message = "the video ends after " + of()}
                   : error{.message = "what came is longer than the video: " + of()};
    };
    const bool is_other_length = expected && received != *expected;
    if (is_other_length && (!is_movie || !sees_all)) return wrong_length();
    if (!is_movie)
        return error{.message = "what came is no MP4: it has " + std::to_string(received) + " bytes"};
    header_reader in(bytes, media_format::mp4);
    const auto whole = mp4::check_whole(in);
    // Its boxes decide, whatever the transport said.
    if (whole.what != mp4::whole_check::problem::none && is_other_length) return wrong_length();
    if (whole.what != mp4::whole_check::problem::none)
        return error{.category = error_category::transport,
                     .message = "the video is not whole, it has " + std::to_string(received) +
                                " bytes: " + std::string{whole.text}};
    if (sees_all && in.gave_up())
        return error{.category = error_category::storage, .message = "the video cannot be read again"};
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

WAN_DECL std::optional<std::chrono::sys_seconds> expires_at(std::string_view video_url) {
    std::optional<std::chrono::sys_seconds> earliest;
    for (const auto& form : detail::expiry_forms)
        if (const auto end = detail::expiry_of_form(video_url, form); end && (!earliest || *end < *earliest))
            earliest = end;
    return earliest;
}

} // namespace wan::inline WAN_ABI
