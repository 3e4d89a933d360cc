// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Shows the format of media files, and which models accept them.
#pragma once

#include <string>
#include <vector>

namespace cli {

struct inspect_options {
    std::vector<std::string> files;
    bool json = false;
};

/// Shows each file. Returns 0 if all formats were recognized, 1 if one was not, 2 if a file cannot be read.
int inspect(const inspect_options& options);

} // namespace cli
