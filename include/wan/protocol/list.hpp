// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The request that lists an account's tasks, and the meaning of its response.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/http/executor.hpp>
#include <wan/provider/listed_task.hpp>
#include <wan/provider/provider.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace wan::inline WAN_ABI {

/// Selects tasks, and a page of them. The provider chooses the value of an unset member. DashScope (guide
/// "manage asynchronous tasks") lists all tasks of the main account within a period of at most 24 hours. By
/// default, the period is the last 24 hours, and a page has 10 tasks.
struct list_filter {
    std::optional<std::chrono::sys_seconds> from = {}; ///< UTC; only tasks created at this time or later
    std::optional<std::chrono::sys_seconds> to = {};   ///< UTC; only tasks created at this time or earlier
    std::string model = {};                            ///< only tasks of exactly this model; empty: any model
    std::string status = {};                           ///< the provider's own word, such as "SUCCEEDED"
    std::optional<unsigned> page = {};                 ///< page number, starting at 1
    std::optional<unsigned> page_size = {};            ///< tasks per page
};

/// Creates the request for one page. Fails with `invalid_request` if the provider cannot list tasks, or if
/// the key or the base URL is invalid.
WAN_DECL result<http_request> make_list(const provider& provider, const list_filter& filter = {});

/// One page of the account's tasks.
struct task_list {
    std::vector<listed_task> tasks = {}; ///< in the provider's order
    std::optional<unsigned> pages = {};  ///< number of pages, if reported
    std::size_t unreadable = 0;          ///< number of entries that are not tasks
};

/// Maximum number of tasks on a page: ten times the largest number in any document.
inline constexpr std::size_t max_listed_tasks = 1000;

/// Parses one page. Fails with the provider's error, or with `transport` or `protocol`: an incomplete list,
/// or a page with more than `max_listed_tasks` tasks, is rejected. Like every `parse_` function, this one
/// does not know the key, so it cannot redact a key that the provider repeats.
WAN_DECL result<task_list> parse_list(const dialect& d, const http_result& response);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/protocol/impl/list.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
