// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <chrono>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace sandbox {

struct program_result {
    bool ok = false;    ///< whether it ran and exited with 0
    std::string output; ///< its stdout; its stderr if it failed
};

/// Runs a program of the PATH without a shell and waits for it. Kills it when `stop` is requested or the time
/// is over. `scratch` is a directory for its output.
program_result run_program(std::vector<std::string> arguments, const std::filesystem::path& scratch,
                           std::chrono::seconds limit, const std::stop_token& stop);

} // namespace sandbox
