// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The request that creates a task, and the meaning of its response.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/http/executor.hpp>
#include <wan/protocol/submit_verdict.hpp>
#include <wan/provider/provider.hpp>
#include <wan/provider/reply.hpp>
#include <wan/validation/strictness.hpp>

#include <chrono>
#include <optional>
#include <string_view>
#include <variant>

namespace wan::inline WAN_ABI {

/// Creates the HTTP request that creates the task. Fails with `invalid_request` and all violations if one of
/// them makes the request invalid. Also fails if a medium must be uploaded first; a `task` uploads it
/// automatically. Bytes that are sent within the HTTP request are not copied: the HTTP request refers to
/// them.
template <class Request>
result<http_request> make_submit(const provider& provider, const Request& request,
                                 strictness strict = strictness::standard);

/// Overload for a request whose job is known at run time.
template <class... Requests>
result<http_request> make_submit(const provider& provider, const std::variant<Requests...>& request,
                                 strictness strict = strictness::standard) {
    return std::visit([&](const auto& r) { return make_submit(provider, r, strict); }, request);
}

/// The parsed response to a submit.
struct submit_reply {
    submit_verdict verdict = submit_verdict::unknown;     ///< the meaning of the response
    wan::reply reply = {};                                ///< the parsed body
    std::optional<wan::error> error = {};                 ///< set unless accepted
    std::optional<std::chrono::seconds> retry_after = {}; ///< the wait that Retry-After asks for
    /// For `unknown`: whether the provider named a task, or may have named one, but not by an id that a
    /// request can use.
    bool names_a_task = false;
};

/// Parses the response to a submit, or the transport error. Never fails: errors are in `submit_reply::error`.
WAN_DECL submit_reply parse_submit(const dialect& d, const http_result& response);

namespace detail {

/// Same as `parse_submit`, with `advice` in the error of an unconfirmed submit.
WAN_DECL submit_reply parse_submit(const dialect& d, const http_result& response, std::string_view advice);

} // namespace detail

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/protocol/impl/submit.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
