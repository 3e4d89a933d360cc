// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The request that queries a task, and the meaning of its response.
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

/// Creates the request for the state of a task. `query_url` is the value of `reply::query_url`, for providers
/// that name the URL in a reply. Fails with `invalid_request` and all violations if the key or the base URL
/// is invalid. Fails with `protocol` if the id is unusable, if the URL is unknown, or if the URL's origin
/// differs from the origin of the base URL.
WAN_DECL result<http_request> make_query(const provider& provider, std::string_view task_id,
                                         std::string_view query_url = {});

/// Creates the request for the URL of a task's video, if the provider does not report it in the response to a
/// query (`dialect::result`). `result_url` is the value of `reply::result_url`. Fails like `make_query`.
WAN_DECL result<http_request> make_result_query(const provider& provider, std::string_view task_id,
                                                std::string_view result_url = {});

/// The meaning of the response to a query.
enum class query_verdict {
    working,    ///< the task has not ended; also for unknown status words
    succeeded,  ///< there is a video, and its URL is known
    result_due, ///< there is a video; `make_result_query` requests its URL
    failed,     ///< there will be no video; `error` has the reason, if reported
    canceled,   ///< there will be no video
    /// The provider reports that it does not know the task. If the task is older than
    /// `dialect::keeps_tasks_for`, the task has expired.
    expired,
    /// The error is transient (this includes a 404), or the task succeeded but the reply has no video URL. A
    /// repeated query may help.
    retry,
    /// The key, the account or the address is wrong, so the task's state is unknown. A repeated query will
    /// not help.
    lost,
};
BOOST_DESCRIBE_ENUM(query_verdict, working, succeeded, result_due, failed, canceled, expired, retry, lost)

/// The parsed response to a query.
struct query_reply {
    query_verdict verdict = query_verdict::retry;         ///< the meaning of the response
    wan::reply reply = {};                                ///< the parsed body
    std::optional<wan::error> error = {};                 ///< set for failed, expired, retry and lost
    std::optional<std::chrono::seconds> retry_after = {}; ///< the wait that Retry-After asks for
};

/// Parses the response to a query for the task `task_id`, or the transport error. A response about another
/// task is ignored; an empty `task_id` matches every task. `base_url` is the provider's base URL;
/// `dialect::resolves_video_urls` needs it.
WAN_DECL query_reply parse_query(const dialect& d, const http_result& response, std::string_view task_id = {},
                                 std::string_view base_url = {});

/// Parses the response to `make_result_query` for the task `task_id`, or the transport error. If the provider
/// rejects that request as invalid (400, 422), the task has failed: the provider reports the reason in this
/// way.
WAN_DECL query_reply parse_result(const dialect& d, const http_result& response,
                                  std::string_view task_id = {}, std::string_view base_url = {});

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/protocol/impl/query.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
