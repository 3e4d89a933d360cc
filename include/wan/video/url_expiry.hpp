// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// When the signed URL of a video stops working.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace wan::inline WAN_ABI {

/// Returns when a signed URL stops working, by its parameters: `Expires`, or a date and a validity of S3, OSS
/// or TOS. Nothing if it has none of them; the service may document how long it keeps videos
/// (`model_limits::video_url_lifetime`).
WAN_DECL std::optional<std::chrono::sys_seconds> expires_at(std::string_view video_url);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/video/impl/url_expiry.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
