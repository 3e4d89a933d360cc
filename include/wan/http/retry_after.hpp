// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// How long a response asks to wait before the next request.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/http/message.hpp>

#include <chrono>
#include <optional>

namespace wan::inline WAN_ABI {

/// How long a Retry-After header asks to wait (RFC 9110): its seconds, or its date less that of the Date
/// header beside it, because nothing here knows the time. Nothing if there is none, or none that can be read.
WAN_DECL std::optional<std::chrono::seconds> retry_after(const http_response& response) noexcept;

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/http/impl/retry_after.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
