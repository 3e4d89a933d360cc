// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/run/callback.hpp>
#include <wan/task/detail/later.hpp>

#include <algorithm>
#include <utility>

namespace wan::inline WAN_ABI::detail {

WAN_DECL callback_run::callback_run(begun_task begun, host on, run_options options) : host_(std::move(on)) {
    if (begun.machine)
        driven_.emplace(*std::move(begun.machine), std::move(options));
    else
        invalid_ = std::move(begun.invalid);
}

WAN_DECL std::shared_ptr<callback_run> callback_run::begin(begun_task begun, host on, run_options options) {
    auto run = std::make_shared<callback_run>(std::move(begun), std::move(on), std::move(options));
    run->call_at(run->host_.now());
    return run;
}

WAN_DECL void callback_run::stop() {
    if (is_abandoned_) return;
    if (driven_) driven_->machine().stop();
    wait_until_ = (time_point::min)();
    go_on();
}

WAN_DECL void callback_run::abandon() {
    is_abandoned_ = is_done_ = true;
    completions_.clear();
    out_.clear();
    if (driven_) driven_->silence();
    if (is_going_on_)
        must_go_on_ = true; // a function that is running must not be destroyed
    else
        release();
}

WAN_DECL result<void> callback_run::cancel() {
    if (is_abandoned_)
        return error{.category = error_category::misuse,
                     .message = "cancel: the run was abandoned; resume its last token to cancel it"};
    if (!driven_)
        return error{.category = error_category::misuse,
                     .message = "cancel: the request is invalid, so nothing was submitted and there is "
                                "nothing to cancel"};
    auto done = driven_->machine().cancel();
    if (!done) return done;
    wait_until_ = (time_point::min)();
    go_on();
    return done;
}

WAN_DECL wan::progress callback_run::progress() const noexcept {
    if (driven_) return driven_->machine().progress();
    return {.state = task_state::ended,
            .task_id = {},
            .status = {},
            .queries = 0,
            .wake_at = now_,
            .trouble = invalid_.error ? &*invalid_.error : nullptr,
            .ending = invalid_.ending};
}

/// The link from the executor's `done` to the run. The run keeps the executor alive. If `done` kept the run
/// alive, both would live forever if the loop ended. So the timer's calls keep the run alive instead. After
/// the end, only a submit that was given up keeps it alive, for the late response.
struct callback_run::link {
    std::weak_ptr<callback_run> run;
    std::shared_ptr<callback_run> kept;
};

/// Lets the run continue if a function of the host throws before `is_over` is set.
struct callback_run::turn {
    callback_run& self;
    bool is_over = false;

    explicit turn(callback_run& run) noexcept : self(run) { self.is_going_on_ = true; }
    turn(const turn&) = delete;
    turn& operator=(const turn&) = delete;
    ~turn() {
        self.is_going_on_ = false;
        if (!is_over) self.come_back();
    }
};

/// Treats the request as possibly sent if the executor throws before `is_begun` is set.
struct callback_run::unbegun {
    callback_run& self;
    std::uint64_t call;
    completed end;
    bool is_begun = false;

    unbegun(callback_run& run, const step& todo, std::uint64_t number)
        : self(run), call(number),
          end{todo.number(), transport_error{delivery::maybe_sent,
                                             "the executor threw an exception; it must not throw: report an "
                                             "error instead"}} {
        self.completions_.reserve(self.completions_.size() +
                                  // Space for this request as well, even if `done` was called.
                                  2);
    }
    unbegun(const unbegun&) = delete;
    unbegun& operator=(const unbegun&) = delete;
    ~unbegun() {
        if (is_begun || self.is_abandoned_) return;
        const auto is_this = [this](const sent& s) { return s.call == call; };
        const auto found = std::find_if(self.out_.begin(), self.out_.end(), is_this);
        if (found == self.out_.end()) return; // it has already completed
        self.out_.erase(found);
        self.completions_.push_back(std::move(end));
    }
};

/// Advances the run. One loop serves all callbacks: a call from within another call only lets that other call
/// continue.
WAN_DECL void callback_run::go_on() {
    must_go_on_ = true;
    if (is_going_on_) return;
    const auto self = shared_from_this();
    turn its_turn{*this};
    while (must_go_on_) {
        must_go_on_ = false;
        advance();
    }
    its_turn.is_over = true;
}

/// Continues after an exception: schedules another call, or releases a run that has ended. The run does not
/// continue at once, because the function may throw again.
WAN_DECL void callback_run::come_back() noexcept {
    if (is_done_) return release();
    called_at_.reset();
#ifdef __cpp_exceptions
    try {
        constexpr milliseconds a_moment{100};
        call_at(later(now_, a_moment));
    } catch (...) {
        called_at_.reset(); // the timer failed: the next response, stop or cancel continues the run
    }
#endif
}

WAN_DECL void callback_run::advance() {
    if (is_abandoned_) return release();
    if (!is_done_) now_ = host_.now();
    while (!completions_.empty()) {
        auto ended = std::move(completions_.front());
        completions_.erase(completions_.begin());
        driven_->receive(ended.number, std::move(ended.result), now_);
        if (is_abandoned_) return release();
    }
    if (is_done_) return release();
    if (!driven_) return finish(invalid_);
    if (driven_->waits(wait_until_, now_)) return call_at(driven_->slice_end(wait_until_, now_));
    wait_until_ = (time_point::min)();
    const auto step = driven_->next(now_);
    if (is_abandoned_) return release();
    if (step.is_done()) return finish(driven_->outcome_of(step));
    if (step.is_send()) return send(step);
    if (must_go_on_) return; // a stop or a cancel from within on_progress
    if (step.is_awaiting()) return call_at(step.wake_at());
    wait_until_ = step.wake_at();
    must_go_on_ = true;
}

/// Sends a request. If requests have no number, only the latest request is in flight.
WAN_DECL void callback_run::send(const step& todo) {
    std::erase_if(out_, [&](const sent& s) { return s.number == 0 || todo.number() == 0; });
    const auto call = ++sends_;
    const auto done = std::make_shared<link>(link{weak_from_this(), nullptr});
    out_.push_back({call, todo.number(), done});
    {
        unbegun request{*this, todo, call};
        host_.execute(todo.request(), [done, call](http_result result) {
            // The executor may report the completion at any time. The run may be gone by then, or only this
            // callback may keep it alive.
            const auto late = std::exchange(done->kept, nullptr);
            if (const auto self = done->run.lock()) self->answer(call, std::move(result));
        });
        request.is_begun = true;
    }
    if (is_abandoned_) return release();
    if (!completions_.empty()) return;
    const auto beside = driven_->beside(now_);
    if (is_abandoned_) return release();
    if (beside.is_send()) return send(beside);
    call_at(beside.wake_at());
}

WAN_DECL void callback_run::answer(std::uint64_t call, http_result result) {
    const auto found =
        std::find_if(out_.begin(), out_.end(), [call](const sent& s) { return s.call == call; });
    if (found == out_.end()) return;
    completions_.push_back({found->number, std::move(result)});
    out_.erase(found);
    go_on();
}

WAN_DECL void callback_run::call_at(time_point at) {
    if (called_at_ == at) return;
    called_at_ = at;
    host_.call_at(at, [self = shared_from_this(), number = ++calls_] { self->on_time(number); });
}

WAN_DECL void callback_run::on_time(std::uint64_t number) {
    if (number != calls_ || is_abandoned_) return;
    called_at_.reset();
    go_on();
}

WAN_DECL void callback_run::finish(outcome end) {
    is_done_ = true;
    must_go_on_ = true;
    host_.on_done(std::move(end));
}

/// Releases what was passed in, except what the late response to a given-up submit needs.
WAN_DECL void callback_run::release() noexcept {
    host_ = {};
    if (!driven_) return;
    const bool may_be_reported = !is_abandoned_ && !out_.empty() && driven_->machine().awaits_late_response();
    driven_->options() = {.save_token = may_be_reported ? std::move(driven_->options().save_token) : nullptr};
    for (const auto& s : out_)
        if (const auto done = s.done.lock(); done != nullptr && may_be_reported)
            done->kept = shared_from_this();
}

} // namespace wan::inline WAN_ABI::detail
