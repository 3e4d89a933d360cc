// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/run/callback.hpp>

#include <algorithm>

namespace wan::inline WAN_ABI::detail {

WAN_DECL callback_run::callback_run(begun_task begun, host on, run_options options) : host_(std::move(on)) {
    if (begun.machine)
        driven_.emplace(*std::move(begun.machine), std::move(options));
    else
        refusal_ = std::move(begun.refusal);
}

WAN_DECL std::shared_ptr<callback_run> callback_run::begin(begun_task begun, host on, run_options options) {
    auto run = std::make_shared<callback_run>(std::move(begun), std::move(on), std::move(options));
    run->call_at(run->host_.now());
    return run;
}

WAN_DECL void callback_run::stop() {
    if (driven_) driven_->machine().stop();
    wait_until_ = (time_point::min)();
    go_on();
}

WAN_DECL result<void> callback_run::cancel() {
    if (!driven_) return error{.category = error_category::misuse, .message = "cancel: the task is refused"};
    auto done = driven_->machine().cancel();
    if (!done) return done;
    wait_until_ = (time_point::min)();
    go_on();
    return done;
}

WAN_DECL wan::progress callback_run::progress() const noexcept {
    if (driven_) return driven_->machine().progress();
    return {refusal_.state, refusal_.task_id, refusal_.status, 0, now_, refusal_.error ? &*refusal_.error : nullptr};
}

/// One loop for all callbacks: what comes from within another one is left to it, however many follow.
WAN_DECL void callback_run::go_on() {
    must_go_on_ = true;
    if (is_going_on_) return;
    const auto self = shared_from_this();
    is_going_on_ = true;
    while (must_go_on_) {
        must_go_on_ = false;
        advance();
    }
    is_going_on_ = false;
}

WAN_DECL void callback_run::advance() {
    if (!is_done_) now_ = host_.now();
    for (auto& ended : std::exchange(answers_, {})) (void)driven_->receive(ended.number, std::move(ended.result), now_);
    if (is_done_) return release();
    if (!driven_) return finish(refusal_);
    if (driven_->waits(wait_until_, now_)) return call_at(driven_->slice_end(wait_until_, now_));
    wait_until_ = (time_point::min)();
    const auto step = driven_->next(now_);
    if (step.is_done()) return finish(driven_->outcome_of(step));
    if (step.is_send()) return send(step);
    if (must_go_on_) return; // a stop or a cancel from within on_progress
    if (step.is_awaiting()) return call_at(step.wake_at());
    wait_until_ = step.wake_at();
    must_go_on_ = true;
}

/// Of those without a number only the latest is still out, and no other beside it.
WAN_DECL void callback_run::send(const step& todo) {
    std::erase_if(out_, [&](const sent& s) { return s.number == 0 || todo.number() == 0; });
    out_.push_back({++sends_, todo.number()});
    host_.execute(todo.request(), [self = shared_from_this(), call = sends_](http_result result) { self->answer(call, std::move(result)); });
    if (!answers_.empty()) return;
    const auto beside = driven_->beside(now_);
    if (beside.is_send()) return send(beside);
    call_at(beside.wake_at());
}

WAN_DECL void callback_run::answer(std::uint64_t call, http_result result) {
    const auto found = std::find_if(out_.begin(), out_.end(), [call](const sent& s) { return s.call == call; });
    if (found == out_.end()) return;
    answers_.push_back({found->number, std::move(result)});
    out_.erase(found);
    go_on();
}

WAN_DECL void callback_run::call_at(time_point at) {
    if (called_at_ == at) return;
    called_at_ = at;
    host_.call_at(at, [self = shared_from_this(), number = ++calls_] { self->on_time(number); });
}

WAN_DECL void callback_run::on_time(std::uint64_t number) {
    if (number != calls_) return;
    called_at_.reset();
    go_on();
}

WAN_DECL void callback_run::finish(outcome end) {
    is_done_ = true;
    host_.on_done(std::move(end));
    must_go_on_ = true;
}

/// A submit that was given up may still get its answer.
WAN_DECL void callback_run::release() {
    host_ = {};
    if (!driven_) return;
    const bool may_be_told = !out_.empty() && driven_->machine().state() == task_state::submit_unknown;
    driven_->options() = {.save_token = may_be_told ? std::move(driven_->options().save_token) : nullptr};
}

} // namespace wan::inline WAN_ABI::detail
