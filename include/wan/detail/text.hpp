// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// Returns the number of bytes of the UTF-8 sequence at the front of `text`. Returns 0 if the sequence is not
/// valid (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF).
constexpr std::size_t utf8_sequence(std::string_view text) noexcept {
    const auto byte = [&](std::size_t i) -> unsigned { return static_cast<unsigned char>(text[i]); };
    const auto continues = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
        return i < text.size() && byte(i) >= low && byte(i) <= high;
    };
    if (text.empty()) return 0;
    const unsigned lead = byte(0);
    if (lead < 0x80) return 1;
    if (lead < 0xC2 || lead > 0xF4) return 0;
    if (lead < 0xE0) return continues(1) ? 2 : 0;
    if (lead < 0xF0)
        return continues(1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF) && continues(2) ? 3 : 0;
    return continues(1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF) && continues(2) &&
                   continues(3)
               ? 4
               : 0;
}

/// Returns the number of code points; nothing if `text` is not valid UTF-8.
constexpr std::optional<std::size_t> code_points(std::string_view text) noexcept {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++count) {
        const std::size_t n = utf8_sequence(text.substr(i));
        if (n == 0) return std::nullopt;
        i += n;
    }
    return count;
}

/// Returns the number of Chinese characters (CJK ideographs) of a valid UTF-8 text.
constexpr std::size_t chinese_characters(std::string_view text) noexcept {
    std::size_t count = 0;
    while (!text.empty()) {
        const auto valid = utf8_sequence(text);
        const auto size = valid == 0 ? 1 : valid;
        std::uint32_t point = static_cast<unsigned char>(text[0]) & (0xFFu >> (size + 1));
        for (std::size_t i = 1; i < size; ++i)
            point = point << 6 | (static_cast<unsigned char>(text[i]) & 0x3Fu);
        const bool is_chinese = (point >= 0x3400 && point <= 0x9FFF) ||
                                (point >= 0xF900 && point <= 0xFAFF) ||
                                (point >= 0x20000 && point <= 0x323AF);
        count += size > 2 && is_chinese;
        text.remove_prefix(size);
    }
    return count;
}

/// Returns whether the text is valid UTF-8. Fast for ASCII, because the base64 text of a medium is long.
inline bool is_utf8(std::string_view text) noexcept {
    constexpr std::uint64_t high_bits = 0x8080808080808080;
    while (!text.empty()) {
        std::uint64_t word = 0;
        for (; text.size() >= sizeof word; text.remove_prefix(sizeof word)) {
            std::memcpy(&word, text.data(), sizeof word);
            if ((word & high_bits) != 0) break;
        }
        if (text.empty()) return true;
        const auto n = utf8_sequence(text);
        if (n == 0) return false;
        text.remove_prefix(n);
    }
    return true;
}

/// Removes a byte order mark, which some editors and servers write; RFC 8259 allows a reader to ignore it.
constexpr std::string_view without_bom(std::string_view text) noexcept {
    constexpr std::string_view bom = "\xEF\xBB\xBF";
    return text.substr(text.starts_with(bom) ? bom.size() : 0);
}

constexpr bool is_control(char c) noexcept { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

/// Returns whether the character is one of U+0080..U+009F, which some terminals execute like escape
/// sequences.
constexpr bool is_c1_control(std::string_view sequence) noexcept {
    return sequence.size() == 2 && sequence[0] == '\xC2' && static_cast<unsigned char>(sequence[1]) < 0xA0;
}

constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) noexcept { return lower(c) >= 'a' && lower(c) <= 'z'; }
constexpr bool is_hex_digit(char c) noexcept { return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f'); }

constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

/// Returns whether the text begins with this scheme and a colon; case is ignored (RFC 3986, 3.1).
constexpr bool has_scheme(std::string_view url, std::string_view scheme) noexcept {
    return url.size() > scheme.size() && url[scheme.size()] == ':' &&
           equal_ignoring_case(url.substr(0, scheme.size()), scheme);
}

/// Returns the value of a digit in this base; nothing if it is not a digit.
constexpr std::optional<unsigned> digit_value(char c, unsigned base) noexcept {
    const auto value = c >= '0' && c <= '9'   ? static_cast<unsigned>(c - '0')
                       : c >= 'a' && c <= 'f' ? static_cast<unsigned>(c - 'a' + 10)
                       : c >= 'A' && c <= 'F' ? static_cast<unsigned>(c - 'A' + 10)
                                              : base;
    if (value >= base) return std::nullopt;
    return value;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
