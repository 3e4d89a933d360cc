// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The orders of a person for single shots of a state.
#pragma once

#include "cli/store/shot_orders.hpp"

#include <CLI/CLI.hpp>

#include <map>
#include <string>
#include <vector>

namespace cli {

struct shots_options {
    std::string state; ///< a directory, or a URL
    std::vector<std::string> names;
    bool all = false;
    bool json = false;
};

/// `wan shots`, with a subcommand for each order.
class shots_command {
public:
    void add_to(CLI::App& app);
    bool is_chosen() const { return static_cast<bool>(*command_); }
    int run() const;

private:
    shots_options options_;
    CLI::App* command_ = nullptr;
    std::map<shot_order, CLI::App*> orders_;
};

} // namespace cli
