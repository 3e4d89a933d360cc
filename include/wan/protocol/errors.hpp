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

/// What the status alone says; `protocol` for one that is none.
WAN_DECL error_category classify(unsigned http_status) noexcept;

/// The code first, from its whole name to its first part, then the HTTP status: one status stands for errors
/// that need different reactions (429 for "too fast" and for "bill overdue").
WAN_DECL error_category classify(const dialect& d, std::string_view code, unsigned http_status) noexcept;

namespace detail {

/// Whether a repeated request may succeed later.
constexpr bool may_pass(error_category category) noexcept {
    return category == error_category::throttled || category == error_category::unavailable ||
           category == error_category::server || category == error_category::protocol;
}

} // namespace detail

/// Returns whether the same query may get another response later. Of a submit this says nothing: what may
/// have been accepted must not be sent again, see `submit_verdict`.
constexpr bool is_transient(error_category category) noexcept {
    return category == error_category::transport || detail::may_pass(category);
}

/// Whether the reply carries an error code: any but those that mean success everywhere, or here.
WAN_DECL bool has_error(const dialect& d, const reply& r) noexcept;

/// Returns the error that the service reported, with a category, and with a message if it sent none.
WAN_DECL error describe_error(const dialect& d, const reply& r, const http_response& response);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/protocol/impl/errors.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
