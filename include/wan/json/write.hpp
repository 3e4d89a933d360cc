// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Writes JSON values into a buffer whose size is computed in advance.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/json/detail/copy_unescaped.hpp>

#include <boost/config.hpp>

#include <algorithm>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI::json {

/// A text that can be a template argument.
template <std::size_t N>
struct fixed_string {
    char chars[N + 1] = {}; ///< with a terminating zero

    constexpr fixed_string() = default;
    /// Copies a literal, as in `json::renamed<&K::prompt, "text">`.
    constexpr fixed_string(const char (&text)[N + 1]) { std::copy_n(text, N, chars); }
    /// Copies the first N characters of a text.
    constexpr explicit fixed_string(std::string_view text) { std::copy_n(text.data(), N, chars); }
    /// Returns the text without the terminating zero.
    constexpr std::string_view view() const noexcept { return {chars, N}; }
};
/// Deduces the length from a literal.
template <std::size_t N>
fixed_string(const char (&)[N]) -> fixed_string<N - 1>;

namespace detail {

/// A position in the string that is being written. `spare` is the number of bytes available beyond the
/// computed size; escapes consume them. A cursor is passed by value so that it stays in registers.
struct cursor {
    char* at;
    std::size_t spare;
};

/// Enlarges the string if escapes need more bytes than `spare`.
BOOST_NOINLINE inline cursor with_spare(std::string& out, cursor c, std::size_t needed) {
    if (c.spare >= needed) return c;
    const auto position = c.at - out.data();
    const auto more = needed + out.size() / 2;
    out.resize(out.size() + more);
    return {out.data() + position, c.spare + more};
}

inline char* write_escape(char* at, char c) noexcept {
    constexpr std::string_view digits = "0123456789abcdef";
    constexpr std::string_view named = "\"\\\b\f\n\r\t", letters = "\"\\bfnrt";
    *at++ = '\\';
    if (const auto i = named.find(c); i != std::string_view::npos) {
        *at++ = letters[i];
        return at;
    }
    std::memcpy(at, "u00", 3);
    at[3] = digits[static_cast<unsigned char>(c) >> 4];
    at[4] = digits[c & 15];
    return at + 5;
}

/// Writes the rest of a string, beginning with a byte that must be escaped.
BOOST_NOINLINE inline cursor write_escaping(std::string& out, cursor c, std::string_view text) {
    while (!text.empty()) {
        c = with_spare(out, c, 5);
        char* const after = write_escape(c.at, text.front());
        c = {after, c.spare + 1 - static_cast<std::size_t>(after - c.at)};
        text.remove_prefix(1);
        const auto clean = copy_clean(text.data(), text.size(), c.at);
        c.at += clean;
        text.remove_prefix(clean);
    }
    return c;
}

template <std::size_t N>
BOOST_FORCEINLINE cursor write_literal(cursor c, const fixed_string<N>& text) noexcept {
    std::memcpy(c.at, text.chars, N);
    c.at += N;
    return c;
}

// Each kind of value has a pair of functions: `size_of` returns its size if nothing is escaped, and `write`
// writes its text.

constexpr std::size_t size_of(std::string_view value) noexcept { return value.size() + 2; }
inline cursor write(std::string& out, cursor c, std::string_view value) {
    *c.at++ = '"';
    const auto clean = copy_clean(value.data(), value.size(), c.at);
    c.at += clean;
    if (clean != value.size()) [[unlikely]]
        c = write_escaping(out, c, value.substr(clean));
    *c.at++ = '"';
    return c;
}

constexpr std::size_t size_of(bool value) noexcept { return value ? 4 : 5; }
inline cursor write(std::string&, cursor c, bool value) noexcept {
    return value ? write_literal(c, fixed_string{"true"}) : write_literal(c, fixed_string{"false"});
}

template <std::integral Int>
constexpr std::size_t size_of(Int) noexcept {
    return std::numeric_limits<Int>::digits10 + 2;
}
template <std::integral Int>
cursor write(std::string&, cursor c, Int value) noexcept {
    c.at = std::to_chars(c.at, c.at + size_of(value), value).ptr;
    return c;
}

/// A number in quotes.
template <std::integral Int>
struct number_text {
    Int value;
};
template <std::integral Int>
constexpr std::size_t size_of(number_text<Int> number) noexcept {
    return size_of(number.value) + 2;
}
template <std::integral Int>
cursor write(std::string& out, cursor c, number_text<Int> number) noexcept {
    *c.at++ = '"';
    c = write(out, c, number.value);
    *c.at++ = '"';
    return c;
}

} // namespace detail

/// Returns `text` as it is written between the quotes of a JSON string.
inline std::string escaped(std::string_view text) {
    std::string out(detail::size_of(text), '"');
    const auto end = detail::write(out, {out.data(), 0}, text);
    return out.substr(1, static_cast<std::size_t>(end.at - out.data()) - 2);
}

} // namespace wan::inline WAN_ABI::json

#include <wan/detail/pop_macros.hpp>
