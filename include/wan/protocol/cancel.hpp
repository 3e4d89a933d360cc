// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The request that cancels a task, and the meaning of its response.
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

/// Creates the request that cancels the task. DashScope cancels only PENDING tasks (guide "manage
/// asynchronous tasks"). Fails with `invalid_request` if the provider cannot cancel tasks. Also fails where
/// `make_query` would fail.
WAN_DECL result<http_request> make_cancel(const provider& provider, std::string_view task_id);

/// The meaning of the response to a cancel.
enum class cancel_verdict {
    canceled, ///< there will be no video; the next query reports this
    /// Not canceled: the task is no longer pending, is unknown, or belongs to another key; see `error`.
    refused,
    retry, ///< it is unknown whether the task was canceled; a repeated cancel may help
};
BOOST_DESCRIBE_ENUM(cancel_verdict, canceled, refused, retry)

/// The parsed response to a cancel.
struct cancel_reply {
    cancel_verdict verdict = cancel_verdict::retry;       ///< the meaning of the response
    wan::reply reply = {};                                ///< the parsed body
    std::optional<wan::error> error = {};                 ///< set unless canceled
    std::optional<std::chrono::seconds> retry_after = {}; ///< the wait that Retry-After asks for
};

/// Parses the response to a cancel, or the transport error. Never fails: errors are in `cancel_reply::error`.
WAN_DECL cancel_reply parse_cancel(const dialect& d, const http_result& response);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/protocol/impl/cancel.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
