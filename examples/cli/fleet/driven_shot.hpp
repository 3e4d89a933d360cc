// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A shot that a worker drives, and what it has to write about it.
#pragma once

#include "cli/batch_file.hpp"
#include "cli/fleet/fleet_store.hpp"
#include "cli/output/report.hpp"

#include <wan/scheduler/scheduler_action.hpp>
#include <wan/task/resume_token.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cli {

class driven_shot {
public:
    explicit driven_shot(claimed_shot claimed);

    const claimed_shot& row() const noexcept { return row_; }
    /// Returns the token of its task; nothing: it is submitted again, or for the first time.
    const std::optional<wan::resume_token>& token() const noexcept { return token_; }
    std::size_t attempt() const noexcept { return attempt_; }

    /// Records the token of its task.
    void record(const wan::resume_token& token);
    void record_video(shot_video made);
    void record_end(shot_end end);
    /// Its next commit takes a permit for a submit with this timeout.
    void ask_for_permit(std::chrono::milliseconds timeout) {
        submit_timeout_ = timeout;
        is_changed_ = true;
    }
    /// The worker gives it up; others may claim it after this time.
    void put_back(std::chrono::duration<double> wait);
    /// The worker gives it up, and there is nothing left to do.
    void close();

    bool is_changed() const noexcept { return is_changed_; }
    bool is_put_back() const noexcept { return put_back_.has_value(); }
    bool is_given_up() const noexcept { return is_over_ || put_back_.has_value(); }
    shot_change change() const;
    void written() noexcept {
        submit_timeout_.reset();
        is_changed_ = false;
    }
    /// The submit is not sent; its next one asks again.
    void give_up_permit() noexcept { submit_timeout_.reset(); }

    report told;              ///< for the user
    bool is_late = false;     ///< a submit of it got no permit in time
    bool is_too_dear = false; ///< its submit would have passed --max-cost
    bool is_cancel_asked = false;
    wan::task_handle task; ///< while a scheduler has it

private:
    bool may_be_running() const noexcept;
    bool may_be_open() const noexcept;
    bool got_further() const noexcept;

    claimed_shot row_;
    std::size_t attempt_; ///< number of the submit, from 1 on
    std::optional<wan::resume_token> token_;
    std::optional<shot_end> end_;
    std::optional<shot_video> made_;
    std::optional<std::chrono::duration<double>> put_back_;
    bool is_over_ = false;
    std::optional<std::chrono::milliseconds> submit_timeout_;
    bool is_changed_ = false;
};

} // namespace cli
