// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace wan::inline WAN_ABI::detail {

/// Writes a hash as hexadecimal digits, as in a resume token.
inline std::string show_hash(std::uint64_t hash) {
    char digits[16];
    const auto end = std::to_chars(digits, digits + sizeof digits, hash, 16).ptr;
    return {digits, end};
}

inline std::optional<std::uint64_t> read_hash(std::string_view text) noexcept {
    std::uint64_t hash = 0;
    const auto* const end = text.data() + text.size();
    const auto [at, failure] = std::from_chars(text.data(), end, hash, 16);
    return failure == std::errc{} && at == end ? std::optional{hash} : std::nullopt;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
