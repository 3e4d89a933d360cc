// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// URLs of local files.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/detail/text.hpp>
#include <wan/http/url.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI {

/// Returns whether the text is a URL with the scheme `file`; case is ignored.
inline bool is_file_url(std::string_view text) noexcept { return detail::has_scheme(text, "file"); }

/// Returns the path of a file URL (RFC 8089), percent-decoded: `file:///path`, `file://localhost/path` or
/// `file:/path`. Returns nothing if the URL names another host, has no absolute path or contains a zero byte.
inline std::optional<std::string> path_of_file_url(std::string_view url) {
    if (!is_file_url(url)) return std::nullopt;
    url.remove_prefix(std::string_view{"file:"}.size());
    if (url.starts_with("//")) {
        url.remove_prefix(2);
        const auto slash = url.find('/');
        if (slash == std::string_view::npos ||
            (slash != 0 && !detail::equal_ignoring_case(url.substr(0, slash), "localhost")))
            return std::nullopt;
        url.remove_prefix(slash);
    }
    if (!url.starts_with('/')) return std::nullopt;
    auto path = percent_decoded(url);
    if (path && path->find('\0') != std::string::npos) return std::nullopt;
    return path;
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
