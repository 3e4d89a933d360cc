// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/run/detail/driven_task.hpp>
#include <wan/task/detail/later.hpp>

#include <algorithm>
#include <chrono>

namespace wan::inline WAN_ABI::detail {

WAN_DECL driven_task::driven_task(task machine, run_options options)
    : machine_(std::move(machine)), options_(std::move(options)) {}

WAN_DECL bool driven_task::stop_requested() const {
    return !is_silent_ && options_.stop_requested && options_.stop_requested();
}

WAN_DECL result<void> driven_task::save() {
    if (is_silent_ || !options_.save_token) return {};
    const auto token = machine_.token();
    auto text = to_string(token);
    if (text == saved_) return {};
    auto saved = options_.save_token(token);
    if (saved) saved_ = std::move(text);
    return saved;
}

/// Reports the request as not sent if a function of the host throws before `is_kept` is set.
struct driven_task::unsent {
    driven_task& self;
    unsigned number;
    time_point now;
    bool is_kept = false;

    unsent(driven_task& s, const step& todo, time_point t)
        : self(s), number(todo.number()), now(t), is_kept(!todo.is_send()) {}
    unsent(const unsent&) = delete;
    unsent& operator=(const unsent&) = delete;
    ~unsent() {
        if (!is_kept) give_back();
    }

    void give_back() noexcept {
#ifdef __cpp_exceptions
        try {
            constexpr auto why = "a callback threw an exception before the request was sent; it must "
                                 "not throw: save_token may return an error instead";
            self.machine_.receive(number, transport_error{delivery::not_sent, why}, now);
        } catch (...) {
            // If memory runs out even for this report, the request is considered lost after twice its
            // timeout.
        }
#endif
    }
};

WAN_DECL step driven_task::next(time_point now) {
    for (;;) {
        if (stop_requested()) machine_.stop();
        const auto step = machine_.next(now);
        if (step.is_done() || step.is_awaiting()) return step;
        unsent request{*this, step, now};
        if (options_.on_progress && !is_silent_) options_.on_progress(machine_.progress());
        const bool is_submit = step.is_send() && machine_.state() == task_state::submitting;
        auto saved = is_submit ? save() : result<void>{};
        request.is_kept = true;
        if (saved) return step;
        unsaved_ = std::move(saved).error();
        machine_.stop();
        machine_.receive(transport_error{delivery::not_sent, unsaved_->message}, now);
    }
}

WAN_DECL step driven_task::beside(time_point now) {
    const auto step = machine_.next(now);
    unsent request{*this, step, now};
    if (step.is_send() && options_.on_progress) options_.on_progress(machine_.progress());
    request.is_kept = true;
    return step;
}

WAN_DECL receipt driven_task::receive(unsigned number, http_result answer, time_point now) {
    auto taken = machine_.receive(number, std::move(answer), now);
    // A failure now must not stop the task, which is paid for. The caller's function knows that it failed.
    if (taken) (void)save();
    return taken;
}

WAN_DECL outcome driven_task::outcome_of(const step& done) const {
    auto end = done.outcome();
    if (unsaved_) end.error = unsaved_;
    return end;
}

WAN_DECL bool driven_task::waits(time_point until, time_point now) {
    if (now >= until) return false;
    const bool stops = stop_requested(); // it may return true only once
    if (stops) machine_.stop();
    return !stops;
}

WAN_DECL time_point driven_task::slice_end(time_point until, time_point now) const {
    constexpr std::chrono::milliseconds slice{100};
    return options_.stop_requested ? (std::min)(until, later(now, slice)) : until;
}

} // namespace wan::inline WAN_ABI::detail
