// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/fleet/driven_shot.hpp"

#include <utility>

namespace cli {

namespace {

bool was_submitted(const wan::resume_token& token) {
    return !token.task_id.empty() || wan::is_submit_open(token);
}

/// Returns whether the task has come to its end, so that the shot, claimed again, is submitted again.
bool is_closed(const wan::resume_token& token) {
    using enum wan::task_ending;
    return !was_submitted(token) || token.ending == failed || token.ending == canceled ||
           token.ending == expired;
}

} // namespace

driven_shot::driven_shot(claimed_shot claimed) : row_(std::move(claimed)), attempt_(row_.attempts) {
    // The attempt that submitted nothing is written over.
    if (!row_.token || was_submitted(*row_.token)) ++attempt_;
    // Only an unconfirmed submit is given up for another one; a task that may still run never is.
    if (!row_.token || is_closed(*row_.token) ||
        (row_.is_new && row_.token->ending == wan::task_ending::submit_unknown))
        return;
    --attempt_;
    token_ = row_.token;
}

void driven_shot::record(const wan::resume_token& token) {
    if (token_ && wan::to_string(*token_) == wan::to_string(token)) return;
    token_ = token;
    is_changed_ = true;
}

void driven_shot::record_video(shot_video made) {
    made_ = std::move(made);
    end_.reset();
    is_changed_ = true;
}

void driven_shot::record_end(shot_end end) {
    end_ = std::move(end);
    is_changed_ = true;
}

void driven_shot::put_back(std::chrono::duration<double> wait) {
    put_back_ = wait;
    is_changed_ = true;
}

void driven_shot::close() {
    is_over_ = true;
    is_changed_ = true;
}

/// Returns whether its task may count against the provider's limit of running tasks.
bool driven_shot::may_be_running() const noexcept {
    using enum wan::task_ending;
    if (made_ || is_over_) return false;
    if (!token_ || !was_submitted(*token_)) return !is_given_up(); // it is about to be submitted
    return !token_->ending || token_->ending == deadline || token_->ending == stopped ||
           token_->ending == unreachable || token_->ending == submit_unknown;
}

/// Returns whether a submit may be on its way, or may follow.
bool driven_shot::may_be_open() const noexcept {
    if (made_ || is_over_) return false;
    if (!token_) return !is_given_up();
    return token_->task_id.empty() && (wan::is_submit_open(*token_) || !is_given_up());
}

bool driven_shot::got_further() const noexcept {
    using enum wan::task_ending;
    if (made_) return true;
    if (!token_ || token_->task_id.empty()) return false;
    const bool was_known = row_.token && row_.token->task_id == token_->task_id;
    return !was_known || (token_->ending == succeeded && row_.token->ending != succeeded);
}

shot_change driven_shot::change() const {
    return {.shot = &row_,
            .attempt = token_ ? attempt_ : 0,
            .token = token_ ? &*token_ : nullptr,
            .end = end_ ? &*end_ : nullptr,
            .made = made_ ? &*made_ : nullptr,
            .submit_timeout = submit_timeout_,
            .has_place = may_be_running(),
            .is_kind_open = may_be_open(),
            .put_back = put_back_,
            .is_over = is_over_,
            .got_further = got_further()};
}

} // namespace cli
