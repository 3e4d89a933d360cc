// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Determines from a video's signed URL when the URL expires.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace wan::inline WAN_ABI {

/// Returns when a signed URL expires, according to its parameters: `Expires`, or the date and the validity
/// that S3, OSS and TOS write into URLs. Returns nothing if the URL has no such parameters. The provider may
/// nevertheless document how long it keeps videos (`model_limits::video_url_lifetime`).
WAN_DECL std::optional<std::chrono::sys_seconds> expires_at(std::string_view video_url);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/video/impl/url_expiry.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
