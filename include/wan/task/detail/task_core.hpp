// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The data and the operations that all phases of a task share.
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
#include <wan/task/detail/video_kind.hpp>
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
class query_times;
class search_fsm;
class upload_fsm;

/// Returns the message of the transport error of a request that is considered lost.
WAN_DECL std::string never_reported(const http_request* request);

/// A task that runs alone.
inline constexpr sibling_tasks no_siblings = {};

/// What to do about a completion that was not expected.
inline constexpr std::string_view complete_once = "; call receive once for each request that next returned";

/// The data of a task, and the operations that every phase needs: to change the state as the transition table
/// says, to return a request, and to end the task. A million tasks may wait at once, so rare data is behind a
/// pointer.
struct task_core {
    task_core(std::shared_ptr<const wan::provider> at, std::shared_ptr<const wan::policy> limits,
              const wall_clock& clock_now, std::string_view model_id, task_state first);
    task_core(task_core&&) noexcept;
    task_core& operator=(task_core&&) noexcept;
    ~task_core();

    const wan::dialect& dialect() const noexcept { return *provider->dialect; }
    backoff poll_waits() const noexcept;
    /// Returns the uploads; null if there are no files to upload.
    upload_fsm* uploads() const noexcept;

    void start_clock(time_point now) noexcept;
    void wake_after(time_point now, milliseconds wait,
                    std::optional<std::chrono::seconds> retry_after = {}) noexcept;
    /// Wakes the task for its next query: when its video is likely there, if that was learned.
    void wake_for_query(time_point now, std::optional<std::chrono::seconds> retry_after = {}) noexcept;
    /// Stores that the submit was accepted, `started_at` according to the wall clock. Does nothing if that is
    /// not known.
    void set_accepted_at_start(time_point now) noexcept;
    /// Returns the time since the submit was accepted; nothing: unknown.
    std::optional<milliseconds> age_at(time_point now) const noexcept;
    /// Returns how long the provider took for a task that has succeeded, by its own clock if it reports that.
    std::optional<milliseconds> generation_time(time_point now) const noexcept;
    /// Returns when the request in flight is considered lost.
    time_point lost_at() const noexcept;

    /// Moves to the state that the transition table names, or ends the task if the table names an ending.
    void apply(task_event event);
    /// Same as `apply`, for an event that ends the task. Returns the last step.
    step finish(task_event event);
    /// Ends the task, with the id that it has or without one. If memory runs out, nothing changes.
    void end(task_ending ending, std::string_view task_id);
    /// Ends a task whose id was a guess: the listed task is left to the caller as a candidate.
    void end_in_doubt(task_event event, std::string_view why);
    /// Returns the name of the state, or of the ending if there is one, for messages.
    std::string_view state_name() const noexcept;
    void learn(error failure);

    /// Returns `request` as the next action. From now on the request is in flight.
    step send(time_point now, milliseconds timeout) noexcept;
    /// Stores the submit, or the files that must be uploaded before it.
    void set_draft(submit_draft&& draft);

    std::shared_ptr<const wan::provider> provider;
    std::shared_ptr<const wan::policy> policy;
    clock_offset clock;
    const sibling_tasks* siblings = &no_siblings; ///< never null
    findings known = {};
    detail::pace pace;
    std::unique_ptr<detail::submission> submission; ///< until the task has an id
    std::unique_ptr<search_fsm> search;
    std::unique_ptr<http_request> request = {};   ///< in flight, or the submit to send next
    std::unique_ptr<wan::outcome> outcome = {};   ///< set at the end
    const query_times* times = nullptr;           ///< null or empty: the waits of the policy
    time_point accepted_at = (time_point::max)(); ///< `max`: unknown
    poll_fsm poll = {};
    video_kind video = {};
    task_state state;
    bool is_resumed : 1 = false;
    bool is_started : 1 = false;         ///< the deadline is set
    bool is_start_corrected : 1 = false; ///< the time of the submit was corrected by the provider's clock
    bool is_stopping : 1 = false;
    bool is_canceling : 1 = false;
    /// The executor has not reported the submit's completion, but still may.
    bool is_submit_abandoned : 1 = false;
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/task_core.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
