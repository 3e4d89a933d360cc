// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/detail/text.hpp>

#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace wan::inline WAN_ABI::detail {

/// Parses the escape at the front of `text`, such as `\ud83d`, into a UTF-16 code unit.
inline std::optional<unsigned> escaped_unit(std::string_view text) noexcept {
    constexpr std::size_t length = 6;
    if (text.size() < length || !text.starts_with("\\u")) return std::nullopt;
    unsigned unit = 0;
    const auto* const last = text.data() + length;
    const auto [end, failure] = std::from_chars(text.data() + 2, last, unit, 16);
    if (end != last || failure != std::errc{}) return std::nullopt;
    return unit;
}

inline constexpr std::string_view replacement = "\xEF\xBF\xBD"; // U+FFFD

/// Returns whether a text may differ from the original because it was repaired.
inline bool is_repaired(std::string_view text) noexcept {
    return text.find(replacement) != std::string_view::npos;
}

/// Repairs a JSON text: replaces bytes that are not UTF-8, and halves of surrogate pairs, with U+FFFD.
/// Providers that truncate a prompt by bytes or UTF-16 units return such texts. Returns nothing if no repair
/// was needed.
inline std::optional<std::string> repaired_text(std::string_view json) {
    const auto is_high = [](std::optional<unsigned> unit) {
        return unit && *unit >= 0xD800 && *unit < 0xDC00;
    };
    const auto is_low = [](std::optional<unsigned> unit) {
        return unit && *unit >= 0xDC00 && *unit < 0xE000;
    };
    std::string whole;
    bool has_changed = false;
    for (std::size_t n = 0; !json.empty(); json.remove_prefix(n)) {
        const auto unit = escaped_unit(json);
        const bool is_pair = is_high(unit) && is_low(escaped_unit(json.substr(6)));
        n = is_pair                                                        ? 12
            : unit                                                         ? 6
            : json.starts_with('\\') && json.size() > 1 && json[1] == '\\' ? 2
                                                                           : utf8_sequence(json);
        const bool is_bad = n == 0 || (!is_pair && (is_high(unit) || is_low(unit)));
        has_changed = has_changed || is_bad;
        if (n == 0) n = 1;
        whole.append(is_bad ? replacement : json.substr(0, n));
    }
    if (!has_changed) return std::nullopt;
    return whole;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
