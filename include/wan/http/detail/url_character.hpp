// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/detail/text.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// What a character may be in a URL (RFC 3986). A table, because the URL of each video is read several times.
enum url_character : std::uint8_t {
    in_scheme = 1,       ///< part of a scheme
    in_host_name = 2,    ///< part of a host name, including an internationalized one
    never_in_url = 4,    ///< ends a URL, or is read as another character
    must_be_escaped = 8, ///< must not occur as it is
    begins_escape = 16,  ///< the percent sign
    ends_label = 32,     ///< the dot within a host name
};

inline constexpr auto url_characters = [] {
    std::array<std::uint8_t, 256> all{};
    constexpr std::string_view of_scheme = "+-.", of_host_name = "-_~.", escaped = " \"<>\\^`{|}";
    for (std::size_t i = 0; i < all.size(); ++i) {
        const char c = static_cast<char>(static_cast<unsigned char>(i));
        const auto is_in = [c](std::string_view some) { return some.find(c) != std::string_view::npos; };
        const bool is_plain = is_letter(c) || is_digit(c), is_ascii = i < 0x80;
        unsigned what = 0;
        if (is_plain || is_in(of_scheme)) what |= in_scheme;
        if (is_plain || is_in(of_host_name) || !is_ascii) what |= in_host_name;
        if (is_control(c) || c == ' ' || c == '\\') what |= never_in_url;
        if (is_control(c) || !is_ascii || is_in(escaped)) what |= must_be_escaped;
        if (c == '%') what |= begins_escape;
        if (c == '.') what |= ends_label;
        all[i] = static_cast<std::uint8_t>(what);
    }
    return all;
}();

constexpr bool is(char c, url_character what) noexcept {
    return (url_characters[static_cast<unsigned char>(c)] & what) != 0;
}
constexpr bool all_are(std::string_view text, url_character what) noexcept {
    for (const char c : text)
        if (!is(c, what)) return false;
    return true;
}
/// Returns whether the text is a host name without empty labels; a dot may follow the last label. Has no
/// branch for a character, because labels differ in length.
constexpr bool is_host_name(std::string_view text) noexcept {
    unsigned all = in_host_name, before = ends_label, empty_labels = 0;
    for (const char c : text) {
        const unsigned what = url_characters[static_cast<unsigned char>(c)];
        all &= what;
        empty_labels |= before & what;
        before = what & ends_label;
    }
    return !text.empty() && all != 0 && empty_labels == 0;
}
/// Returns the properties of all characters, combined; four at a time, since an `or` has to wait for the one
/// before.
constexpr unsigned combined(std::string_view text) noexcept {
    const auto of = [](char c) -> unsigned { return url_characters[static_cast<unsigned char>(c)]; };
    unsigned what = 0;
    for (; text.size() >= 4; text.remove_prefix(4))
        what |= (of(text[0]) | of(text[1])) | (of(text[2]) | of(text[3]));
    for (const char c : text) what |= of(c);
    return what;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
