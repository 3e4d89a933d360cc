// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The little that must be known of a URL before a key is sent to it or a medium is named by it.
#pragma once

#include <wan/detail/prologue.hpp>

#include <wan/detail/text.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI {

/// Views into a URL of the form `scheme://[userinfo@]host[:port][/path][?query][#fragment]`.
struct url_view {
    std::string_view scheme = {};   ///< as written, without the colon
    std::string_view userinfo = {}; ///< without the @; no URL with one is ever asked
    std::string_view host = {};     ///< with the brackets of an IPv6 address
    std::string_view port = {};     ///< digits, or empty
    std::string_view rest = {};     ///< path, query and fragment
};

/// The parts of a URL; nothing if there is no scheme, no host, a port that is no number, or any control character, space or
/// backslash (which some clients read as a slash, so that two readers would see two hosts).
inline std::optional<url_view> parse_url(std::string_view text) noexcept {
    if (std::any_of(text.begin(), text.end(), [](char c) { return detail::is_control(c) || c == ' ' || c == '\\'; }))
        return std::nullopt;
    const auto colon = text.find("://");
    if (colon == 0 || colon == std::string_view::npos) return std::nullopt;
    url_view url{.scheme = text.substr(0, colon)};
    text.remove_prefix(colon + 3);
    const auto end = (std::min)(text.find_first_of("/?#"), text.size());
    auto authority = text.substr(0, end);
    url.rest = text.substr(end);
    if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
        url.userinfo = authority.substr(0, at);
        authority.remove_prefix(at + 1);
    }
    const auto bracket = authority.rfind(']');
    if (const auto port = authority.rfind(':');
        port != std::string_view::npos && (bracket == std::string_view::npos || port > bracket)) {
        url.port = authority.substr(port + 1);
        authority = authority.substr(0, port);
        const bool digits = std::all_of(url.port.begin(), url.port.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (url.port.empty() || !digits) return std::nullopt;
    }
    url.host = authority;
    if (url.host.empty()) return std::nullopt;
    return url;
}

namespace detail {

/// A URL as it can be shown: without credentials, query and fragment, which may hold secrets, also if it is not a good one. What is
/// no URL at all is not shown: it may be a key that was put in the URL's place.
inline std::string shown_url(std::string_view text) {
    const auto colon = text.find("://");
    if (colon == std::string_view::npos) return "no URL (a text of " + std::to_string(text.size()) + " bytes without ://)";
    std::string shown{text};
    if (const auto at = shown.rfind('@'); at != std::string::npos && at > colon) shown.replace(colon + 3, at - colon - 3, "***");
    if (const auto end = shown.find_first_of("?#"); end != std::string::npos) shown.replace(end + 1, shown.size(), "***");
    return quote(shown, 120);
}

} // namespace detail

/// Whether the host is localhost, of 127.0.0.0/8 or `[::1]`: the key may go there unencrypted.
inline bool is_loopback(std::string_view host) noexcept {
    if (detail::equal_ignoring_case(host, "localhost") || host == "[::1]") return true;
    if (!host.starts_with("127.")) return false;
    int dots = 0;
    for (std::size_t i = 0, digits = 0; i < host.size(); ++i) {
        if (host[i] == '.') {
            if (digits == 0) return false;
            ++dots;
            digits = 0;
        } else if (host[i] < '0' || host[i] > '9' || ++digits > 3) {
            return false;
        }
    }
    return dots == 3 && !host.ends_with('.');
}

/// Whether a request that carries the key of `base` may go to `url`: same scheme, host and port, no credentials.
inline bool is_same_origin(std::string_view base, std::string_view url) noexcept {
    const auto a = parse_url(base), b = parse_url(url);
    const auto port = [](const url_view& u) {
        return !u.port.empty() ? u.port : detail::equal_ignoring_case(u.scheme, "https") ? "443" : "80";
    };
    return a && b && b->userinfo.empty() && detail::equal_ignoring_case(a->scheme, b->scheme) &&
           detail::equal_ignoring_case(a->host, b->host) && port(*a) == port(*b);
}

/// Whether text is a path of names, `a/b`, that leads nowhere but down.
inline bool is_relative_path(std::string_view text) noexcept {
    while (true) {
        const auto name = text.substr(0, text.find('/'));
        if (name.empty() || name == "." || name == "..") return false;
        if (name.size() == text.size()) return true;
        text.remove_prefix(name.size() + 1);
    }
}

/// `text` for a URL's path: all but RFC 3986's unreserved characters, and those in `keep`, percent-encoded.
inline std::string percent_encoded(std::string_view text, std::string_view keep = {}) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                                c == '-' || c == '.' || c == '_' || c == '~';
        const auto byte = static_cast<unsigned char>(c);
        if (unreserved || keep.find(c) != std::string_view::npos)
            encoded.push_back(c);
        else
            encoded.append(1, '%').append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
    }
    return encoded;
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/epilogue.hpp>
