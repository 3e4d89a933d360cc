// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What a command says at its end, and the exit code that goes with it.
#pragma once

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
    other_trouble = 1, ///< disk, or the network was never reached
    refused_here = 2,  ///< usage, or violations: nothing was sent
    service_said_no = 3,
    stopped_waiting = 4, ///< resumable
    submit_outcome_unknown = 5,
    gone = 6,         ///< canceled or expired
    lost_contact = 7, ///< the task could not be asked any more; resumable
};

struct saved_video {
    std::string file;
    std::uint64_t bytes;
    std::optional<std::chrono::sys_seconds> url_expires_at = {}; ///< for whoever wants it once more
    std::string warning = {};                                    ///< why it may be no video
};

struct report {
    wan::outcome outcome;
    std::optional<wan::task_state> state = {}; ///< of a task that has not ended, or was only checked
    std::optional<saved_video> saved;
    bool was_sent = true; ///< false: refused by this program
    bool stopped_by_user = false;
    std::vector<wan::violation> violations; ///< errors and warnings
    std::string advice = {};                ///< for a person: how to go on
    std::string resume_command = {};        ///< that goes on with the task; empty if there is none
    bool video_on_stdout = false;           ///< where nothing else belongs then
};

/// A refusal by this program.
report refusal(wan::error why);

/// What the service said no to before there was a task, or that it was never reached.
report service_said_no_to(wan::error why);

/// What is told of a video that is there, but not here.
wan::error not_downloaded(const wan::error& why);

/// The name of the ending, or of the state of a task that has not ended.
std::string_view state_name(const report& r);

exit_code code_of(const report& r);

boost::json::object to_json(const report& r);
boost::json::object to_json(const wan::error& e);
boost::json::object to_json(const wan::listed_task& t);

/// How well a candidate fits, for a person.
std::string to_line(const wan::candidate& c);

/// One JSON object on stdout, or the video on stdout and everything else on stderr. Returns the exit code.
int print(const report& r, bool json, bool quiet);

} // namespace cli
