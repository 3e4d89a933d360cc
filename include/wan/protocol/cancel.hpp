// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The request that cancels a task, and what its response means.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/http/executor.hpp>
#include <wan/provider/provider.hpp>
#include <wan/provider/reply.hpp>
#include <wan/wire_name.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace wan::inline WAN_ABI {

/// Creates the request that cancels the task. DashScope cancels only what is PENDING (guide
/// "manage asynchronous tasks"). Fails with `invalid_request` if the service cancels nothing, or as
/// `make_query` does.
WAN_DECL result<http_request> make_cancel(const provider& provider, std::string_view task_id);

/// What the response to a cancel says about the task.
enum class cancel_verdict {
    canceled, ///< it will not be made; the next query says so
    refused,  ///< it continues: no longer pending, not known, or not this key's. `error` says why
    retry,    ///< nothing is known; asking again may help
};
BOOST_DESCRIBE_ENUM(cancel_verdict, canceled, refused, retry)

/// The response to a cancel, read.
struct cancel_reply {
    cancel_verdict verdict = cancel_verdict::retry;       ///< what to decide by
    wan::reply reply = {};                                ///< what the body says
    std::optional<wan::error> error = {};                 ///< unless canceled
    std::optional<std::chrono::seconds> retry_after = {}; ///< what Retry-After asks for
};

/// Reads the response to a cancel, or its absence: what went wrong is in the reply's `error`.
WAN_DECL cancel_reply parse_cancel(const dialect& d, const http_result& response);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/protocol/impl/cancel.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
