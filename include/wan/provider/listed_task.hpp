// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// A task as the provider's task list reports it.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>

namespace wan::inline WAN_ABI {

/// A task as the provider's task list reports it.
struct listed_task {
    std::string task_id = {};              ///< opaque id, used in queries
    std::string status = {};               ///< the provider's own word, such as "RUNNING"
    std::string model = {};                ///< the model, as the provider names it
    std::string request_id = {};           ///< the provider's support needs it
    std::optional<double> created_ms = {}; ///< when the task was created; milliseconds since 1970, UTC
    std::optional<double> started_ms = {}; ///< when the task began to run; the same unit
    std::optional<double> ended_ms = {};   ///< when the task ended; the same unit
};
BOOST_DESCRIBE_STRUCT(listed_task, (), (task_id, status, model, request_id, created_ms, started_ms, ended_ms))

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
