// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Responses that are compressed although identity was requested.
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

/// The content coding of a body that was not decoded; empty if the body is text.
inline std::string_view undecoded(const http_response& response) noexcept {
    const auto* const coding = find_header(response.headers, "Content-Encoding");
    if (coding == nullptr || coding->empty() || equal_ignoring_case(*coding, "identity")) return {};
    const auto begin = std::string_view{response.body}.substr(0, 512);
    const auto is_binary = [](char c) { return is_control(c) && c != '\t' && c != '\r' && c != '\n'; };
    const bool is_text = std::none_of(begin.begin(), begin.end(), is_binary) && code_points(response.body);
    return is_text ? std::string_view{} : std::string_view{*coding};
}

inline std::string explain_coding(std::string_view coding) {
    return "the reply is encoded as " + quoted(coding) +
           " although identity was requested; use an HTTP executor that decodes it, or switch off "
           "the compression in the proxy or relay in between";
}

/// Why a body could not be read: what the parser met, or the coding in which the body came.
inline error unreadable_body_error(const http_response& response, error damage) {
    if (const auto coding = undecoded(response); !coding.empty()) damage.message = explain_coding(coding);
    damage.http_status = response.status;
    return damage;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
