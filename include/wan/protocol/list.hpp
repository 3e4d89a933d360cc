// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The request that lists an account's tasks, and what its response says.
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

/// Which tasks, and which page of them. What is not set is the service's choice. DashScope (guide "manage
/// asynchronous tasks"): the window is at most 24 hours, without one the last 24 hours; pages of 10; all
/// tasks of the main account.
struct list_filter {
    std::optional<std::chrono::sys_seconds> from = {}; ///< UTC; made then or later
    std::optional<std::chrono::sys_seconds> to = {};   ///< UTC; then or earlier
    std::string model = {};                            ///< exactly that one; empty: any
    std::string status = {};                           ///< the service's own word, "SUCCEEDED"
    std::optional<unsigned> page = {};                 ///< from 1 on
    std::optional<unsigned> page_size = {};            ///< tasks
};

/// Creates the request for one page. Fails with `invalid_request` if the service lists nothing, or if the key
/// or the base URL cannot be used.
WAN_DECL result<http_request> make_list(const provider& provider, const list_filter& filter = {});

/// One page of the account's tasks.
struct task_list {
    std::vector<listed_task> tasks = {}; ///< in the service's order
    std::optional<unsigned> pages = {};  ///< how many there are, where the service says
    std::size_t unreadable = 0;          ///< what else is in the list, and is no task
};

/// How many tasks one page may hold: ten times what any document speaks of.
inline constexpr std::size_t max_listed_tasks = 1000;

/// Reads one page. It knows no key: what a service repeats of it is still there, as with every `parse_`
/// function. Fails with what the service said, or with `transport` or `protocol`: half a list, or one of more
/// than `max_listed_tasks`, is none.
WAN_DECL result<task_list> parse_list(const dialect& d, const http_result& response);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/protocol/impl/list.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
