// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The providers by name, and the sources of their keys.
#pragma once

#include "cli/options.hpp"

#include <wan/error.hpp>
#include <wan/model/limits.hpp>
#include <wan/provider/provider.hpp>
#include <wan/task/resume_token.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// Returns the names that --provider accepts.
std::vector<std::string> provider_names();

/// Models, and the providers that all offer them.
struct offer {
    std::string services; ///< "dashscope, yutoai"
    std::vector<wan::model_limits> models;
};

/// Returns the models that the named provider offers in its region; without a name, those of all providers.
std::vector<offer> offers(const std::optional<std::string>& name);

/// Returns the named provider, by default dashscope-singapore, with its key from the environment. Fails if it
/// needs a base URL and none is given.
wan::result<wan::provider> find_provider(const std::optional<std::string>& name, const wait_options& options);

/// Returns the provider of a token, with its key from the environment. The file alone must not decide where
/// the key is sent: the address must be a host of the provider, this machine, or the value of --base-url.
wan::result<wan::provider> provider_of(const wan::resume_token& token, const wait_options& options);

/// Returns the command that lists the account's tasks; empty if the provider offers no list.
std::string list_command(const wan::provider& who, const wait_options& options);

/// Returns the command that queries a task.
std::string query_command(const wan::provider& who, const wait_options& options, std::string_view task_id);

/// Explains an authentication error: the source of the key, the address that it was sent to, and what to
/// check. Empty for any other error.
std::string about_the_key(const wan::error& why, const wan::provider& who, const wait_options& options);

/// Validates the provider; the messages name this program's options and variables.
std::vector<wan::violation> check(const wan::provider& who, const wait_options& options);

} // namespace cli
