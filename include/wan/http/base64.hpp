// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Base64 (RFC 4648, section 4, padded), as used in `data:` URLs.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace wan::inline WAN_ABI {

/// Writes the base64 digits of `bytes` to `to`: four for every three bytes, padded at the end. `to` must have
/// space for `base64_size(bytes.size())` characters. Callers may supply a faster implementation, such as
/// simdutf's.
using base64_encoder = void (*)(std::span<const std::byte> bytes, char* to) noexcept;

/// Returns the number of base64 characters for this number of bytes.
constexpr std::uint64_t base64_size(std::uint64_t bytes) noexcept { return (bytes + 2) / 3 * 4; }

/// The default encoder; see `base64_encoder`.
WAN_DECL void encode_base64(std::span<const std::byte> bytes, char* to) noexcept;

/// Returns the number of bytes that a base64 text encodes; nothing if the text is empty or not well-formed.
WAN_DECL std::optional<std::uint64_t> base64_decoded_size(std::string_view text) noexcept;

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/http/impl/base64.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
