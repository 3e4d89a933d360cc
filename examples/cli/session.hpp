// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Runs one task to completion, saves its token, and downloads its video.
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

/// Commands that the user can continue with. A command that the provider or the options do not offer is
/// empty.
struct ways_on {
    std::string list;
    std::function<std::string(std::string_view task_id)> query;
    std::function<std::string(const wan::error&)> about_the_key;
    std::function<void(wan::error&)> redact; ///< removes the key
};

ways_on ways_on_from(const wan::provider& who, const wait_options& options);

/// Runs one task and displays its progress.
class session {
public:
    /// `kept` holds the contents of the token file, if they belong to this task.
    session(const wait_options& options, ways_on ways, kept_token kept = {})
        : options_(options), ways_(std::move(ways)), kept_(std::move(kept)),
          display_(options.quiet || options.json), http_([this] { return aborted(); }) {}

    /// Runs the task to completion, and downloads the video if --out is given.
    report wait_for(wan::task task, std::vector<wan::violation> warnings);
    void say(std::string_view text) { display_.say(text); }

private:
    wan::http_result execute(const wan::http_request& request);
    bool aborted();
    wan::run_options run_options();
    wan::result<void> save();
    void download(report& r);
    /// Records that the video is on the disk. Until then, the token file must survive a crash, or the task
    /// would be lost.
    void mark_as_fetched();
    void note(std::string_view text);
    /// Returns whether the video was made but not downloaded, although --out was given.
    static bool is_left_there(const report& r);
    /// Returns what the user can do about an unfinished task, or about a video that was not downloaded.
    std::string how_to_go_on(const report& r) const;
    std::string command_that_goes_on(const report& r) const;
    /// Returns what to do about an unconfirmed submit: its task may exist, and may be charged.
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
