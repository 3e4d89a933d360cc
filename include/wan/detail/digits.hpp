// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Parses numbers in text.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

namespace wan::inline WAN_ABI::detail {

/// Parses all of `text` as a number without sign or spaces.
template <class Number = std::uint64_t>
std::optional<Number> digits_only(std::string_view text) noexcept {
    Number value = 0;
    if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
