// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The interface to the caller's HTTP: what an executor is, and what it reports.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/http/message.hpp>
#include <wan/result.hpp>
#include <wan/wire_name.hpp>

#include <concepts>
#include <string>

namespace wan::inline WAN_ABI {

/// Whether the service may have seen a request without a response.
enum class delivery {
    /// Certainly not one byte left: name look-up, connect or TLS failed; or the body broke off before its
    /// end. Safe to send again.
    not_sent,
    maybe_sent, ///< anything else. A submit that may have been sent is never repeated.
};
BOOST_DESCRIBE_ENUM(delivery, not_sent, maybe_sent)

/// No usable HTTP response: network, timeout, reply over `max_reply_bytes`, aborted by the caller.
struct transport_error {
    delivery sent = delivery::maybe_sent; ///< when in doubt, maybe_sent
    std::string message = {};             ///< for a log or a person; nothing is decided by it
};

/// What `http_result::value()` does with an error: throws a `std::runtime_error` that says `e.message`.
[[noreturn]] WAN_DECL void throw_exception_from_error(const transport_error& e);

/// How an exchange ended.
using http_result = result<http_response, transport_error>;

/// A callable that carries out one exchange and returns how it ended: an `http_result`, or an `http_response`
/// of any status or a `transport_error` alone. A lambda that returns both says `-> wan::http_result`. See
/// `http_request` for what it must not do, and
/// \ref drivers-what-an-executor-must-do.
template <class E>
concept http_executor = requires(E& execute, const http_request& request) {
    { execute(request) } -> std::convertible_to<http_result>;
};

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/http/impl/executor.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
