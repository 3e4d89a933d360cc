// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The polling phase of a task with an id: queries, the query for the video's URL, and cancels.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/http/executor.hpp>
#include <wan/task/detail/task_core.hpp>

#include <optional>

namespace wan::inline WAN_ABI::detail {

WAN_DECL step send_query(task_core& t, time_point now);
WAN_DECL step send_result_query(task_core& t, time_point now);
/// Sends a cancel. Returns nothing if no such request can be made; polling then continues.
WAN_DECL std::optional<step> send_cancel(task_core& t, time_point now);

WAN_DECL void on_query(task_core& t, http_result&& response, time_point now);
WAN_DECL void on_result(task_core& t, http_result&& response, time_point now);
WAN_DECL void on_cancel(task_core& t, const http_result& response, time_point now);

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/poll_phase.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
