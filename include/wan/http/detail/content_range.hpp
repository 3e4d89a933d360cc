// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Byte ranges of a file: strong ETags and the Content-Range header (RFC 9110).
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/detail/digits.hpp>
#include <wan/detail/text.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// Returns whether the text is a strong ETag (RFC 9110, 8.8.3); a weak ETag does not identify bytes.
inline bool is_strong_etag(std::string_view text) noexcept {
    return text.size() >= 2 && text.front() == '"' && text.back() == '"' &&
           std::none_of(text.begin() + 1, text.end() - 1,
                        [](char c) { return c == '"' || c == ' ' || is_control(c); });
}

/// A parsed Content-Range: `bytes 5-9/10`, `bytes 5-9/*` or `bytes */10`.
struct content_range {
    std::optional<std::uint64_t> first, last, size;
};

inline std::optional<content_range> parse_content_range(std::string_view text) noexcept {
    constexpr std::string_view unit = "bytes ";
    if (text.size() < unit.size() || !equal_ignoring_case(text.substr(0, unit.size()), unit))
        return std::nullopt;
    text.remove_prefix(unit.size());
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const auto range = text.substr(0, slash), size = text.substr(slash + 1);
    content_range found;
    if (size != "*" && !(found.size = digits_only(size))) return std::nullopt;
    if (range == "*") return found.size ? std::optional{found} : std::nullopt;
    const auto dash = range.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    found.first = digits_only(range.substr(0, dash));
    found.last = digits_only(range.substr(dash + 1));
    if (!found.first || !found.last || *found.last < *found.first ||
        (found.size && *found.last >= *found.size))
        return std::nullopt;
    return found;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
