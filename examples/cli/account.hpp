// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Commands about existing tasks.
#pragma once

#include "cli/options.hpp"

#include <optional>
#include <string>

namespace cli {

struct account_options {
    std::string task_id;
    std::optional<std::string> provider;
    std::optional<std::string> status;
    std::optional<std::string> model;
    std::optional<double> hours;
    unsigned pages = 10;
    wait_options wait;
};

int query(const account_options& options);
int cancel(const account_options& options);
int list(const account_options& options);

} // namespace cli
