// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Characters of UTF-8 texts, counted and checked as `validate` does.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/detail/text.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace wan::inline WAN_ABI {

/// Returns the number of bytes of the first character; 0 if `text` is empty or does not begin with valid
/// UTF-8 (RFC 3629).
constexpr std::size_t first_character_size(std::string_view text) noexcept {
    return detail::utf8_sequence(text);
}

/// Returns the number of characters (code points), in which the limits of prompts are given; nothing if
/// `text` is not valid UTF-8.
constexpr std::optional<std::size_t> character_count(std::string_view text) noexcept {
    return detail::code_points(text);
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
