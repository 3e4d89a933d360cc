// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Reads the shots of a state, also while a batch writes to it.
#pragma once

#include <wan/error.hpp>

#include <string>
#include <vector>

namespace cli {

struct shot_row {
    std::string name;
    std::string folder;  ///< media of the request are relative to it
    std::string request; ///< JSON
    std::string state;   ///< "waiting", a state of the task, how it ended, or "done"
    std::string status;  ///< last status reported by the provider
    std::string error;   ///< message of the last error
    std::string video;   ///< the file; empty if there is none
    std::string updated_at;
    unsigned attempts = 0; ///< submits
    std::string task_id;   ///< of the last attempt
    std::string model;     ///< of the last attempt
};

/// Returns the shots in the order in which they were added. Fails if the directory has no state.
wan::result<std::vector<shot_row>> read_shot_rows(const std::string& directory);

} // namespace cli
