// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The services by name, and where their keys come from.
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

/// The names that --provider takes.
std::vector<std::string> provider_names();

/// Models, and the services that all offer them.
struct offer {
    std::string services; ///< "dashscope, yutoai"
    std::vector<wan::model_limits> models;
};

/// What the provider of that name offers, where it is; what all do if there is no name.
std::vector<offer> offers(const std::optional<std::string>& name);

/// The provider of that name, dashscope-singapore if there is none, with its key from the environment. Fails
/// if it needs a base URL and there is none.
wan::result<wan::provider> find_provider(const std::optional<std::string>& name, const wait_options& options);

/// The provider that a token names, with its key from the environment. The file alone does not decide where
/// the key goes: it must be a host of the service, this machine, or what --base-url says.
wan::result<wan::provider> provider_of(const wan::resume_token& token, const wait_options& options);

/// The command that lists the account's tasks there; empty if the service lists none.
std::string list_command(const wan::provider& who, const wait_options& options);

/// The command that asks the service how a task is.
std::string query_command(const wan::provider& who, const wait_options& options, std::string_view task_id);

/// Of an error about the key: where it came from, where it went, and what else may be meant. Empty of any
/// other error.
std::string about_the_key(const wan::error& why, const wan::provider& who, const wait_options& options);

/// What is wrong with the provider, in the words of this program.
std::vector<wan::violation> check(const wan::provider& who, const wait_options& options);

} // namespace cli
