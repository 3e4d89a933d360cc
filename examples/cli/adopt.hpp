// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The option --adopt: continues an unconfirmed submit with a task that the user found at the provider.
#pragma once

#include "options.hpp"

#include <wan/error.hpp>
#include <wan/provider/provider.hpp>
#include <wan/task/resume_token.hpp>

#include <string>

namespace cli {

/// Returns whether the submit may have been accepted, but the task's ID is unknown. Only then can a task be
/// adopted.
bool is_unconfirmed(const wan::resume_token& token);

/// Queries the task, at most five times. Fails if the provider does not know it, if the query fails, or if
/// the task has another prompt than the token's request; null: the request is not known.
wan::result<void> check_adopted_task(const wan::provider& who, const std::string& task_id,
                                     const wan::resume_token* token, const wait_options& options);

} // namespace cli
