// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Looks up error codes, both a dialect's and common ones.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/error.hpp>
#include <wan/provider/dialect.hpp>

#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// Returns the row of the code or, if there is no such row, of as many of its first parts as possible.
/// Returns null if no row matches.
inline const error_word* find_error(const dialect& d, std::string_view code) noexcept {
    while (!code.empty()) {
        for (const auto& row : d.errors)
            if (row.code == code) return &row;
        const auto dot = code.rfind('.');
        code = code.substr(0, dot == std::string_view::npos ? 0 : dot);
    }
    return nullptr;
}

/// Error words that relays use in OpenAI's format, whatever provider is behind them; case-insensitive. A row
/// of the dialect takes precedence.
inline constexpr error_word common_errors[] = {
    {"insufficient_quota", error_category::billing},
    {"insufficient_user_quota", error_category::billing},
    {"insufficient_balance", error_category::billing},
    {"pre_consume_token_quota_failed", error_category::billing},
    {"billing_hard_limit_reached", error_category::billing},
    {"billing_not_active", error_category::billing},
    {"model_not_found", error_category::not_found},
    {"model_not_exist", error_category::not_found},
    {"not_found_error", error_category::not_found},
    {"task_not_exist", error_category::not_found},
    {"task_not_found", error_category::not_found},
    {"invalid_api_key", error_category::authentication},
    {"authentication_error", error_category::authentication},
    {"permission_error", error_category::permission},
    {"content_policy_violation", error_category::content_rejected},
    {"invalid_request_error", error_category::invalid_request},
    {"rate_limit_exceeded", error_category::throttled},
    {"rate_limit_error", error_category::throttled},
    {"too_many_requests", error_category::throttled},
    {"server_error", error_category::server},
    {"internal_server_error", error_category::server},
    {"upstream_error", error_category::server},
    {"do_request_failed", error_category::server},
};

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
