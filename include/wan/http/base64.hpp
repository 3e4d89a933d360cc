// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Base64 (RFC 4648, section 4, padded), as `data:` URLs hold it.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace wan::inline WAN_ABI {

/// Writes the base64 digits of `bytes`, four for each three and padding at the end, to `to`, where there is
/// room for `base64_size` of them. A hook for those who have a faster one (simdutf).
using base64_encoder = void (*)(std::span<const std::byte> bytes, char* to) noexcept;

/// How many characters that many bytes become.
constexpr std::uint64_t base64_size(std::uint64_t bytes) noexcept { return (bytes + 2) / 3 * 4; }

/// The encoder that is used unless another one is given; as `base64_encoder` says.
WAN_DECL void encode_base64(std::span<const std::byte> bytes, char* to) noexcept;

/// How many bytes a base64 text stands for; nothing if it is empty or not well-formed.
WAN_DECL std::optional<std::uint64_t> base64_decoded_size(std::string_view text) noexcept;

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/http/impl/base64.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
