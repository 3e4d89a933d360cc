// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What is said of a command line that is not understood.
#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace cli {

/// What of it names a command that there is not; empty if nothing does. Also of one that asks for help
/// besides.
std::string unknown_command(const CLI::App& app);

/// What is wrong, in a sentence, after parsing ended with `e`: what was not understood comes before what is
/// missing.
std::string message_of(const CLI::App& app, const CLI::ParseError& e);

} // namespace cli
