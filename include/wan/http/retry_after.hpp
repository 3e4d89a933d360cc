// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The wait that a response requests before the next request.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/http/message.hpp>

#include <chrono>
#include <optional>

namespace wan::inline WAN_ABI {

/// Returns the wait that a Retry-After header requests (RFC 9110). The header contains either seconds or a
/// date. The wait until that date is counted from the Date header, because the library has no clock. Returns
/// nothing if Retry-After is missing or cannot be parsed.
WAN_DECL std::optional<std::chrono::seconds> retry_after(const http_response& response) noexcept;

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/http/impl/retry_after.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
