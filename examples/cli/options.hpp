// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The options of the command line.
#pragma once

#include <wan/error.hpp>
#include <wan/media/media.hpp>
#include <wan/request/job.hpp>
#include <wan/task/policy.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace cli {

/// Options of all commands that wait for a task.
struct wait_options {
    std::optional<std::string> out; ///< "-": standard output
    bool force = false;             ///< replace what is in `out`
    bool sole_user = false;         ///< no other program submits with the account
    std::optional<std::string> token;
    std::optional<std::string> adopt;      ///< for `wan resume`: the task ID of an unconfirmed submit
    std::optional<double> deadline;        ///< seconds
    std::optional<double> poll_every;      ///< seconds
    std::optional<double> request_timeout; ///< seconds
    std::optional<std::string> base_url;
    std::optional<std::string> catalog;     ///< a file of models that precede the built-in ones
    std::optional<std::string> api_key_env; ///< the provider's default if not set
    bool json = false;
    bool quiet = false;
};

enum class purpose { make, dry_run, check };

template <class Request>
struct job_options {
    Request request;
    std::optional<std::string> resolution; ///< as given, so that its mistakes are reported with all others
    std::optional<std::string> provider;
    wan::media_transfer transfer = wan::media_transfer::automatic; ///< of files
    bool strict = false;
    purpose what_for = purpose::make;
    wait_options wait;
};

wan::policy to_policy(const wait_options& options);
/// Returns the policy for the tasks of many shots. `task_ids` are those of all shots; they must outlive the
/// policy.
wan::policy policy_of_shots(const wait_options& options, const std::set<std::string, std::less<>>& task_ids);
/// Returns for how long a download may receive nothing.
std::chrono::seconds longest_stall(const wait_options& options);
/// Returns the current time of this machine's clocks.
wan::wall_clock clock_here();

/// Returns whether the video goes to standard output, and everything else to standard error.
bool writes_video_to_stdout(const wait_options& options);

/// Quotes the text so that a shell reads it as one word.
std::string shell_word(std::string_view text);

/// Returns the command that continues the task in the file that `--token` names, and downloads its video to
/// `--out`.
std::string resume_command(const wait_options& options);

/// Returns the error of a wrong or unsuitable option.
wan::error bad_option(std::string message);

/// Returns the options of the address, each with a space before it.
std::string address_options(const wait_options& options);

} // namespace cli
