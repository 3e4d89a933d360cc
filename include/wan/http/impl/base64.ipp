// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/http/base64.hpp>
#include <wan/http/detail/base64_tables.hpp>

#include <boost/endian/conversion.hpp>

#include <cstring>

namespace wan::inline WAN_ABI {

namespace detail {

inline void write_pair(char* to, std::uint64_t twelve_bits) noexcept {
    std::memcpy(to, base64_pairs[twelve_bits & 0xFFF].data(), 2);
}

inline std::uint64_t six_bytes(const std::byte* from) noexcept {
    return boost::endian::load_big_u64(reinterpret_cast<const unsigned char*>(from)) >> 16;
}

} // namespace detail

WAN_DECL void encode_base64(std::span<const std::byte> bytes, char* to) noexcept {
    const std::byte* from = bytes.data();
    auto left = bytes.size();
    for (; left >= 8; left -= 6, from += 6, to += 8) { // loads two bytes more than it encodes
        const auto bits = detail::six_bytes(from);
        detail::write_pair(to, bits >> 36);
        detail::write_pair(to + 2, bits >> 24);
        detail::write_pair(to + 4, bits >> 12);
        detail::write_pair(to + 6, bits);
    }
    for (; left >= 3; left -= 3, from += 3, to += 4) {
        const auto bits = std::to_integer<std::uint64_t>(from[0]) << 16 |
                          std::to_integer<std::uint64_t>(from[1]) << 8 |
                          std::to_integer<std::uint64_t>(from[2]);
        detail::write_pair(to, bits >> 12);
        detail::write_pair(to + 2, bits);
    }
    if (left == 0) return;
    const auto bits = std::to_integer<std::uint64_t>(from[0]) << 16 |
                      (left == 2 ? std::to_integer<std::uint64_t>(from[1]) << 8 : 0);
    detail::write_pair(to, bits >> 12);
    detail::write_pair(to + 2, bits);
    if (left == 1) to[2] = '=';
    to[3] = '=';
}

WAN_DECL std::optional<std::uint64_t> base64_decoded_size(std::string_view text) noexcept {
    if (text.empty() || text.size() % 4 != 0) return std::nullopt;
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    for (const char c : text.substr(0, text.size() - padding))
        if (detail::base64_values[static_cast<unsigned char>(c)] == detail::no_base64_digit)
            return std::nullopt;
    return text.size() / 4 * 3 - padding;
}

} // namespace wan::inline WAN_ABI
