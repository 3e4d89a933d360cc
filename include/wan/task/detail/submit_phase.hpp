// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The submit phase: from a request that is ready to a task id, or to an unconfirmed submit.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/http/executor.hpp>
#include <wan/task/detail/task_core.hpp>

namespace wan::inline WAN_ABI::detail {

/// Returns the submit as the next action, and stores when the first submit was sent.
WAN_DECL step send_submit(task_core& t, time_point now);

/// Handles the response to the submit.
WAN_DECL void on_submit(task_core& t, http_result&& response, time_point now);

/// Handles the response to a submit that was given up, after the task has ended. A response that leaves no
/// doubt corrects the outcome.
WAN_DECL void on_late_submit(task_core& t, http_result&& response);

/// Returns whether the response proves either that the submit was accepted or that it was not.
WAN_DECL bool is_certain(const task_core& t, const http_result& response);

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/submit_phase.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
