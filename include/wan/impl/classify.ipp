// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/http_date.hpp>
#include <wan/detail/text.hpp>
#include <wan/provider/classify.hpp>

#include <charconv>
#include <cstdint>
#include <string>

namespace wan {

WAN_DECL error describe_error(const dialect& d, const reply& r, const http_response& response) {
    error e{.category = classify(d, has_error(d, r) ? std::string_view{r.code} : std::string_view{}, response.status),
            .message = r.message,
            .code = r.code,
            .http_status = response.status,
            .request_id = r.request_id,
            .task_id = r.task_id};
    if (!e.message.empty()) return e;
    if (response.status >= 300 && response.status < 400) {
        const auto* target = find_header(response.headers, "Location");
        e.message = "redirected" + (target ? " to " + detail::printable(*target, 200) : std::string{}) +
                    ", which is not followed because the key would travel along; check the base URL";
    } else {
        e.message = "HTTP " + std::to_string(response.status) + " without a reason";
        if (!response.body.empty()) e.message += "; the reply begins: " + detail::printable(response.body, 120);
    }
    return e;
}

WAN_DECL std::optional<std::chrono::seconds> retry_after(const http_response& response) noexcept {
    const auto* value = find_header(response.headers, "Retry-After");
    if (value == nullptr) return std::nullopt;
    if (const auto until = detail::parse_http_date(*value)) {
        const auto* date = find_header(response.headers, "Date");
        const auto now = date != nullptr ? detail::parse_http_date(*date) : std::nullopt;
        if (!now || *until < *now) return std::nullopt;
        return *until - *now;
    }
    std::uint32_t seconds = 0;
    const auto [end, failure] = std::from_chars(value->data(), value->data() + value->size(), seconds);
    if (failure != std::errc{} || end != value->data() + value->size()) return std::nullopt;
    return std::chrono::seconds{seconds};
}

} // namespace wan
