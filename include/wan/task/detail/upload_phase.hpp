// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The upload phase, before the submit: files are uploaded to the provider's store.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/http/executor.hpp>
#include <wan/task/detail/task_core.hpp>
#include <wan/task/detail/upload_fsm.hpp>

#include <optional>

namespace wan::inline WAN_ABI::detail {

/// Returns the next action of a task in the state `uploading`; nothing if the state has changed.
WAN_DECL std::optional<step> next_upload(task_core& t, time_point now);

/// Handles the response to a request for a file.
WAN_DECL void on_upload(task_core& t, file_upload& file, const http_result& response, time_point now);

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/upload_phase.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
