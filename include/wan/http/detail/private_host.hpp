// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Detects hosts that can be reached only from the same machine or network.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/detail/text.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// Parses an IPv4 address in every form that resolvers accept: one to four numbers, in decimal, in
/// hexadecimal with the prefix 0x, or in octal with the prefix 0. The last number fills the remaining bytes
/// (127.1, 0x7f000001).
constexpr std::optional<std::uint32_t> ipv4(std::string_view host) noexcept {
    std::array<std::uint64_t, 4> parts{};
    std::size_t n = 0;
    for (bool more = true; more; ++n) {
        if (n == parts.size()) return std::nullopt;
        const auto dot = host.find('.');
        auto text = host.substr(0, dot);
        more = dot != std::string_view::npos;
        if (more) host.remove_prefix(dot + 1);
        if (text.empty()) return std::nullopt;
        unsigned base = 10;
        if (text.size() > 1 && text[0] == '0') {
            const bool is_hex = text[1] == 'x' || text[1] == 'X';
            base = is_hex ? 16 : 8;
            text.remove_prefix(is_hex ? 2 : 1);
        }
        if (text.size() > 11) return std::nullopt;
        for (const char c : text) {
            const auto digit = digit_value(c, base);
            if (!digit) return std::nullopt;
            parts[n] = parts[n] * base + *digit;
        }
    }
    std::uint64_t address = 0;
    for (std::size_t i = 0; i + 1 < n; ++i) {
        if (parts[i] > 255) return std::nullopt;
        address |= parts[i] << (24 - 8 * i);
    }
    if (parts[n - 1] >> (8 * (5 - n)) != 0) return std::nullopt;
    return static_cast<std::uint32_t>(address | parts[n - 1]);
}

/// Parses one to four hexadecimal digits.
constexpr std::optional<std::uint16_t> hex_group(std::string_view text) noexcept {
    if (text.empty() || text.size() > 4) return std::nullopt;
    std::uint32_t value = 0;
    for (const char c : text) {
        const auto digit = digit_value(c, 16);
        if (!digit) return std::nullopt;
        value = value * 16 + *digit;
    }
    return static_cast<std::uint16_t>(value);
}

/// Parses an IPv6 address without brackets or zone; the last 32 bits may be written as IPv4.
constexpr std::optional<std::array<std::uint16_t, 8>> ipv6(std::string_view text) noexcept {
    std::array<std::uint16_t, 8> groups{};
    std::size_t n = 0, gap = groups.size() + 1;
    if (text.starts_with("::")) {
        gap = 0;
        text.remove_prefix(2);
    }
    while (!text.empty()) {
        const auto colon = text.find(':');
        const auto group = text.substr(0, colon);
        if (colon == std::string_view::npos && group.find('.') != std::string_view::npos) {
            const auto last = ipv4(group);
            if (!last || n + 2 > groups.size()) return std::nullopt;
            groups[n++] = static_cast<std::uint16_t>(*last >> 16);
            groups[n++] = static_cast<std::uint16_t>(*last & 0xFFFF);
            break;
        }
        if (n == groups.size()) return std::nullopt;
        const auto value = hex_group(group);
        if (!value) return std::nullopt;
        groups[n++] = *value;
        if (colon == std::string_view::npos) break;
        text.remove_prefix(colon + 1);
        if (text.starts_with(':')) {
            if (gap <= groups.size()) return std::nullopt;
            gap = n;
            text.remove_prefix(1);
        } else if (text.empty()) {
            return std::nullopt;
        }
    }
    if (gap > groups.size()) return n == groups.size() ? std::optional{groups} : std::nullopt;
    std::array<std::uint16_t, 8> all{};
    for (std::size_t i = 0; i < gap; ++i) all[i] = groups[i];
    for (std::size_t i = gap; i < n; ++i) all[all.size() - (n - i)] = groups[i];
    return all;
}

struct address_block {
    std::uint32_t address;
    int prefix;
};

/// Address blocks that are not public (RFC 1122, 1918, 3927, 6598).
inline constexpr address_block private_blocks[] = {
    {0x00000000, 8},  // 0.0.0.0/8, this host
    {0x0A000000, 8},  // 10.0.0.0/8
    {0x64400000, 10}, // 100.64.0.0/10, carrier-grade NAT and overlay networks
    {0x7F000000, 8},  // 127.0.0.0/8
    {0xA9FE0000, 16}, // 169.254.0.0/16
    {0xAC100000, 12}, // 172.16.0.0/12
    {0xC0A80000, 16}, // 192.168.0.0/16
};

constexpr bool is_private(std::uint32_t address) noexcept {
    for (const auto& block : private_blocks)
        if ((address ^ block.address) >> (32 - block.prefix) == 0) return true;
    return false;
}

constexpr bool ends_with_ignoring_case(std::string_view text, std::string_view end) noexcept {
    return text.size() >= end.size() && equal_ignoring_case(text.substr(text.size() - end.size()), end);
}

/// Returns whether the host can be reached only from the same machine or network: localhost, *.local, or a
/// loopback, private or link-local address. `host` is in the form of `url_view::host`. Names are not
/// resolved.
constexpr bool is_private_host(std::string_view host) noexcept {
    if (host.starts_with('[') && host.ends_with(']')) {
        auto text = host.substr(1, host.size() - 2);
        text = text.substr(0, text.find('%'));
        const auto address = ipv6(text);
        if (!address) return false;
        const auto& a = *address;
        bool is_low = true; // the first 80 bits are 0, as in ::/96 and ::ffff:0:0/96
        for (std::size_t i = 0; i < 5; ++i) is_low = is_low && a[i] == 0;
        if (is_low && (a[5] == 0 || a[5] == 0xFFFF)) {
            const auto low = std::uint32_t{a[6]} << 16 | a[7];
            return is_private(low); // this includes ::1 and ::
        }
        return (a[0] & 0xFE00) == 0xFC00 || (a[0] & 0xFFC0) == 0xFE80;
    }
    if (host.ends_with('.')) host.remove_suffix(1);
    if (const auto address = ipv4(host)) return is_private(*address);
    return equal_ignoring_case(host, "localhost") || ends_with_ignoring_case(host, ".localhost") ||
           ends_with_ignoring_case(host, ".local");
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
