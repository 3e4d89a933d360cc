// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Checks and completes the path of a base URL.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/detail/text.hpp>
#include <wan/http/url.hpp>
#include <wan/provider/dialect.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace wan::inline WAN_ABI::detail {

/// Returns whether `rest` contains `path` as whole segments, either at its end or anywhere.
constexpr bool has_path(std::string_view rest, std::string_view path) noexcept {
    for (auto at = rest.find(path); at != std::string_view::npos; at = rest.find(path, at + 1))
        if (at + path.size() == rest.size() || rest[at + path.size()] == '/') return true;
    return false;
}

/// Returns the base URL with the path that every URL of the dialect has, `dialect::base_path`. A base URL
/// that ends within the path is completed. A URL that already has the path, or that cannot be a base URL, is
/// returned unchanged.
inline std::string with_base_path(const dialect& d, std::string base_url) {
    const auto url = parse_url(base_url);
    const auto path = d.base_path;
    if (!url || path.empty() || has_path(url->rest, path) ||
        url->rest.find_first_of("?#") != std::string_view::npos)
        return base_url;
    auto rest = url->rest;
    while (rest.ends_with('/')) rest.remove_suffix(1);
    auto known = path.size(); // how much of the path the base URL already ends with
    while (known != 0 &&
           !((known == path.size() || path[known] == '/') && rest.ends_with(path.substr(0, known))))
        --known;
    const auto kept = base_url.size() - (url->rest.size() - rest.size());
    base_url.resize(kept);
    return base_url.append(path.substr(known));
}

/// Returns whether a base URL lacks the path that the provider's documents show.
inline bool lacks_base_path(const dialect& d, std::string_view base_url) noexcept {
    const auto url = parse_url(base_url);
    return url && !d.base_path.empty() && !has_path(url->rest, d.base_path);
}

/// Returns a hint for a response that says that there is nothing at the address. Returns an empty text if the
/// response has another reason.
inline std::string hint_at_base_url(const dialect& d, unsigned http_status, std::string_view code,
                                    std::string_view message) {
    // Web servers use these words about a path. A provider that means a task or a model uses further words.
    constexpr std::string_view words[] = {"",
                                          "404",
                                          "405",
                                          "Not Found",
                                          "NotFound",
                                          "not_found",
                                          "404 Not Found",
                                          "Page Not Found",
                                          "Method Not Allowed"};
    const auto is_bare = [&](std::string_view text) {
        return std::any_of(std::begin(words), std::end(words),
                           [&](std::string_view word) { return equal_ignoring_case(text, word); });
    };
    if (!is_bare(code) || !is_bare(message) || (http_status != 404 && http_status != 405)) return {};
    std::string hint = "; check the base URL";
    if (!d.base_path.empty()) hint.append(", which usually ends with ").append(d.base_path);
    return hint;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
