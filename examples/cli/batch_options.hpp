// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The options of the commands that make the videos of many shots.
#pragma once

#include "cli/batch.hpp"
#include "cli/fleet/fleet_commands.hpp"

#include <CLI/CLI.hpp>

namespace cli {

CLI::App* add_batch_command(CLI::App& app, batch_options& o);
CLI::App* add_enqueue_command(CLI::App& app, enqueue_options& o);
CLI::App* add_work_command(CLI::App& app, work_options& o);

} // namespace cli
