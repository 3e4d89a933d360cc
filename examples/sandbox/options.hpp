// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "sandbox/faults/faults.hpp"
#include "sandbox/services/rates.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>

namespace sandbox {

struct options {
    std::uint16_t port = 0;
    std::chrono::milliseconds pace{2000};
    std::filesystem::path assets;
    std::filesystem::path video; ///< of every task, if set
    bool prompt_while_running = false;
    std::string key = {}; ///< the only accepted key; empty: any key
    call_rates limits = {};
    std::size_t running = 0; ///< running tasks per account; 0: no limit
    std::chrono::seconds policy_lifetime{300};
    std::chrono::seconds upload_lifetime{std::chrono::hours{48}};
    std::string catalog = {}; ///< a file of models that precede the library's
    fault_set faults;
    double fault_rate = 0;
    std::uint64_t seed = 0;
};

/// Returns the options, or an exit code if the program must end.
std::variant<options, int> parse_options(int argc, char** argv);

} // namespace sandbox
