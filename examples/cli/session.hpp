// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// One task: run to its end, its token kept, its video downloaded.
#pragma once

#include "cli/files/token_file.hpp"
#include "cli/output/display.hpp"
#include "cli/output/report.hpp"
#include "executors/curl.hpp"
#include "options.hpp"

#include <wan/error.hpp>
#include <wan/http/executor.hpp>
#include <wan/provider/provider.hpp>
#include <wan/run/run_options.hpp>
#include <wan/task/task.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cli {

/// The commands to continue with, for a person. Those that the service or the options do not offer are empty.
struct ways_on {
    std::string list;
    std::function<std::string(std::string_view task_id)> query;
    std::function<std::string(const wan::error&)> about_the_key;
    std::function<void(wan::error&)> redact; ///< takes the key out
};

ways_on ways_on_from(const wan::provider& who, const wait_options& options);

/// Runs one task, and shows a person how it is.
class session {
public:
    /// `kept` is what the token's file holds, if it is of this task.
    session(const wait_options& options, ways_on ways, kept_token kept = {})
        : options_(options), ways_(std::move(ways)), kept_(std::move(kept)),
          display_(options.quiet || options.json), http_([this] { return aborted(); }) {}

    /// Runs the task to its end, and downloads the video where --out asks for it.
    report wait_for(wan::task task, std::vector<wan::violation> warnings);
    void say(std::string_view text) { display_.say(text); }

private:
    wan::http_result execute(const wan::http_request& request);
    bool aborted();
    wan::run_options run_options();
    wan::result<void> save();
    void download(report& r);
    /// Only now is there nothing to lose any more: after a crash before this the file still guards the task.
    void mark_as_fetched();
    void note(std::string_view text);
    /// Its video is made and was to be fetched, and is not here.
    static bool is_left_there(const report& r);
    /// What to do about a task that is not at its end, or whose video is not here.
    std::string how_to_go_on(const report& r) const;
    std::string command_that_goes_on(const report& r) const;
    /// Of a task that may be there, and paid for.
    std::string how_to_find_it() const;

    const wait_options& options_;
    const ways_on ways_;
    kept_token kept_;
    display display_;
    bool may_abort_ = true;
    bool is_upload_ = false;
    wan::executors::curl http_;
};

} // namespace cli
