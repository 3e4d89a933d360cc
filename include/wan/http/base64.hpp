// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// Base64 (RFC 4648, section 4, padded), as `data:` URLs hold it.
#pragma once

#include <boost/endian/conversion.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>

namespace wan {

/// Writes the base64 digits of `bytes`, four for each three and padding at the end, to `to`, where there is room for
/// `base64_size` of them. A hook for those who have a faster one (simdutf).
using base64_encoder = void (*)(std::span<const std::byte> bytes, char* to) noexcept;

/// How many characters that many bytes become.
constexpr std::uint64_t base64_size(std::uint64_t bytes) noexcept { return (bytes + 2) / 3 * 4; }

namespace detail {

inline constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The two digits of each twelve bits, side by side.
inline constexpr auto base64_pairs = [] {
    std::array<std::array<char, 2>, 4096> pairs{};
    for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i] = {base64_digits[i / 64], base64_digits[i % 64]};
    return pairs;
}();

inline void write_pair(char* to, std::uint64_t twelve_bits) noexcept { std::memcpy(to, base64_pairs[twelve_bits & 0xFFF].data(), 2); }

inline std::uint64_t six_bytes(const std::byte* from) noexcept {
    return boost::endian::load_big_u64(reinterpret_cast<const unsigned char*>(from)) >> 16;
}

inline constexpr std::uint8_t no_base64_digit = 0xFF;
inline constexpr auto base64_values = [] {
    std::array<std::uint8_t, 256> values{};
    values.fill(no_base64_digit);
    for (std::size_t i = 0; i < base64_digits.size(); ++i) values[static_cast<unsigned char>(base64_digits[i])] = static_cast<std::uint8_t>(i);
    return values;
}();

} // namespace detail

inline void encode_base64(std::span<const std::byte> bytes, char* to) noexcept {
    const std::byte* from = bytes.data();
    auto left = bytes.size();
    for (; left >= 8; left -= 6, from += 6, to += 8) { // reads two more than it takes
        const auto bits = detail::six_bytes(from);
        detail::write_pair(to, bits >> 36);
        detail::write_pair(to + 2, bits >> 24);
        detail::write_pair(to + 4, bits >> 12);
        detail::write_pair(to + 6, bits);
    }
    for (; left >= 3; left -= 3, from += 3, to += 4) {
        const auto bits = std::to_integer<std::uint64_t>(from[0]) << 16 | std::to_integer<std::uint64_t>(from[1]) << 8 |
                          std::to_integer<std::uint64_t>(from[2]);
        detail::write_pair(to, bits >> 12);
        detail::write_pair(to + 2, bits);
    }
    if (left == 0) return;
    const auto bits = std::to_integer<std::uint64_t>(from[0]) << 16 | (left == 2 ? std::to_integer<std::uint64_t>(from[1]) << 8 : 0);
    detail::write_pair(to, bits >> 12);
    detail::write_pair(to + 2, bits);
    if (left == 1) to[2] = '=';
    to[3] = '=';
}

/// How many bytes a base64 text stands for; nothing if it is empty or not well-formed.
constexpr std::optional<std::uint64_t> base64_decoded_size(std::string_view text) noexcept {
    if (text.empty() || text.size() % 4 != 0) return std::nullopt;
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    for (const char c : text.substr(0, text.size() - padding))
        if (detail::base64_values[static_cast<unsigned char>(c)] == detail::no_base64_digit) return std::nullopt;
    return text.size() / 4 * 3 - padding;
}

} // namespace wan
