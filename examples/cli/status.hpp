// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Shows how far a batch is, also while it runs.
#pragma once

#include <string>

namespace cli {

struct status_options {
    std::string state; ///< directory of the state
    bool watch = false;
    bool json = false;
};

int status(const status_options& options);

} // namespace cli
