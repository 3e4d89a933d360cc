// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Maps HTTP statuses and error codes to error categories.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/error.hpp>
#include <wan/http/executor.hpp>
#include <wan/provider/provider.hpp>
#include <wan/provider/reply.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace wan::inline WAN_ABI {

/// Classifies an error by the HTTP status alone. Returns `protocol` if the status is not from 300 to 599.
WAN_DECL error_category classify(unsigned http_status) noexcept;

/// Classifies an error by its code. If the whole code is unknown, its last parts are removed one by one until
/// a known code is left. If none is left, the HTTP status decides. The status alone is ambiguous: 429 means
/// both "too fast" and "bill overdue", which need different reactions.
WAN_DECL error_category classify(const dialect& d, std::string_view code, unsigned http_status) noexcept;

namespace detail {

/// Returns whether a repeated request may succeed later.
constexpr bool may_pass(error_category category) noexcept {
    return category == error_category::throttled || category == error_category::unavailable ||
           category == error_category::server || category == error_category::protocol;
}

/// Returns whether the error is about the key or the account, not about the request.
constexpr bool is_about_account(error_category category) noexcept {
    return category == error_category::authentication || category == error_category::permission ||
           category == error_category::billing;
}

} // namespace detail

/// Returns whether the error is transient: the same query may succeed later. This does not apply to submits:
/// a submit that may have been accepted must not be sent again. See `submit_verdict`.
constexpr bool is_transient(error_category category) noexcept {
    return category == error_category::transport || detail::may_pass(category);
}

/// Returns whether the reply has an error code. Codes that mean success, everywhere or in this dialect, are
/// ignored.
WAN_DECL bool has_error(const dialect& d, const reply& r) noexcept;

/// Returns the error that the provider reported, with its category. If the provider sent no message, this
/// function adds one.
WAN_DECL error describe_error(const dialect& d, const reply& r, const http_response& response);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/protocol/impl/errors.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
