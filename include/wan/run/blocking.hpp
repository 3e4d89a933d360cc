// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// Drives one task to its end on the calling thread.
#pragma once

#include <wan/http/executor.hpp>
#include <wan/provider/validate.hpp>
#include <wan/task/task.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <utility>

namespace wan {

/// The clocks and the sleep of a driver. The only place in this library that reads a clock; give another one to run
/// in virtual time.
struct steady_timer {
    /// The wall clock, for `policy::wall_clock`.
    std::chrono::sys_seconds today() const noexcept { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }
    time_point now() const noexcept { return std::chrono::steady_clock::now(); }
    void sleep_until(time_point until) const { std::this_thread::sleep_until(until); }
};

struct run_options {
    wan::policy policy = {};
    wan::strictness strictness = wan::strictness::standard;

    /// Called before each request and each wait.
    std::function<void(const progress&)> on_progress = {};

    /// Asked before each step, and about ten times a second while waiting; true ends the run as `interrupted`.
    std::function<bool()> stop_requested = {};

    /// Called with the token before the submit is sent and whenever an answer came. If it fails before the submit,
    /// nothing is sent: a task that could not be found again must not be paid for.
    std::function<result<void>(const resume_token&)> save_token = {};
};

namespace detail {

template <class Timer>
void sleep_in_slices(Timer& timer, time_point until, const std::function<bool()>& stop_requested) {
    constexpr std::chrono::milliseconds slice{100};
    while (timer.now() < until && !(stop_requested && stop_requested()))
        timer.sleep_until(stop_requested ? (std::min)(until, timer.now() + slice) : until);
}

inline result<void> save(const run_options& options, const task& t) {
    return options.save_token ? options.save_token(t.token()) : result<void>{};
}

} // namespace detail

/// Drives a task that was made by `start` or `resume`.
template <http_executor Executor, class Timer = steady_timer>
outcome run(task t, Executor&& execute, const run_options& options = {}, Timer timer = {}) {
    std::optional<error> unsaved;
    for (;;) {
        if (options.stop_requested && options.stop_requested()) t.stop();
        const auto step = t.next(timer.now());
        if (step.is_done()) {
            auto end = step.outcome();
            if (unsaved) end.error = std::move(unsaved);
            return end;
        }
        if (options.on_progress) options.on_progress(t.progress());
        if (!step.is_send()) {
            detail::sleep_in_slices(timer, step.wake_at(), options.stop_requested);
            continue;
        }
        if (t.state() == task_state::submitting) {
            if (auto saved = detail::save(options, t); !saved) {
                unsaved = std::move(saved).error();
                t.stop();
                (void)t.receive(transport_error{delivery::not_sent, unsaved->message}, timer.now());
                continue;
            }
        }
        (void)t.receive(execute(step.request()), timer.now());
        // A failure now must not stop the task, which is paid for; the caller's function knows of it.
        (void)detail::save(options, t);
    }
}

/// Validates, submits, waits. The outcome says everything: a video, a refusal with all violations, or what happened
/// instead. Never throws unless a function that was passed in does.
template <class Request, http_executor Executor, class Timer = steady_timer>
outcome run(provider who, const Request& request, Executor&& execute, const run_options& options = {},
            Timer timer = {}) {
    const std::string model{model_of(who, request)};
    auto how = options.policy;
    if constexpr (requires { timer.today(); })
        if (!how.wall_clock) how.wall_clock = {timer.today(), timer.now()};
    auto started = start(std::move(who), request, how, options.strictness);
    if (!started)
        return {.state = task_state::refused, .model = model, .error = std::move(started).error()};
    return run(*std::move(started), std::forward<Executor>(execute), options, std::move(timer));
}

} // namespace wan
