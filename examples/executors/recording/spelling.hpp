// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Texts as JSON and URLs may spell them, with and without escapes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace wan::executors {

namespace detail {

inline char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

/// Returns the character that the hexadecimal digits at the beginning of `text` spell, if it is ASCII.
inline std::optional<char> hex_character(std::string_view text, std::size_t digits) {
    if (text.size() < digits) return std::nullopt;
    unsigned value = 0;
    for (const char digit : text.substr(0, digits)) {
        const char c = lower(digit);
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return std::nullopt;
        value = value * 16 + static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    return value < 0x80 ? std::optional{static_cast<char>(value)} : std::nullopt;
}

/// A character of a text, and the number of bytes that spell it.
struct spelled {
    char character = 0;
    std::size_t size = 1;
};

/// Reads a character of a JSON text, also of one inside a string of another: `=`, `\u003d`, `\\u003d`, `\/`,
/// `\\\"`.
inline spelled json_character(std::string_view text) {
    constexpr std::size_t most = 31; // of five nested texts
    const auto slashes = text.substr(0, most + 1).find_first_not_of('\\');
    if (slashes == 0 || slashes == std::string_view::npos) return {text.front(), 1};
    const char next = text[slashes];
    if (next == 'u')
        if (const auto c = hex_character(text.substr(slashes + 1), 4)) return {*c, slashes + 5};
    if (next == '/' || next == '"' || next == '\'') return {next, slashes + 1};
    return {'\\', slashes};
}

/// Returns the text without JSON escapes.
inline std::string without_escapes(std::string_view text) {
    std::string plain;
    for (spelled c; !text.empty(); text.remove_prefix(c.size)) {
        c = json_character(text);
        plain.push_back(c.character);
    }
    return plain;
}
inline std::string percent_decoded(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto c = text[at] == '%' ? hex_character(text.substr(at + 1), 2) : std::nullopt;
        plain.push_back(c.value_or(text[at]));
        if (c) at += 2;
    }
    return plain;
}

/// Returns how many bytes at the beginning of `text` spell `word`, with or without escapes; 0 if they do not.
inline std::size_t spelled_size(std::string_view text, std::string_view word) {
    std::size_t at = 0;
    for (const char wanted : word) {
        if (at >= text.size()) return 0;
        const auto rest = text.substr(at);
        if (rest.front() == wanted) {
            ++at;
        } else if (const auto c = json_character(rest); c.size > 1 && c.character == wanted) {
            at += c.size;
        } else if (rest.front() == '%' && hex_character(rest.substr(1), 2) == wanted) {
            at += 3;
        } else {
            return 0;
        }
    }
    return at;
}

} // namespace detail

} // namespace wan::executors
