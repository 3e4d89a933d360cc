// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Heads of downloads that go on where others ended.
#include "services.hpp"
#include "targets.hpp"

#include <wan/detail/digits.hpp>
#include <wan/http/detail/content_range.hpp>
#include <wan/video/download.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fuzz {

namespace {

void check_request(std::string_view url, std::uint64_t from, std::string_view etag) {
    const auto request = wan::make_download(url, from, etag);
    if (!request) {
        require(request.error().category == wan::error_category::invalid_request,
                "only a bad URL is refused");
        return;
    }
    const auto* range = wan::find_header(request->headers, "Range");
    const auto* if_range = wan::find_header(request->headers, "If-Range");
    require((range != nullptr) == (if_range != nullptr), "a part is asked for of one file alone");
    require(!range || *range == "bytes=" + std::to_string(from) + "-", "a part begins where it is asked to");
    for (const auto& h : request->headers)
        for (const char c : h.value) require(!wan::detail::is_control(c), "a header is one line", h.name);
}

void check_head(unsigned status, const wan::download_head& head, std::uint64_t from, std::string_view etag) {
    require(status == 200 || status == 206 || status == 416, "only three statuses have a file");
    require(head.offset == 0 || head.offset == from, "bytes go where the file begins, or where it went on");
    require(!head.size || head.offset <= *head.size, "no byte lands behind the end");
    require(head.etag.empty() || wan::detail::is_strong_etag(head.etag), "an ETag that is kept is strong");
    require(status != 200 || head.offset == 0, "a whole file begins at its begin");
    if (head.offset == 0) return;
    require(wan::detail::is_strong_etag(etag), "without a strong ETag no file goes on");
    require(head.etag.empty() || head.etag == etag || status == 416, "a file goes on with the same ETag",
            head.etag);
}

void check_range(std::string_view text) {
    const auto range = wan::detail::parse_content_range(text);
    if (!range) return;
    require(range->first.has_value() == range->last.has_value(), "a range has two ends");
    require(range->first || range->size, "a range says something");
    require(!range->first || *range->first <= *range->last, "a range goes forward");
    require(!range->first || !range->size || *range->last < *range->size, "a range lies in its file");
}

void check_explained(const wan::error& e, std::string_view body) {
    const auto explained = wan::explain_download_error(e, body);
    require(explained.message.starts_with(e.message), "an explained error keeps its message");
    require(explained.category == e.category && explained.http_status == e.http_status,
            "an explained error is the same error");
    require(wan::detail::is_utf8(to_string(explained)), "the store's words are text");
}

} // namespace

void run_download(input in) {
    constexpr unsigned statuses[] = {200, 206, 416, 206, 301, 401, 403, 404, 408, 410, 429, 500, 503, 0, 999};
    constexpr std::string_view names[] = {"Content-Length",   "Content-Range", "ETag",
                                          "Content-Encoding", "Location",      "Transfer-Encoding",
                                          "X-Other",          "content-range"};
    const auto status = in.one_of(statuses);
    const auto from = wan::detail::digits_only(in.line()).value_or(0);
    const std::string etag{in.line()};
    std::vector<wan::http_header> headers;
    for (int i = 0; i < 4 && !in.empty(); ++i) {
        const auto name = in.one_of(names);
        headers.push_back({std::string{name}, std::string{in.line()}});
        check_range(headers.back().value);
    }
    check_request(in.rest(), from, etag);
    check_request("https://a.example/v.mp4", from, etag);
    if (const auto head = wan::parse_download_head(status, headers, from, etag))
        check_head(status, *head, from, etag);
    else
        check_explained(head.error(), in.rest());
}

} // namespace fuzz
