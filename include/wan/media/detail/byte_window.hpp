// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// A small window onto a medium's bytes, and the numbers in this window.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/byte_source.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// At most 64 bytes from one position. Bytes that were not read are 0.
class byte_window {
public:
    static constexpr std::size_t capacity = 64;

    constexpr byte_window() = default;
    constexpr byte_window(const byte_source& source, std::uint64_t offset, std::size_t wanted) noexcept {
        count_ = read_from(source, offset, std::span(bytes_).first(wanted));
        complete_ = count_ == wanted;
    }

    /// Returns whether all requested bytes were read.
    constexpr explicit operator bool() const noexcept { return complete_; }
    constexpr std::size_t count() const noexcept { return count_; }

    constexpr std::uint8_t u8(std::size_t at) const noexcept {
        return std::to_integer<std::uint8_t>(bytes_[at]);
    }
    constexpr std::uint16_t be16(std::size_t at) const noexcept {
        return static_cast<std::uint16_t>(big_endian(at, 2));
    }
    constexpr std::uint32_t be32(std::size_t at) const noexcept {
        return static_cast<std::uint32_t>(big_endian(at, 4));
    }
    constexpr std::uint64_t be64(std::size_t at) const noexcept { return big_endian(at, 8); }
    constexpr std::uint16_t le16(std::size_t at) const noexcept {
        return static_cast<std::uint16_t>(little_endian(at, 2));
    }
    constexpr std::uint32_t le24(std::size_t at) const noexcept {
        return static_cast<std::uint32_t>(little_endian(at, 3));
    }
    constexpr std::uint32_t le32(std::size_t at) const noexcept {
        return static_cast<std::uint32_t>(little_endian(at, 4));
    }

    constexpr bool has(std::size_t at, std::string_view text) const noexcept {
        for (std::size_t i = 0; i < text.size(); ++i)
            if (u8(at + i) != static_cast<std::uint8_t>(text[i])) return false;
        return at + text.size() <= count_;
    }

private:
    constexpr std::uint64_t big_endian(std::size_t at, std::size_t n) const noexcept {
        std::uint64_t number = 0;
        for (std::size_t i = 0; i < n; ++i) number = number << 8 | u8(at + i);
        return number;
    }
    constexpr std::uint64_t little_endian(std::size_t at, std::size_t n) const noexcept {
        std::uint64_t number = 0;
        for (std::size_t i = n; i > 0; --i) number = number << 8 | u8(at + i - 1);
        return number;
    }

    std::array<std::byte, capacity> bytes_{};
    std::size_t count_ = 0;
    bool complete_ = false;
};

/// Interprets 32 bits as a two's complement number.
constexpr std::int64_t signed_32(std::uint32_t bits) noexcept { return static_cast<std::int32_t>(bits); }

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
