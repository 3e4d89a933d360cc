// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// What a service's list tells of a task.
#pragma once

#include <optional>
#include <string>

namespace wan {

/// A task as a service's list shows it.
struct listed_task {
    std::string task_id = {};
    std::string status = {}; ///< the service's own word, "RUNNING"
    std::string model = {};
    std::string request_id = {};
    std::optional<double> created_ms = {}; ///< milliseconds since 1970, UTC
    std::optional<double> started_ms = {};
    std::optional<double> ended_ms = {};
};

} // namespace wan
