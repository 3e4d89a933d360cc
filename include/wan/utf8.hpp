// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Counts and checks UTF-8 characters in the same way as `validate`.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/detail/text.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace wan::inline WAN_ABI {

/// Returns the number of bytes of the first character. Returns 0 if `text` is empty or does not begin with
/// valid UTF-8 (RFC 3629).
constexpr std::size_t first_character_size(std::string_view text) noexcept {
    return detail::utf8_sequence(text);
}

/// Returns the number of characters (code points), in which the limits of prompts are stated. Returns nothing
/// if `text` is not valid UTF-8.
constexpr std::optional<std::size_t> character_count(std::string_view text) noexcept {
    return detail::code_points(text);
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
