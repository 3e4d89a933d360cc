// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// HTTP status and error code -> what kind of trouble it is.
#pragma once

#include <wan/config.hpp>
#include <wan/detail/text.hpp>
#include <wan/http/executor.hpp>
#include <wan/provider/provider.hpp>

#include <algorithm>
#include <iterator>
#include <chrono>
#include <optional>
#include <string_view>

namespace wan {

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

} // namespace detail

/// What the status alone says; `protocol` for one that is none.
constexpr error_category classify(unsigned http_status) noexcept {
    for (const auto& row : detail::http_status_rows)
        if (http_status >= row.first && http_status <= row.last) return row.category;
    return error_category::protocol;
}

/// The code first, from its whole name to its first part, then the HTTP status: one status stands for errors that
/// need different answers (429 for "too fast" and for "bill overdue").
constexpr error_category classify(const dialect& d, std::string_view code, unsigned http_status) noexcept {
    for (auto part = code; !part.empty();) {
        for (const auto& row : d.errors)
            if (row.code == part) return row.category;
        const auto dot = part.rfind('.');
        part = part.substr(0, dot == std::string_view::npos ? 0 : dot);
    }
    // A no in a word that nobody knows, under a status that says yes.
    if (!code.empty() && http_status >= 200 && http_status < 300) return error_category::invalid_request;
    return classify(http_status);
}

namespace detail {

/// Whether the same question may get another answer later.
constexpr bool may_pass(error_category category) noexcept {
    return category == error_category::throttled || category == error_category::unavailable ||
           category == error_category::server || category == error_category::protocol;
}

} // namespace detail

/// Whether the reply carries an error code: any but those that mean success everywhere, or here.
constexpr bool has_error(const dialect& d, const reply& r) noexcept {
    const auto is_code = [&](std::string_view success) { return detail::equal_ignoring_case(success, r.code); };
    constexpr std::string_view everywhere[] = {"", "0", "200", "ok", "success"};
    return std::none_of(std::begin(everywhere), std::end(everywhere), is_code) &&
           std::none_of(d.success_codes.begin(), d.success_codes.end(), is_code);
}

/// What the service said, with what it did not say filled in.
WAN_DECL error describe_error(const dialect& d, const reply& r, const http_response& response);

/// How long a Retry-After header asks to wait (RFC 9110): its seconds, or its date less that of the Date header beside
/// it, because nothing here knows the time.
WAN_DECL std::optional<std::chrono::seconds> retry_after(const http_response& response) noexcept;

} // namespace wan

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/impl/classify.ipp>
#endif
