// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/base_url.hpp>
#include <wan/detail/http_date.hpp>
#include <wan/detail/text.hpp>
#include <wan/provider/classify.hpp>
#include <wan/provider/dialect.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <string>

namespace wan::inline WAN_ABI {

namespace detail {

struct http_status_row {
    unsigned first, last;
    error_category category;
};

/// RFC 9110. 408 counts as the service's failure: it may have acted on what it got.
inline constexpr http_status_row http_status_rows[] = {
    {300, 399, error_category::invalid_request}, {401, 401, error_category::authentication},
    {402, 402, error_category::billing},         {403, 403, error_category::permission},
    {404, 404, error_category::not_found},       {408, 408, error_category::server},
    {425, 425, error_category::throttled},       {429, 429, error_category::throttled},
    {400, 499, error_category::invalid_request}, {500, 599, error_category::server},
};

/// The row for the code, or for most of its first parts.
inline const error_word* find_error(const dialect& d, std::string_view code) noexcept {
    while (!code.empty()) {
        for (const auto& row : d.errors)
            if (row.code == code) return &row;
        const auto dot = code.rfind('.');
        code = code.substr(0, dot == std::string_view::npos ? 0 : dot);
    }
    return nullptr;
}

} // namespace detail

WAN_DECL error_category classify(unsigned http_status) noexcept {
    for (const auto& row : detail::http_status_rows)
        if (http_status >= row.first && http_status <= row.last) return row.category;
    return error_category::protocol;
}

WAN_DECL error_category classify(const dialect& d, std::string_view code, unsigned http_status) noexcept {
    if (const auto* row = detail::find_error(d, code)) return row->category;
    // A no in a word that nobody knows, under a status that says yes.
    if (!code.empty() && http_status >= 200 && http_status < 300) return error_category::invalid_request;
    return classify(http_status);
}

WAN_DECL bool has_error(const dialect& d, const reply& r) noexcept {
    const auto is_code = [&](std::string_view success) { return detail::equal_ignoring_case(success, r.code); };
    constexpr std::string_view everywhere[] = {"", "0", "200", "ok", "success"};
    return std::none_of(std::begin(everywhere), std::end(everywhere), is_code) &&
           std::none_of(d.success_codes.begin(), d.success_codes.end(), is_code);
}

WAN_DECL error describe_error(const dialect& d, const reply& r, const http_response& response) {
    error e{.category = classify(d, has_error(d, r) ? std::string_view{r.code} : std::string_view{}, response.status),
            .message = r.message,
            .code = r.code,
            .http_status = response.status,
            .request_id = r.request_id,
            .task_id = r.task_id};
    const auto hint = detail::hint_at_base_url(d, response.status, r.code, r.message);
    if (!e.message.empty()) return e.message += hint, e;
    if (response.status >= 300 && response.status < 400) {
        const auto* target = find_header(response.headers, "Location");
        e.message = "redirected" + (target ? " to " + detail::printable(*target, 200) : std::string{}) +
                    ", which is not followed because the key would travel along; check the base URL";
    } else {
        e.message = "HTTP " + std::to_string(response.status) + " without a reason";
        if (!response.body.empty()) e.message += "; the reply begins: " + detail::printable(response.body, 120);
    }
    e.message += hint;
    return e;
}

WAN_DECL std::optional<std::chrono::seconds> retry_after(const http_response& response) noexcept {
    const auto* value = find_header(response.headers, "Retry-After");
    if (value == nullptr) return std::nullopt;
    if (const auto until = detail::parse_http_date(*value)) {
        const auto* date = find_header(response.headers, "Date");
        const auto now = date != nullptr ? detail::parse_http_date(*date) : std::nullopt;
        if (!now || *until < *now) return std::nullopt;
        return *until - *now;
    }
    std::uint32_t seconds = 0;
    const auto [end, failure] = std::from_chars(value->data(), value->data() + value->size(), seconds);
    if (failure != std::errc{} || end != value->data() + value->size()) return std::nullopt;
    return std::chrono::seconds{seconds};
}

} // namespace wan::inline WAN_ABI
