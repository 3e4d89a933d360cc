// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Drives one task to its end on the calling thread.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/http/executor.hpp>
#include <wan/run/detail/driven_task.hpp>
#include <wan/run/run_options.hpp>

#include <chrono>
#include <utility>

namespace wan::inline WAN_ABI {

/// The clocks and the sleep of the blocking driver. This is the only code in the library that reads a clock.
/// Pass another timer to run in virtual time.
struct steady_timer {
    /// Returns the wall-clock time, UTC, for a run that begins with a request.
    std::chrono::sys_seconds today() const noexcept {
        return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    }
    /// Returns the time of the monotonic clock.
    time_point now() const noexcept { return std::chrono::steady_clock::now(); }
    /// Blocks the calling thread until the given time.
    void sleep_until(time_point until) const;
};

/// Drives a task from `make_task` or `resume_task` on the calling thread, and returns its outcome. Does not
/// fail: an error is in `outcome::error`. `execute` and `timer` are used only by this thread; many threads
/// may each run a task.
template <http_executor Executor, class Timer = steady_timer>
outcome run(task t, Executor&& execute, const run_options& options = {}, Timer timer = {}) {
    detail::driven_task driven{std::move(t), options};
    for (;;) {
        const auto step = driven.next(timer.now());
        if (step.is_done()) return driven.outcome_of(step);
        if (step.is_send())
            driven.receive(execute(step.request()), timer.now());
        else
            while (driven.waits(step.wake_at(), timer.now()))
                timer.sleep_until(driven.slice_end(step.wake_at(), timer.now()));
    }
}

/// Validates a request, submits it and waits for its outcome. The outcome reports everything: a video, all
/// violations of an invalid request, or any other ending. Throws only if a function that was passed in
/// throws.
///
/// \code
/// const auto outcome = wan::run(provider, request, execute);
/// if (outcome) download(outcome.video->url);
/// else         log(wan::to_string(outcome));
/// \endcode
template <class Request, http_executor Executor, class Timer = steady_timer>
outcome run(provider who, const Request& request, Executor&& execute, const run_options& options = {},
            Timer timer = {}) {
    auto begun = detail::begin(std::move(who), request, options, timer);
    if (!begun.machine) return std::move(begun.invalid);
    return run(*std::move(begun.machine), std::forward<Executor>(execute), options, std::move(timer));
}

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/run/impl/blocking.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
