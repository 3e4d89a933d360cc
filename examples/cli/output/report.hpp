// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The final report of a command, and its exit code.
#pragma once

#include "cli/options.hpp"
#include "cli/output/print_json.hpp"
#include "cli/output/times.hpp"

#include <wan/task/outcome.hpp>

#include <boost/json/object.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

enum exit_code {
    video_made = 0,
    other_trouble = 1, ///< disk error, or the network was never reached
    refused_here = 2,  ///< wrong usage or an invalid request: nothing was sent
    service_said_no = 3,
    stopped_waiting = 4, ///< can be resumed
    submit_outcome_unknown = 5,
    gone = 6,         ///< canceled or expired
    lost_contact = 7, ///< querying was abandoned; can be resumed
};

struct saved_video {
    std::string file;
    std::uint64_t bytes;
    std::optional<std::chrono::sys_seconds> url_expires_at = {}; ///< until then it can be downloaded again
    std::string warning = {};                                    ///< why it may not be a video
};

struct report {
    wan::outcome outcome;
    std::optional<wan::task_state> state = {}; ///< of an unfinished task, or after a check only
    std::optional<saved_video> saved;
    bool was_sent = true; ///< false: rejected by this program
    bool submits = true;  ///< false: of a command that submits nothing
    bool stopped_by_user = false;
    std::vector<wan::violation> violations; ///< errors and warnings
    std::string advice = {};                ///< for the user: how to continue
    std::string resume_command = {};        ///< continues the task; empty if there is none
    bool video_on_stdout = false;           ///< then nothing else may be written there
};

/// Returns the report of a request that this program rejects.
report refusal(wan::error why);

/// Returns whether the provider has nothing at the request's path, as with a wrong --base-url.
bool is_path_unknown(const wan::error& why) noexcept;

/// Returns the report of a rejection by the provider before there was a task, or of a provider that was never
/// reached.
report service_said_no_to(wan::error why);

/// Returns the error of a video that was made, but not downloaded.
wan::error not_downloaded(const wan::error& why);

/// Returns the outcome with this program's options in its error, where the library names its functions.
wan::outcome in_option_words(wan::outcome end);

/// Returns the name of the ending, or the state of an unfinished task.
std::string_view state_name(const report& r);

exit_code code_of(const report& r);

boost::json::object to_json(const report& r);
boost::json::object to_json(const wan::error& e);
boost::json::object to_json(const wan::listed_task& t);

/// Describes how well a candidate matches, for the user.
std::string to_line(const wan::candidate& c);

/// Prints one JSON object to stdout, or the file or URL of the video to stdout and everything else to stderr.
/// Returns the exit code.
int print(const report& r, bool json, bool quiet);

/// Prints the report of a request that this program rejects, and returns its exit code.
int refuse(wan::error why, const wait_options& options);

} // namespace cli
