// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A hash of a text that is the same in every process.
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

} // namespace cli
