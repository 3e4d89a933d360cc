// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Messages about an invalid command line.
#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace cli {

/// Returns a message about an unknown command; empty if there is none. Also if --help is given, too.
std::string unknown_command(const CLI::App& app);

/// Returns the message of the parse error `e`: unknown words are reported before missing ones.
std::string message_of(const CLI::App& app, const CLI::ParseError& e);

} // namespace cli
