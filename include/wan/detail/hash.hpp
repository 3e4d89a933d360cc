// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <cstdint>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

// FNV-1a gives the same result in every process, which matters because hashes are stored in resume tokens.
inline constexpr std::uint64_t no_hash = 0xcbf29ce484222325;
constexpr std::uint64_t hashed(std::uint64_t hash, char next) noexcept {
    return (hash ^ static_cast<unsigned char>(next)) * 0x100000001b3;
}

constexpr std::uint64_t hash_of(std::string_view text) noexcept {
    auto hash = no_hash;
    for (const char c : text) hash = hashed(hash, c);
    return hash;
}

/// Hashes a prompt without its white space, which a provider may trim or fold when it returns the prompt.
constexpr std::uint64_t hash_of_prompt(std::string_view prompt) noexcept {
    constexpr std::string_view white = " \t\r\n";
    auto hash = no_hash;
    for (const char c : prompt)
        if (white.find(c) == std::string_view::npos) hash = hashed(hash, c);
    return hash;
}

/// Spreads even a small number over all 64 bits.
constexpr std::uint64_t spread(std::uint64_t number) noexcept {
    number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9;
    number = (number ^ (number >> 27)) * 0x94D049BB133111EB;
    return number ^ (number >> 31);
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
