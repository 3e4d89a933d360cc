// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Options that several commands have.
#pragma once

#include "cli/options.hpp"

#include <wan/media/media.hpp>

#include <CLI/CLI.hpp>

#include <optional>
#include <string>

namespace cli {

/// Where to ask, with what key, and how to print it.
void add_service_options(CLI::App& command, wait_options& o);
/// --catalog
void add_catalog_option(CLI::App& command, wait_options& o);

/// How long to wait, and how often to ask.
void add_patience_options(CLI::App& command, wait_options& o);

/// What the program cannot see by itself.
void add_account_promise(CLI::App& command, wait_options& o);

/// All that a command which waits for a video has.
void add_wait_options(CLI::App& command, wait_options& o);

void add_provider_option(CLI::App& command, std::optional<std::string>& provider);

/// How files get to the service.
void add_transfer_options(CLI::App& command, wan::media_transfer& how);

} // namespace cli
