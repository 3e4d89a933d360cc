// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Detects responses that are compressed although identity was requested.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/detail/text.hpp>
#include <wan/error.hpp>
#include <wan/http/message.hpp>
#include <wan/printable.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// Returns the content coding of a body that was not decoded; empty if the body is text.
inline std::string_view undecoded(const http_response& response) noexcept {
    const auto* const coding = find_header(response.headers, "Content-Encoding");
    if (coding == nullptr || coding->empty() || equal_ignoring_case(*coding, "identity")) return {};
    const auto begin = std::string_view{response.body}.substr(0, 512);
    const auto is_binary = [](char c) { return is_control(c) && c != '\t' && c != '\r' && c != '\n'; };
    const bool is_text = std::none_of(begin.begin(), begin.end(), is_binary) && code_points(response.body);
    return is_text ? std::string_view{} : std::string_view{*coding};
}

inline std::string explain_coding(std::string_view coding) {
    return "the response has the Content-Encoding " + quoted(coding) +
           " although identity was requested; use an HTTP executor that decodes it, or turn off "
           "compression in the proxy";
}

/// Returns the error for a body that could not be read: the parser's error, or the unexpected content coding.
inline error unreadable_body_error(const http_response& response, error damage) {
    const auto coding = undecoded(response);
    damage.message = coding.empty()
                         ? "the response is " + damage.message + "; check the base URL, or try again"
                         : explain_coding(coding);
    damage.http_status = response.status;
    return damage;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
