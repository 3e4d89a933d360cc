// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The request that creates a task, and what its response means.
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
#include <variant>

namespace wan::inline WAN_ABI {

/// The request that creates the task. Fails with `invalid_request` and all violations, and builds nothing, if
/// one of them refuses it; and if a medium must be uploaded first, which a task does by itself. Bytes that go
/// within it are referred to, not copied.
template <class Request>
result<http_request> make_submit(const provider& provider, const Request& request,
                                 strictness strict = strictness::standard);

/// The same, of a request whose job is known at run time.
template <class... Requests>
result<http_request> make_submit(const provider& provider, const std::variant<Requests...>& request,
                                 strictness strict = strictness::standard) {
    return std::visit([&](const auto& r) { return make_submit(provider, r, strict); }, request);
}

/// The response to a submit, read.
struct submit_reply {
    submit_verdict verdict = submit_verdict::unknown;     ///< what to decide by
    wan::reply reply = {};                                ///< what the body says
    std::optional<wan::error> error = {};                 ///< unless accepted
    std::optional<std::chrono::seconds> retry_after = {}; ///< what Retry-After asks for
    /// Of `unknown`: the service named a task, or may have, in a form that no request can be made of.
    bool names_a_task = false;
};

/// Reads the response to a submit, or its absence: what went wrong is in the reply's `error`.
WAN_DECL submit_reply parse_submit(const dialect& d, const http_result& response);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/protocol/impl/submit.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
