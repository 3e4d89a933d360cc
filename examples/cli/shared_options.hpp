// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Options shared by several commands.
#pragma once

#include "cli/options.hpp"

#include <wan/media/media.hpp>

#include <CLI/CLI.hpp>

#include <optional>
#include <string>

namespace cli {

/// Adds the options of the address, the key and the output.
void add_service_options(CLI::App& command, wait_options& o);
/// Adds --catalog.
void add_catalog_option(CLI::App& command, wait_options& o);

/// Adds the options of deadline, polling and timeouts.
void add_patience_options(CLI::App& command, wait_options& o);

/// Adds --sole-user: whether other programs use the account cannot be detected.
void add_account_promise(CLI::App& command, wait_options& o);

/// Adds all options of a command that waits for a video.
void add_wait_options(CLI::App& command, wait_options& o);

void add_provider_option(CLI::App& command, std::optional<std::string>& provider);

/// Returns the exit codes of a command that sends requests, for its help. 0 means something else for each.
std::string exit_codes(const std::string& success);

/// Adds the options of how files are sent to the provider.
void add_transfer_options(CLI::App& command, wan::media_transfer& how);

} // namespace cli
