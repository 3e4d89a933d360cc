// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// `wan schema`: the JSON Schemas of requests, for editors and forms.
#pragma once

#include "options.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cli {

struct schema_options {
    std::string what; ///< a job, or "batch" for a line of its file
    std::optional<std::string> model = {};
    std::optional<std::string> provider = {};
    wait_options wait = {}; ///< only `catalog` and `base_url` are used
};

/// Returns the possible values of `what`: the jobs as the commands spell them, and "batch".
std::vector<std::string> schema_names();

/// Prints the schema, and returns the exit code.
int schema(const schema_options& options);

} // namespace cli
