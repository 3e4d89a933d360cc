// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The interface to the caller's HTTP client: the executor concept, and the outcomes that an executor
/// reports.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/http/message.hpp>
#include <wan/result.hpp>
#include <wan/wire_name.hpp>

#include <concepts>
#include <string>

namespace wan::inline WAN_ABI {

/// Whether the provider may have received a request that got no response.
enum class delivery {
    /// The server certainly did not receive a complete request: name resolution, connect or TLS failed, or
    /// the body was cut short before its end. The request can safely be sent again.
    not_sent,
    maybe_sent, ///< every other case. A submit that may have been sent is never repeated.
};
BOOST_DESCRIBE_ENUM(delivery, not_sent, maybe_sent)

/// The outcome of an exchange without a usable response: network failure, timeout, a response over
/// `max_reply_bytes`, or an abort by the caller.
struct transport_error {
    delivery sent = delivery::maybe_sent; ///< when in doubt, maybe_sent
    std::string message = {};             ///< for logs and users; the library does not interpret it
};

/// Throws a `std::runtime_error` with the text `e.message`. Called by `http_result::value()`.
[[noreturn]] WAN_DECL void throw_exception_from_error(const transport_error& e);

/// The outcome of an exchange.
using http_result = result<http_response, transport_error>;

/// A callable that carries out one HTTP exchange and returns its outcome, an `http_result`. If it always
/// returns the same alternative, its return type may be `http_response` or `transport_error`. A lambda that
/// returns both needs `-> wan::http_result`. For what an executor must and must not do, see `http_request`
/// and \ref drivers-what-an-executor-must-do.
/// \code
/// auto execute = [](const wan::http_request& request) -> wan::http_result {
///     if (!connect(request.url)) return wan::transport_error{wan::delivery::not_sent, "no connection"};
///     return wan::http_response{.status = 200, .headers = {}, .body = exchange(request)};
/// };
/// static_assert(wan::http_executor<decltype(execute)>);
/// \endcode
template <class E>
concept http_executor = requires(E& execute, const http_request& request) {
    { execute(request) } -> std::convertible_to<http_result>;
};

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/http/impl/executor.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
