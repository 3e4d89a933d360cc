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

/// The clocks and the sleep of the blocking driver. The only place in this library that reads a clock; give
/// another one to run in virtual time.
struct steady_timer {
    /// The wall clock, UTC, of a run that begins with a request.
    std::chrono::sys_seconds today() const noexcept {
        return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    }
    /// The clock that only goes forward.
    time_point now() const noexcept { return std::chrono::steady_clock::now(); }
    /// Blocks the calling thread.
    void sleep_until(time_point until) const;
};

/// Drives a task that was made by `start` or `resume`, on the calling thread, and returns its outcome. Does
/// not fail: whatever went wrong is in `outcome::error`. `execute` and `timer` are used by this thread alone;
/// many threads may each run a task.
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

/// Validates, submits, waits: as above from a request on. The outcome says everything: a video, a refusal
/// with all violations, or what happened instead. Never throws unless a function that was passed in does.
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
