// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Just enough URL parsing to decide where an API key may be sent.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/detail/text.hpp>

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

namespace detail {

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) noexcept { return lower(c) >= 'a' && lower(c) <= 'z'; }
constexpr bool is_hex_digit(char c) noexcept { return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f'); }

/// A URL as it can be shown: without credentials, query and fragment, which may hold secrets, also if it is
/// not a good one. What is no URL at all is not shown: it may be a key that was put in the URL's place.
WAN_DECL std::string shown_url(std::string_view text);

} // namespace detail

/// The parts of a URL; nothing if there is no scheme, no host that a name or an address can be, a port that
/// is no number up to 65535, or any control character, space or backslash (which some clients read as a
/// slash, so that two readers would see two hosts).
WAN_DECL std::optional<url_view> parse_url(std::string_view text) noexcept;

/// Whether the host is localhost, of 127.0.0.0/8 or `[::1]`: the key may go there unencrypted.
WAN_DECL bool is_loopback(std::string_view host) noexcept;

/// Whether a request that carries the key of `base` may go to `url`: same scheme, host and port, no
/// credentials.
WAN_DECL bool is_same_origin(std::string_view base, std::string_view url) noexcept;

/// Whether text is a path of names, `a/b`, that leads nowhere but down.
WAN_DECL bool is_relative_path(std::string_view text) noexcept;

/// `text` for a URL's path: all but RFC 3986's unreserved characters, and those in `keep`, percent-encoded.
WAN_DECL std::string percent_encoded(std::string_view text, std::string_view keep = {});

/// `text` with its percent-encoded bytes decoded; nothing if two hexadecimal digits do not follow a percent
/// sign.
WAN_DECL std::optional<std::string> percent_decoded(std::string_view text);

/// The first value of that name, in any case, in the query of a URL, decoded. Nothing if there is none that
/// can be decoded.
WAN_DECL std::optional<std::string> query_parameter(std::string_view url, std::string_view name);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/http/impl/url.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
