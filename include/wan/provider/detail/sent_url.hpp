// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Cleans and checks the URL of a video, as providers send it.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/detail/text.hpp>
#include <wan/http/detail/url_character.hpp>
#include <wan/http/url.hpp>
#include <wan/json/detail/repair_text.hpp>

#include <string>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// Returns the text without white space, control characters, no-break spaces and byte order marks around it.
inline std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view spaces[] = {"\xC2\xA0", "\xE2\x80\x8B", "\xE3\x80\x80", "\xEF\xBB\xBF"};
    const auto is_space = [](char c) { return is_control(c) || c == ' '; };
    for (bool is_done = false; !is_done;) {
        is_done = true;
        while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
        while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
        for (const auto space : spaces) {
            if (text.starts_with(space)) text.remove_prefix(space.size()), is_done = false;
            if (text.ends_with(space)) text.remove_suffix(space.size()), is_done = false;
        }
    }
    return text;
}

/// Returns whether the text begins with an escape, such as `%20`.
constexpr bool begins_with_escape(std::string_view text) noexcept {
    return text.size() >= 3 && text[0] == '%' && is_hex_digit(text[1]) && is_hex_digit(text[2]);
}

/// Returns whether the first character of `text` must be escaped in a URL.
constexpr bool begins_unescaped(std::string_view text) noexcept {
    return is(text.front(), must_be_escaped) || (text.front() == '%' && !begins_with_escape(text));
}

/// Escapes the characters of a path, a query and a fragment that must be escaped. Existing escapes are kept.
inline std::string escaped_rest(std::string_view rest) {
    std::string escaped;
    for (; !rest.empty(); rest.remove_prefix(1)) {
        if (begins_unescaped(rest))
            escaped += percent_encoded(rest.substr(0, 1));
        else
            escaped.push_back(rest.front());
    }
    return escaped;
}

/// Returns the URL that a malformed text was meant to be. If the text is not a URL, or has lost a byte, it is
/// not escaped, because it is only displayed.
inline std::string fetchable_form(std::string_view sent) {
    sent = trimmed(sent);
    if (is_repaired(sent)) return std::string{sent};
    const auto colon = sent.find("://");
    if (colon == std::string_view::npos && !sent.starts_with('/')) return std::string{sent};
    const auto rest = sent.find_first_of("/?#", colon == std::string_view::npos ? 0 : colon + 3);
    if (rest == std::string_view::npos) return std::string{sent};
    return std::string{sent.substr(0, rest)} + escaped_rest(sent.substr(rest));
}

/// Returns whether each character of the text may occur in a URL, and each percent sign begins an escape.
/// Such a text is its own `fetchable_form`.
constexpr bool is_escaped(std::string_view text) noexcept {
    const auto what = combined(text);
    if ((what & must_be_escaped) != 0) return false;
    if ((what & begins_escape) == 0) return true;
    for (; !text.empty(); text.remove_prefix(1))
        if (begins_unescaped(text)) return false;
    return true;
}

/// Returns whether a URL can be fetched. A reply may have any text in place of a URL.
inline bool is_fetchable(std::string_view url) noexcept {
    if (trimmed(url).size() != url.size()) return false;
    const auto parts = parse_url(url);
    return parts && is_escaped(parts->rest) &&
           (equal_ignoring_case(parts->scheme, "https") || equal_ignoring_case(parts->scheme, "http"));
}

/// Returns whether the URL is a path on the provider's own host, such as `/videos/1.mp4`. `//host/path` names
/// another host.
constexpr bool is_absolute_path(std::string_view url) noexcept {
    return url.starts_with('/') && !url.starts_with("//");
}

/// Returns the path as a URL at the base URL's origin. Empty if the base URL is invalid.
inline std::string at_origin_of(std::string_view base_url, std::string_view path) {
    const auto base = parse_url(base_url);
    if (!base) return {};
    return std::string{base_url.substr(0, base_url.size() - base->rest.size())}.append(path);
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
