// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Escapes text from external sources for terminals and logs.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/detail/text.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI {

/// Returns the first `most` code points of `text`, with control characters and bytes that are not UTF-8
/// written as `\xNN`. A shortened text ends with `...`.
inline std::string printable(std::string_view text, std::size_t most = 60) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string shown;
    for (std::size_t i = 0, n = 0; i < text.size(); i += n, --most) {
        if (most == 0) return shown + "...";
        n = detail::utf8_sequence(text.substr(i));
        if (n == 0 || detail::is_control(text[i]) || detail::is_c1_control(text.substr(i, n))) {
            n = 1;
            const auto byte = static_cast<unsigned char>(text[i]);
            shown.append("\\x").append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
        } else {
            shown.append(text.substr(i, n));
        }
    }
    return shown;
}

/// Returns `printable(text, most)` in double quotation marks. `quoted` is a function object, so that
/// argument-dependent lookup cannot choose `std::quoted` of `iomanip` when the text is a `std::string`.
inline constexpr auto quoted = [](std::string_view text, std::size_t most = 60) {
    std::string shown(1, '"');
    return shown.append(printable(text, most)).append(1, '"');
};

namespace detail {

/// Maximum number of code points shown of an ID or URL that this library cannot use. The limit is so high
/// that the ID or URL, which may belong to a paid video, is shown in full.
inline constexpr std::size_t shown_whole = 4096;
/// Maximum number of code points shown of a response in which the library recognizes nothing.
inline constexpr std::size_t shown_begin = 512;

} // namespace detail

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
