// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/json/detail/repair_text.hpp>
#include <wan/protocol/detail/redact_key.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// Returns the number of characters of `text` from `at` on that spell the key, literally or with the escapes
/// of JSON strings, such as `\/` and `\u002D`. Sets `in_key` to the number of characters of the key that they
/// spell.
inline std::size_t spelled_key(std::string_view secret, std::string_view text, std::size_t at,
                               std::size_t& in_key) noexcept {
    const auto begin = at;
    for (in_key = 0; in_key < secret.size() && at < text.size(); ++in_key) {
        const char wanted = secret[in_key];
        std::size_t length = 0;
        if (text[at] == wanted) {
            length = 1;
        } else if (text[at] == '\\' && text.size() - at >= 2 && text[at + 1] == wanted && wanted == '/') {
            length = 2;
        } else if (escaped_unit(text.substr(at)) == static_cast<unsigned char>(wanted)) {
            length = 6;
        }
        if (length == 0) break;
        at += length;
    }
    return at - begin;
}

/// Returns whether a text may have been cut before `rest`.
inline bool is_cut(std::string_view rest) noexcept {
    constexpr std::string_view ends = " \t\r\n\"'<\\";
    return rest.empty() || rest.starts_with("...") || rest.starts_with("\xE2\x80\xA6") ||
           ends.find(rest.front()) != std::string_view::npos;
}

WAN_DECL void hide_key(const api_key& key, std::string& text) {
    const auto& secret = key.reveal();
    constexpr std::size_t shortest_key = 6;
    if (secret.size() < shortest_key) return;
    std::string hidden;
    std::size_t kept = 0; // how much of the text is in `hidden`
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != secret.front() && text[at] != '\\') continue;
        std::size_t in_key = 0;
        const auto length = spelled_key(secret, text, at, in_key);
        const bool is_key = in_key == secret.size() ||
                            (in_key >= shortest_key && is_cut(std::string_view{text}.substr(at + length)));
        if (!is_key) continue;
        hidden.append(text, kept, at - kept).append("***");
        kept = at + length;
        at = kept - 1;
    }
    if (kept != 0) text = hidden.append(text, kept);
}

} // namespace wan::inline WAN_ABI::detail
