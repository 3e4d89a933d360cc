// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Drives the shots that it claims from a store, as one of several workers of an account.
#pragma once

#include "cli/downloads/downloads.hpp"
#include "cli/fleet/driven_shot.hpp"
#include "cli/fleet/fleet_store.hpp"
#include "cli/fleet/pending_submits.hpp"
#include "cli/fleet/siblings.hpp"
#include "cli/fleet/video_files.hpp"
#include "cli/options.hpp"
#include "cli/output/display.hpp"
#include "cli/output/report.hpp"
#include "executors/curl_multi.hpp"

#include <wan/provider/provider.hpp>
#include <wan/scheduler/scheduler.hpp>
#include <wan/task/policy.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

struct worker_options {
    worker_terms terms;
    std::string out_dir = ".";
    std::optional<unsigned> max_running;
    std::optional<double> submits_per_second;
    wan::media_transfer transfer = wan::media_transfer::automatic;
    bool strict = false;
    bool no_download = false; ///< the URL of a video is enough
    wait_options wait;
    /// Reports the end of a shot that this worker drove. `is_left`: others, or this one later, may continue
    /// it.
    std::function<void(const claimed_shot&, const report&, bool is_left)> on_end;
};

/// Works from the registration until its lease ends.
class worker {
public:
    worker(const worker_options& options, std::shared_ptr<const wan::provider> who, fleet_store& store,
           const wan::wall_clock& today, display& shown);

    enum class ending { stopped, no_shots_left, lease_lost };
    /// Works until the user stops it, its lease ends, or, if `until_empty`, no shot is left.
    wan::result<ending> run(bool until_empty);

    /// After the end of the lease, writes what is known, so that others continue from there.
    void save_late();

private:
    using clock = std::chrono::steady_clock;

    void turn();
    void beat();
    void lose_lease();
    void cancel_asked();
    void keep_learned();
    void claim();
    wan::time_point act();
    bool commit();
    void send(due_request&& each);
    void ask_for_permit(due_request&& each);
    void send_submits();
    void refuse(due_request&& each, const char* why);
    void on_response(wan::scheduler::handle of, std::int64_t shot, wan::request_kind kind,
                     wan::http_result response);
    wan::result<void> learn_siblings(const driven_shot& searching);
    void settle_siblings();
    bool is_own(std::int64_t shot, std::size_t attempt) const;
    void begin(claimed_shot claimed);
    void finish(driven_shot& shot, const wan::outcome& outcome);
    void download(driven_shot& shot);
    void on_download(const downloads::end& end);
    void end_shot(driven_shot& shot);
    void keep_its_video(driven_shot& shot);
    void report_trouble(const wan::error& why);
    void share_limits(unsigned workers);
    void note(std::string_view line);
    void show();
    void tell_why_idle();

    const worker_options& options_;
    std::shared_ptr<const wan::provider> who_;
    fleet_store& store_;
    wan::wall_clock today_;
    display& display_;
    video_files files_;
    std::map<std::int64_t, driven_shot> shots_;
    downloads downloads_;
    wan::scheduler tasks_;
    std::vector<wan::generation_time> learned_; ///< as the store has it
    siblings siblings_;
    std::shared_ptr<const wan::policy> policy_;
    pending_submits submits_;
    wan::executors::curl_multi http_;
    clock::time_point transactions_at_ = {}; ///< the end of the last ones
    clock::time_point beat_at_ = {};
    clock::time_point claim_at_ = {};
    clock::time_point learn_at_ = {};
    clock::time_point commit_at_ = {}; ///< after a failure: when to try again
    unsigned workers_ = 0;             ///< of the account
    bool is_lease_lost_ = false;
    bool is_stopping_ = false;
    bool is_anything_left_ = true;
    bool is_path_known_ = false; ///< the provider has accepted a submit
    bool is_idle_told_ = false;
    std::optional<clock::time_point> idle_since_; ///< it drives nothing, and shots are left
    std::optional<wan::error> unusable_; ///< why this program cannot use the database or the provider
    std::optional<clock::time_point> trouble_seen_; ///< the database's last failure; the first was reported
    std::size_t ended_ = 0;
};

} // namespace cli
