// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/provider/detail/service_time.hpp>
#include <wan/video/url_expiry.hpp>
#include <wan/video/video.hpp>

#include <cstdint>

namespace wan::inline WAN_ABI {

WAN_DECL video video_of(const reply& r, std::chrono::hours lifetime) {
    auto expires_at = wan::expires_at(r.video_url);
    if (const auto end = detail::parse_service_time(r.end_time); !expires_at && end && lifetime.count() > 0)
        expires_at = *end + lifetime;
    constexpr double a_year = 365 * 24 * 3600;
    std::optional<std::chrono::seconds> valid_for;
    if (r.video_url_ttl && *r.video_url_ttl > 0 && *r.video_url_ttl <= a_year)
        valid_for = std::chrono::seconds{static_cast<std::int64_t>(*r.video_url_ttl)};
    return {r.video_url, expires_at, valid_for};
}

} // namespace wan::inline WAN_ABI
