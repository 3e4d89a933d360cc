// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Decides what a batch has to do for each shot, before anything is sent.
#pragma once

#include "batch.hpp"
#include "batch_file.hpp"
#include "cli/store/batch_state.hpp"

#include <wan/error.hpp>
#include <wan/provider/provider.hpp>
#include <wan/task/resume_token.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cli {

/// The state from which a shot continues.
struct shot_plan {
    std::optional<wan::resume_token> token; ///< none: the shot is submitted
    bool is_done = false;
    bool is_given_up = false; ///< the provider rejected it before
    bool is_too_dear = false; ///< it is not submitted because of --max-cost

    /// Returns whether there is nothing left to do.
    bool is_over() const noexcept { return is_done || is_given_up; }
};

/// Reads the file and the state, and rejects invalid shots before anything is sent.
class batch_plan {
public:
    explicit batch_plan(const batch_options& options) : options_(options) {}

    /// Reads the file, and rejects invalid shots.
    wan::result<void> read();
    /// Returns whether there is no state yet, in a folder.
    bool is_first_run() const;
    /// Checks what would keep the first run of this file from submitting its shots.
    wan::result<void> check_first_run() const;
    /// Does so, and reads the state.
    wan::result<void> make();

    /// Returns the folder of the file.
    std::string folder() const;
    std::string video_of(const shot& s) const;
    bool has_shot(const std::string& id) const;
    wan::error no_such_shot(const std::string& option, const std::string& id) const;

    std::shared_ptr<const wan::provider> who;
    std::string currency; ///< of the shots' costs; empty: no prices were given
    std::vector<shot> shots;
    std::vector<shot_plan> plans; ///< one per shot
    std::vector<wan::violation> warnings;
    batch_state book;

private:
    std::string state() const; ///< where the state is
    /// Fails if a file that a shot names cannot be read.
    wan::result<void> check_media() const;
    /// Fails if another state in this folder has a shot of this file that was submitted: the file was renamed
    /// or copied, and would be paid for again.
    wan::result<void> check_not_submitted() const;
    void judge(std::vector<wan::violation>& found);
    wan::result<void> estimate_costs();
    void keep_to_max_cost();
    wan::result<void> decide();
    wan::result<std::map<std::string, std::string>> adopted_ids() const;
    wan::result<void> check_adopted(const std::string& id, const std::string& task_id,
                                    const std::map<std::string, std::string>& before) const;
    wan::result<shot_plan> plan_of(const shot& s, const std::optional<std::string>& task_id,
                                   bool submit_again) const;
    wan::result<shot_plan> plan_of_submitted(const shot& s, const batch_state::entry& known,
                                             const std::optional<std::string>& task_id) const;
    /// Plans a shot that was never accepted. Fails if its video is there: another state may have it.
    wan::result<shot_plan> check_new(const shot& s) const;

    const batch_options& options_;
};

} // namespace cli
