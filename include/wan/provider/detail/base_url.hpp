// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The path that the base URL of a service usually ends with.
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

/// Whether `path` stands in `rest` as whole segments, at its end or anywhere.
constexpr bool has_path(std::string_view rest, std::string_view path) noexcept {
    for (auto at = rest.find(path); at != std::string_view::npos; at = rest.find(path, at + 1))
        if (at + path.size() == rest.size() || rest[at + path.size()] == '/') return true;
    return false;
}

/// The base URL with the path that every URL of the dialect has, `dialect::base_path`. What already has it,
/// and what can be no base URL, stays as it is; a base URL that ends within the path is completed.
inline std::string with_base_path(const dialect& d, std::string base_url) {
    const auto url = parse_url(base_url);
    const auto path = d.base_path;
    if (!url || path.empty() || has_path(url->rest, path) ||
        url->rest.find_first_of("?#") != std::string_view::npos)
        return base_url;
    auto rest = url->rest;
    while (rest.ends_with('/')) rest.remove_suffix(1);
    auto known = path.size(); // how much of the path stands at the end
    while (known != 0 &&
           !((known == path.size() || path[known] == '/') && rest.ends_with(path.substr(0, known))))
        --known;
    const auto kept = base_url.size() - (url->rest.size() - rest.size());
    base_url.resize(kept);
    return base_url.append(path.substr(known));
}

/// Whether a base URL is not of the form that the service's documents have.
inline bool lacks_base_path(const dialect& d, std::string_view base_url) noexcept {
    const auto url = parse_url(base_url);
    return url && !d.base_path.empty() && !has_path(url->rest, d.base_path);
}

/// What to look at when a service answers that there is nothing at an address; empty where something else is
/// the reason.
inline std::string hint_at_base_url(const dialect& d, unsigned http_status, std::string_view code,
                                    std::string_view message) {
    // What web servers say of a path; a service that means a task or a model says more.
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
    std::string hint = "; if that is no address of the service, check the base URL";
    if (!d.base_path.empty()) hint.append(", which usually ends with ").append(d.base_path);
    return hint;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
