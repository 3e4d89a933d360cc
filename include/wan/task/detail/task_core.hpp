// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What all phases of a task share.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/backoff.hpp>
#include <wan/config.hpp>
#include <wan/http/message.hpp>
#include <wan/provider/provider.hpp>
#include <wan/task/detail/clock_offset.hpp>
#include <wan/task/detail/findings.hpp>
#include <wan/task/detail/pace.hpp>
#include <wan/task/detail/poll_fsm.hpp>
#include <wan/task/outcome.hpp>
#include <wan/task/policy.hpp>
#include <wan/task/state.hpp>
#include <wan/task/step.hpp>
#include <wan/task/wall_clock.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

struct submission;
struct submit_draft;
class search_fsm;
class upload_fsm;

/// The transport error of a request that is considered lost.
inline constexpr const char* never_reported =
    "the executor never reported the outcome of the request (it timed out)";

/// The data of a task, and what every phase does with it: change the state by the transition table, hand out
/// a request, end. A million tasks may wait at once, so that what is rare is behind a pointer.
struct task_core {
    task_core(std::shared_ptr<const wan::provider> at, std::shared_ptr<const wan::policy> limits,
              const wall_clock& clock_now, std::string_view model_id, task_state first);
    task_core(task_core&&) noexcept;
    task_core& operator=(task_core&&) noexcept;
    ~task_core();

    const wan::dialect& dialect() const noexcept { return *provider->dialect; }
    backoff poll_waits() const noexcept;
    /// Null if there is nothing to upload.
    upload_fsm* uploads() const noexcept;

    void start_clock(time_point now) noexcept;
    void wake_after(time_point now, milliseconds wait,
                    std::optional<std::chrono::seconds> retry_after = {}) noexcept;
    /// When the request in flight is considered lost.
    time_point lost_at() const noexcept;

    /// Moves to the state that the transition table names; ends the task if that is an end.
    void apply(task_event event);
    /// The same, of an event that ends the task.
    step finish(task_event event);
    /// Ends the task. If memory runs out, nothing has changed.
    void end(task_ending ending, std::string task_id);
    /// Ends a task whose id was a guess: it is left to the caller as a candidate.
    void end_in_doubt(task_event event, std::string_view why);
    /// The state, or the ending if there is one, for messages.
    std::string_view state_name() const noexcept;
    void learn(error failure);

    /// Hands out `request`, which is in flight from now on.
    step send(time_point now, milliseconds timeout) noexcept;
    /// Keeps the submit, or what must be uploaded before it.
    void set_draft(submit_draft&& draft);

    std::shared_ptr<const wan::provider> provider;
    std::shared_ptr<const wan::policy> policy;
    clock_offset clock;
    sibling_tasks siblings = {};
    std::string model;
    findings known = {};
    detail::pace pace;
    std::unique_ptr<detail::submission> submission; ///< until the task has an id
    std::unique_ptr<search_fsm> search;
    std::unique_ptr<http_request> request = {}; ///< in flight, or the submit that is to be sent
    std::unique_ptr<wan::outcome> outcome = {}; ///< at the end
    poll_fsm poll = {};
    task_state state;
    bool is_resumed : 1 = false;
    bool is_started : 1 = false;         ///< the deadline is set
    bool is_start_corrected : 1 = false; ///< the time of the submit is by the service's clock
    bool is_stopping : 1 = false;
    bool is_canceling : 1 = false;
    bool is_submit_abandoned : 1 = false; ///< its executor never reported an outcome; it may still come
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/task_core.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
