// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What the command line says, as values.
#pragma once

#include <wan/error.hpp>
#include <wan/media/media.hpp>
#include <wan/request/job.hpp>
#include <wan/task/policy.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace cli {

/// Common to all commands that wait for a task.
struct wait_options {
    std::optional<std::string> out; ///< "-": standard output
    bool force = false;             ///< replace what is in `out`
    bool sole_user = false;         ///< no other program submits with the account
    std::optional<std::string> token;
    std::optional<double> deadline;        ///< seconds
    std::optional<double> poll_every;      ///< seconds
    std::optional<double> request_timeout; ///< seconds
    std::optional<std::string> base_url;
    std::optional<std::string> catalog;     ///< a file of models that come before the built-in ones
    std::optional<std::string> api_key_env; ///< the provider's own if not set
    bool json = false;
    bool quiet = false;
};

enum class purpose { make, dry_run, check };

template <class Request>
struct job_options {
    Request request;
    std::optional<std::string> resolution; ///< as given, to be refused together with all else
    std::optional<std::string> provider;
    wan::media_transfer transfer = wan::media_transfer::automatic; ///< of files
    bool strict = false;
    purpose what_for = purpose::make;
    wait_options wait;
};

wan::policy to_policy(const wait_options& options);
/// Returns what the clocks of this machine show now.
wan::wall_clock clock_here();

/// Whether the video goes to standard output, and all else to standard error.
bool writes_video_to_stdout(const wait_options& options);

/// As a shell reads it back as one word.
std::string shell_word(std::string_view text);

/// The command that goes on with the task in the file of `--token`, and fetches its video where `--out` says.
std::string resume_command(const wait_options& options);

/// The options that say where to ask, each with a space before it.
std::string address_options(const wait_options& options);

} // namespace cli
