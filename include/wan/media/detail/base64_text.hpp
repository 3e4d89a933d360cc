// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The payload of a data URL as bytes.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/byte_source.hpp>
#include <wan/http/detail/base64_tables.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// The bytes that the text of a data URL encodes. Only the bytes that are read are decoded.
class base64_text final : public byte_source {
public:
    constexpr base64_text(std::string_view digits, std::uint64_t size) noexcept
        : digits_(digits), size_(size) {}
    constexpr ~base64_text() override {}

    constexpr std::uint64_t size() const noexcept override { return size_; }
    constexpr std::size_t read(std::uint64_t offset, std::span<std::byte> to) const noexcept override {
        std::size_t n = 0;
        for (; n < to.size() && offset + n < size_; ++n) to[n] = at(static_cast<std::size_t>(offset) + n);
        return n;
    }

private:
    constexpr std::byte at(std::size_t i) const noexcept {
        const auto value = [&](std::size_t digit) {
            return base64_values[static_cast<unsigned char>(digits_[digit])];
        };
        const auto first = i / 3 * 4 + i % 3; // the digit in which the byte begins
        const auto shift = 2 * (i % 3 + 1);
        return static_cast<std::byte>((value(first) << shift | value(first + 1) >> (6 - shift)) & 0xFF);
    }

    std::string_view digits_;
    std::uint64_t size_;
};

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
