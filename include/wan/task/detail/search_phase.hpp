// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The search phase: searches the provider's task list for the task of an unconfirmed submit.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/http/executor.hpp>
#include <wan/task/detail/task_core.hpp>

#include <optional>

namespace wan::inline WAN_ABI::detail {

/// Returns the next action of a search: it requests the pages of the list, then queries each candidate, then
/// decides. Returns nothing if the state has changed.
WAN_DECL std::optional<step> next_search(task_core& t, time_point now);

/// Handles the response with a page of the task list.
WAN_DECL void on_list(task_core& t, const http_result& response, time_point now);

/// Handles the response to the query for a candidate.
WAN_DECL void on_candidate(task_core& t, const http_result& response, time_point now);

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/search_phase.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
