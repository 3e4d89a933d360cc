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

/// The parts of a URL `scheme://[userinfo@]host[:port][/path][?query][#fragment]`, as views.
struct url_view {
    std::string_view scheme = {};   ///< as written, without the colon
    std::string_view userinfo = {}; ///< without the @; the library sends no request to a URL with userinfo
    std::string_view host = {};     ///< with the brackets of an IPv6 address
    std::string_view port = {};     ///< digits, or empty
    std::string_view rest = {};     ///< path, query and fragment
};

namespace detail {

/// Returns a URL for display, even if it is invalid: without credentials, query and fragment, which may
/// contain secrets. Text that is not a URL is not shown, because it may be a key in the wrong place.
WAN_DECL std::string shown_url(std::string_view text);

} // namespace detail

/// Parses a URL. Returns nothing if the scheme or a valid host is missing, or if the port is not a number up
/// to 65535. Also returns nothing if there is a control character, a space or a backslash. Some clients read
/// a backslash as a slash, so two parsers could see different hosts.
WAN_DECL std::optional<url_view> parse_url(std::string_view text) noexcept;

/// Returns whether the host is localhost, `[::1]` or an address in 127.0.0.0/8. The key may be sent to such a
/// host unencrypted.
WAN_DECL bool is_loopback(std::string_view host) noexcept;

/// Returns whether a request to `url` may carry the key of `base`: both must have the same scheme, host and
/// port, and `url` must have no credentials.
WAN_DECL bool is_same_origin(std::string_view base, std::string_view url) noexcept;

/// Returns whether the text is a relative path such as `a/b`. The names "." and ".." and empty names are
/// rejected.
WAN_DECL bool is_relative_path(std::string_view text) noexcept;

/// Percent-encodes text for a URL's path, except for unreserved characters (RFC 3986) and the characters in
/// `keep`.
WAN_DECL std::string percent_encoded(std::string_view text, std::string_view keep = {});

/// Decodes percent-encoded text. Returns nothing if a percent sign is not followed by two hexadecimal digits.
WAN_DECL std::optional<std::string> percent_decoded(std::string_view text);

/// Returns the decoded value of the first query parameter with this name, ignoring case. Returns nothing if
/// there is no such parameter or its value cannot be decoded.
WAN_DECL std::optional<std::string> query_parameter(std::string_view url, std::string_view name);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/http/impl/url.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
