// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// What a service's list reports about a task.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>

namespace wan::inline WAN_ABI {

/// A task as a service's list shows it.
struct listed_task {
    std::string task_id = {};              ///< what queries name
    std::string status = {};               ///< the service's own word, "RUNNING"
    std::string model = {};                ///< as the service names it
    std::string request_id = {};           ///< what the service's support asks for
    std::optional<double> created_ms = {}; ///< milliseconds since 1970, UTC
    std::optional<double> started_ms = {}; ///< the same, when it began to run
    std::optional<double> ended_ms = {};   ///< the same, when it ended
};
BOOST_DESCRIBE_STRUCT(listed_task, (), (task_id, status, model, request_id, created_ms, started_ms, ended_ms))

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
