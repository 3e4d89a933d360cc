// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Lookup tables for base64 digits.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

inline constexpr std::string_view base64_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The two digits for each value of 12 bits.
inline constexpr auto base64_pairs = [] {
    std::array<std::array<char, 2>, 4096> pairs{};
    for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i] = {base64_digits[i / 64], base64_digits[i % 64]};
    return pairs;
}();

inline constexpr std::uint8_t no_base64_digit = 0xFF;
inline constexpr auto base64_values = [] {
    std::array<std::uint8_t, 256> values{};
    values.fill(no_base64_digit);
    for (std::size_t i = 0; i < base64_digits.size(); ++i)
        values[static_cast<unsigned char>(base64_digits[i])] = static_cast<std::uint8_t>(i);
    return values;
}();

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
