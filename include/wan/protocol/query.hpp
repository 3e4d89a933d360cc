// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The request that asks for a task, and what its response means.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/http/executor.hpp>
#include <wan/provider/provider.hpp>
#include <wan/provider/reply.hpp>
#include <wan/provider/task_status.hpp>
#include <wan/wire_name.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace wan::inline WAN_ABI {

/// Creates the request for the state of a task. `query_url` is what `reply::query_url` held, for services
/// that name it. Fails with `invalid_request` and all violations if the key or the base URL cannot be used;
/// with `protocol` if the id cannot be one, or if the address is not known or has another origin.
WAN_DECL result<http_request> make_query(const provider& provider, std::string_view task_id,
                                         std::string_view query_url = {});

/// The request for the URL of a task's video, where the service does not give it in the response to a query
/// (`dialect::result`). `result_url` is what `reply::result_url` held. Fails like `make_query`.
WAN_DECL result<http_request> make_result_query(const provider& provider, std::string_view task_id,
                                                std::string_view result_url = {});

/// What the response to a query says about the task.
enum class query_verdict {
    working,    ///< not ended; also for unknown status words
    succeeded,  ///< there is a video, and its URL is known
    result_due, ///< there is a video; its URL is given to `make_result_query`
    failed,     ///< there will be none; `error` says why, as far as the service does
    canceled,   ///< there will be none
    /// The service says that it does not know the task: no longer, if the task is older than
    /// `dialect::keeps_tasks_for`.
    expired,
    /// Nothing is known, or of a success not the video's URL; asking again may help. Any error that may pass:
    /// also a 404.
    retry,
    /// Nothing is known, and asking again in the same way will not help: the key, the account or the address
    /// is wrong.
    lost,
};
BOOST_DESCRIBE_ENUM(query_verdict, working, succeeded, result_due, failed, canceled, expired, retry, lost)

/// The response to a query, read.
struct query_reply {
    query_verdict verdict = query_verdict::retry;         ///< what to decide by
    wan::reply reply = {};                                ///< what the body says
    std::optional<wan::error> error = {};                 ///< why, for failed, expired, retry and lost
    std::optional<std::chrono::seconds> retry_after = {}; ///< what Retry-After asks for
};

/// Reads the response to a query for that task, or its absence. A response about another task is ignored; an
/// empty `task_id` fits all. `base_url` is the provider's, for `dialect::resolves_video_urls`.
WAN_DECL query_reply parse_query(const dialect& d, const http_result& response, std::string_view task_id = {},
                                 std::string_view base_url = {});

/// Reads the response to `make_result_query` for that task, or its absence. Where the service calls that
/// request wrong, it is the task that failed: the reason is given in this way.
WAN_DECL query_reply parse_result(const dialect& d, const http_result& response,
                                  std::string_view task_id = {}, std::string_view base_url = {});

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/protocol/impl/query.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
