// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The common part of the drivers: a task, and the caller's functions around its steps.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/provider/validate.hpp>
#include <wan/run/run_options.hpp>
#include <wan/task/start.hpp>
#include <wan/task/task.hpp>
#include <wan/task/wall_clock.hpp>

#include <optional>
#include <string>
#include <utility>

namespace wan::inline WAN_ABI::detail {

/// A task with the caller's options. A driver does what `next` says, and calls `waits` before each slice of a
/// wait.
class driven_task {
public:
    driven_task(task machine, run_options options);

    /// Returns the next step. Never returns a submit whose token could not be saved.
    step next(time_point now);
    /// Returns the next step while a request is in flight: another request, or a wait for the response.
    step beside(time_point now);
    /// Reports a completion. Fails like `task::receive`.
    receipt receive(http_result answer, time_point now) { return receive(0, std::move(answer), now); }
    receipt receive(unsigned number, http_result answer, time_point now);
    wan::outcome outcome_of(const step& done) const;

    bool waits(time_point until, time_point now);
    /// Returns the latest time at which to wake up, so that a stop request is noticed.
    time_point slice_end(time_point until, time_point now) const;

    /// Ensures that no function of the host is called any more. The caller may be one of these functions.
    void silence() noexcept { is_silent_ = true; }

    task& machine() noexcept { return machine_; }
    const task& machine() const noexcept { return machine_; }
    run_options& options() noexcept { return options_; }

private:
    struct unsent;

    bool stop_requested() const;
    result<void> save();

    task machine_;
    run_options options_;
    std::optional<error> unsaved_ = {};
    std::string saved_ = {}; ///< the latest token that was saved, as text
    bool is_silent_ = false;
};

struct begun_task {
    std::optional<task> machine; ///< empty: the request is invalid
    outcome invalid = {};
};

template <class Timer>
wall_clock clock_of(Timer& timer) {
    constexpr bool has_today = requires { timer.today(); };
    if constexpr (has_today)
        return {timer.today(), timer.now()};
    else
        return no_wall_clock;
}

template <class Request, class Timer>
begun_task begin(provider who, const Request& request, const run_options& options, Timer& timer) {
    std::string model{model_of(who, request)};
    const auto clock = options.wall_clock ? *options.wall_clock : clock_of(timer);
    auto started = make_task(std::move(who), request, clock, options.policy, options.strictness);
    if (started) return {*std::move(started)};
    return {{},
            {.ending = task_ending::invalid, .model = std::move(model), .error = std::move(started).error()}};
}

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/run/impl/driven_task.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
