// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/digits.hpp>
#include <wan/http/detail/http_date.hpp>
#include <wan/http/retry_after.hpp>

#include <cstdint>

namespace wan::inline WAN_ABI {

WAN_DECL std::optional<std::chrono::seconds> retry_after(const http_response& response) noexcept {
    const auto* value = find_header(response.headers, "Retry-After");
    if (value == nullptr) return std::nullopt;
    if (const auto until = detail::parse_http_date(*value)) {
        const auto* date = find_header(response.headers, "Date");
        const auto now = date != nullptr ? detail::parse_http_date(*date) : std::nullopt;
        if (!now || *until < *now) return std::nullopt;
        return *until - *now;
    }
    const auto seconds = detail::digits_only<std::uint32_t>(*value);
    return seconds ? std::optional{std::chrono::seconds{*seconds}} : std::nullopt;
}

} // namespace wan::inline WAN_ABI
