// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/http/detail/http_date.hpp>
#include <wan/http/message.hpp>
#include <wan/task/wall_clock.hpp>

namespace wan::inline WAN_ABI {

WAN_DECL std::optional<std::chrono::sys_seconds> date_of(const http_result& answer) noexcept {
    const auto* header = answer ? find_header(answer->headers, "Date") : nullptr;
    return header != nullptr ? detail::parse_http_date(*header) : std::nullopt;
}

WAN_DECL bool agrees(const wall_clock& clock, const http_result& answer, time_point now) {
    const auto date = date_of(answer);
    return date && clock.is_known() && *date > clock(now) - clock_tolerance &&
           *date < clock(now) + clock_tolerance;
}

} // namespace wan::inline WAN_ABI
