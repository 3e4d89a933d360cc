// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// One function per command. Each returns the exit code.
#pragma once

#include "options.hpp"

#include <optional>
#include <string>

namespace cli {

#define CLI_JOB(name) int name(const job_options<wan::name>& options);
WAN_FOR_EACH_JOB(CLI_JOB)
#undef CLI_JOB
int resume(const wait_options& options);

/// Prints the catalog, or the part of one provider, as a table or as JSON.
int models(const std::optional<std::string>& provider, bool json);

} // namespace cli
