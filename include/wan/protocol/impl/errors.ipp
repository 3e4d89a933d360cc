// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/text.hpp>
#include <wan/http/detail/content_coding.hpp>
#include <wan/printable.hpp>
#include <wan/protocol/detail/error_words.hpp>
#include <wan/protocol/errors.hpp>
#include <wan/provider/detail/base_url.hpp>
#include <wan/provider/dialect.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>

namespace wan::inline WAN_ABI {

namespace detail {

struct http_status_row {
    unsigned first, last;
    error_category category;
};

/// Source: RFC 9110; 499 is used by proxies. 408 and 499 are treated as failures of the server, because the
/// server may have acted on the request.
inline constexpr http_status_row http_status_rows[] = {
    {300, 399, error_category::invalid_request}, {401, 401, error_category::authentication},
    {402, 402, error_category::billing},         {403, 403, error_category::permission},
    {404, 404, error_category::not_found},       {408, 408, error_category::server},
    {425, 425, error_category::throttled},       {429, 429, error_category::throttled},
    {499, 499, error_category::server},          {400, 499, error_category::invalid_request},
    {500, 599, error_category::server},
};

constexpr bool is_success(unsigned http_status) noexcept { return http_status >= 200 && http_status < 300; }

/// Returns the HTTP status that is written in a code; 0 if there is none. Providers that respond to every
/// request with 200 write the status there.
inline unsigned status_in_code(std::string_view code) noexcept {
    unsigned status = 0;
    const auto [end, failure] = std::from_chars(code.data(), code.data() + code.size(), status);
    return failure == std::errc{} && end == code.data() + code.size() && status >= 400 && status <= 599
               ? status
               : 0;
}

/// Returns the category of the code, if the code is known. A common word that only says that something went
/// wrong, such as `upstream_error`, says less than the HTTP status of an error.
inline std::optional<error_category> known_category(const dialect& d, std::string_view code,
                                                    unsigned http_status) noexcept {
    if (const auto* row = find_error(d, code)) return row->category;
    for (const auto& row : common_errors) {
        if (!equal_ignoring_case(row.code, code)) continue;
        const bool is_vague =
            row.category == error_category::server || row.category == error_category::invalid_request;
        return is_vague && !is_success(http_status) ? classify(http_status) : row.category;
    }
    return std::nullopt;
}

/// Returns the word that names the error: its code, or its type if only the type is known.
inline std::string_view error_word_of(const dialect& d, const reply& r, unsigned http_status) noexcept {
    if (!has_error(d, r)) return {};
    const bool is_type_better = r.code.empty() || (!known_category(d, r.code, http_status) &&
                                                   known_category(d, r.error_type, http_status));
    return is_type_better ? r.error_type : r.code;
}

} // namespace detail

WAN_DECL error_category classify(unsigned http_status) noexcept {
    for (const auto& row : detail::http_status_rows)
        if (http_status >= row.first && http_status <= row.last) return row.category;
    return error_category::protocol;
}

WAN_DECL error_category classify(const dialect& d, std::string_view code, unsigned http_status) noexcept {
    if (const auto known = detail::known_category(d, code, http_status)) return *known;
    if (code.empty() || !detail::is_success(http_status)) return classify(http_status);
    // There is an error code under a success status.
    const auto status = detail::status_in_code(code);
    return status != 0 ? classify(status) : error_category::invalid_request;
}

WAN_DECL bool has_error(const dialect& d, const reply& r) noexcept {
    if (r.code.empty()) return !r.error_type.empty();
    const auto is_code = [&](std::string_view success) {
        return detail::equal_ignoring_case(success, r.code);
    };
    constexpr std::string_view everywhere[] = {"0", "200", "201", "202", "ok", "success"};
    return std::none_of(std::begin(everywhere), std::end(everywhere), is_code) &&
           std::none_of(d.success_codes.begin(), d.success_codes.end(), is_code);
}

WAN_DECL error describe_error(const dialect& d, const reply& r, const http_response& response) {
    error e{.category = classify(d, detail::error_word_of(d, r, response.status), response.status),
            .message = r.message,
            .code = r.code.empty() ? r.error_type : r.code,
            .http_status = response.status,
            .request_id = r.request_id,
            .task_id = r.task_id};
    const auto hint = detail::hint_at_base_url(d, response.status, r.code, r.message);
    if (!e.message.empty()) return e.message += hint, e;
    if (const auto coding = detail::undecoded(response); !coding.empty()) {
        e.message = detail::explain_coding(coding);
        return e;
    }
    if (response.status >= 300 && response.status < 400) {
        const auto* target = find_header(response.headers, "Location");
        e.message = "redirected" + (target ? " to " + printable(*target, 200) : std::string{}) +
                    "; redirects are not followed, to protect the API key; check the base URL";
    } else {
        // The body comes last: a key that was cut off is only recognized at the end of a text.
        e.message = "the provider gave no reason";
        e.message += !hint.empty()                  ? hint
                     : detail::may_pass(e.category) ? "; try again later"
                     : detail::is_about_account(e.category)
                         ? "; check the API key and the account in the provider's console"
                     : e.request_id.empty() ? "; ask the provider"
                                            : "; ask the provider with the request ID";
        if (!response.body.empty()) e.message += "; the response begins: " + printable(response.body, 120);
    }
    return e;
}

} // namespace wan::inline WAN_ABI
