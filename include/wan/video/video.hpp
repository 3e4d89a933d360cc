// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// A finished video: its URL, and how long the URL is valid.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/provider/reply.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace wan::inline WAN_ABI {

/// A finished video. Thread safety: a value; const access from several threads is safe.
struct video {
    std::string url = {}; ///< signed: anyone who has it can fetch the video. Never send the API key to it
    /// When the URL expires, if known.
    std::optional<std::chrono::sys_seconds> expires_at = {};
    /// How long the URL is valid after the response, if the provider reports a duration instead.
    std::optional<std::chrono::seconds> valid_for = {};
};

/// Returns the video that a reply names. `lifetime` is the time for which the provider's URLs are valid after
/// the task's end.
WAN_DECL video video_of(const reply& r, std::chrono::hours lifetime);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/video/impl/video.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
