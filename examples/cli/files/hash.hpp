// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A short name for a text, the same in every process.
#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace cli {

/// FNV-1a.
constexpr std::uint64_t hash_of(std::string_view text) noexcept {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return hash;
}

inline std::string hexadecimal(std::uint64_t number) {
    char digits[16];
    return {digits, std::to_chars(digits, digits + sizeof digits, number, 16).ptr};
}

/// 0 where the text is none.
inline std::uint64_t from_hexadecimal(std::string_view text) noexcept {
    std::uint64_t number = 0;
    const auto* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number, 16);
    return read.ec == std::errc{} && read.ptr == end ? number : 0;
}

} // namespace cli
