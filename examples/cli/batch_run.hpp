// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Makes the videos of a planned batch.
#pragma once

#include "batch.hpp"
#include "batch_plan.hpp"
#include "batch_report.hpp"
#include "cli/downloads/downloads.hpp"
#include "cli/output/batch_progress.hpp"
#include "cli/output/display.hpp"
#include "cli/output/report.hpp"
#include "executors/curl_multi.hpp"

#include <wan/scheduler/scheduler.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// Runs one scheduler for the account, with a lane for each model. A task's tag is the index of its shot.
class batch_run {
public:
    batch_run(const batch_options& options, batch_plan& planned);

    /// Returns the exit code.
    int run();

private:
    /// A request that is sent after the state was committed.
    struct due {
        wan::scheduler::handle task;
        wan::request_kind kind;
        wan::http_request request;
    };

    wan::result<void> start();
    wan::result<wan::wall_clock> clock_of_all(wan::milliseconds timeout);
    wan::result<void> begin(std::size_t shot, const wan::wall_clock& today,
                            const std::shared_ptr<const wan::policy>& how);
    void set_limits();
    void contest_others();
    void record_found(std::size_t shot);
    void record_video(std::size_t shot, std::uint64_t bytes);
    void settle_before(std::size_t shot);
    void leave_out(std::size_t shot);

    bool is_busy() const;
    void turn();
    wan::time_point send_all();
    void save(wan::scheduler::handle of);
    bool commit();
    void send(due&& each, bool is_kept);
    void fetch(downloads::job&& video, bool is_kept);
    void finish(const wan::scheduler::action& todo);
    void on_download(const downloads::end& end);
    void report_end(std::size_t shot);
    void note(std::string_view line);
    void show();

    const batch_options& options_;
    batch_plan& planned_;
    batch_report all_;
    display display_;
    downloads downloads_;
    wan::scheduler tasks_;
    std::vector<wan::generation_time> learned_; ///< before this run
    wan::executors::curl_multi http_;
    std::vector<downloads::job> videos_; ///< to download after the next commit
    std::optional<report> rejected_;     ///< by the provider, before anything was submitted
    std::size_t ended_ = 0;
    std::size_t ended_before_ = 0; ///< before this run
    wan::time_point began_ = {};
};

} // namespace cli
