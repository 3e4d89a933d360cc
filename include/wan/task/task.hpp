// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// WHEN: the state machine of one task, from a valid request to its outcome, without a socket or a clock.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/error.hpp>
#include <wan/http/executor.hpp>
#include <wan/task/detail/task_core.hpp>
#include <wan/task/outcome.hpp>
#include <wan/task/policy.hpp>
#include <wan/task/receipt.hpp>
#include <wan/task/resume_token.hpp>
#include <wan/task/step.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace wan::inline WAN_ABI {

class task;
namespace detail {
struct task_maker;
struct task_probe; // of the exploration in tests/explore, which copies tasks and compares them
} // namespace detail

/// One task, from its submit to its outcome. Drive it with `next`, do what the step says, and pass every
/// response to `receive`:
///
///     for (auto step = task.next(now()); !step.is_done(); step = task.next(now()))
///         if (step.is_send()) task.receive(my_http(step.request()), now());
///         else                sleep_until(step.wake_at());
///     use(*task.outcome());
///
/// A submit that may have been accepted is never returned again. Not thread-safe; different tasks share
/// nothing but the provider and the policy, which do not change.
class task {
public:
    task(task&&) noexcept;            ///< a moved-from task may only be assigned to or destroyed
    task& operator=(task&&) noexcept; ///< the same
    ~task();

    /// Returns the next action. Idempotent: a request in flight is not returned again. A request that is not
    /// completed within twice its timeout is considered lost.
    step next(time_point now);

    /// Reports the completion of the request in flight. Every request returned by `next` must be completed
    /// exactly once. Fails with `misuse` if none is in flight, or several are; nothing changes then, except
    /// that the late response to a submit that was given up still names its task.
    receipt receive(http_result response, time_point now);

    /// The same, for the request of the step with this number (`step::number`). Files that must be uploaded
    /// before the submit go side by side: `next` returns another request while others are in flight, until it
    /// says `is_awaiting`. A caller that carries out one after the other need not care. Fails with `misuse`
    /// if that request has already completed.
    receipt receive(unsigned number, http_result response, time_point now);
    unsigned requests_in_flight() const noexcept; ///< number of requests in flight
    /// What the request asks for that `next` would return at `now`, if it returned one: which limit of the
    /// account it needs.
    request_kind next_request(time_point now) const noexcept;
    /// Whether `next` at `now` would return no request for certain: the task waits, or can only end, or gives
    /// up a request that is lost.
    bool needs_no_request(time_point now) const noexcept;
    /// When time runs out: the deadline, or when an upload in flight is considered lost if that is earlier.
    time_point times_out_at() const noexcept;

    /// Ends the task as `stopped` as soon as no request is in flight. The task at the service continues;
    /// resume it with `token()`.
    void stop() noexcept { core_.is_stopping = true; }

    /// Asks the service to cancel the task as soon as no request is in flight. A task that was not submitted
    /// ends as `canceled` at once, another one when the service says so. If the service rejects the cancel
    /// (DashScope cancels only what is PENDING), it is not repeated: `progress()` shows the error, and the
    /// task continues. Fails with `misuse` at the end of the task, and with `invalid_request` if the service
    /// cancels nothing.
    result<void> cancel();

    /// Makes the waits and the names of uploaded files differ from those of a task with the same policy and
    /// request. `scheduler::add` does it with a number of its own for each task.
    void mix_seed(std::uint64_t number) noexcept;

    /// Whether a submit was given up whose response, if it comes after all, still names the task.
    bool awaits_late_response() const noexcept { return core_.is_submit_abandoned; }

    /// Which tasks run beside this one. What the contexts point to must outlive the task or the next call.
    void set_siblings(const sibling_tasks& siblings) noexcept { core_.siblings = siblings; }

    /// Returns what another process needs to continue from here. Save it after each step that sends, before
    /// sending, and after each `receive`.
    resume_token token() const;

    task_state state() const noexcept { return core_.state; } ///< where the task is: see \ref task-states
    /// The service's; empty: not known.
    const std::string& task_id() const noexcept { return core_.known.task_id; }
    /// The model that was asked for: by it a scheduler chooses the limits.
    const std::string& model() const noexcept { return core_.model; }
    /// For `scheduler::contest`; 0: it has no prompt.
    std::uint64_t prompt_hash() const noexcept { return core_.known.prompt_hash; }
    /// When the time is up; runs from the first `next` on.
    time_point deadline() const noexcept {
        return core_.is_started ? core_.pace.deadline() : (time_point::max)();
    }

    /// The outcome of a task that has ended; null before.
    const wan::outcome* outcome() const noexcept { return core_.outcome.get(); }

    /// Whether a submit may have been accepted, without a response that confirms it.
    bool is_submit_open() const noexcept;

    /// When its submit may have reached the service; nothing if it is not known, or if the wall clock was not
    /// checked.
    std::optional<arrival_span> arrival() const noexcept { return core_.known.arrival(); }

    /// The wall clock that it was made with, as of now.
    wall_clock wall_clock_at(time_point now) const noexcept { return core_.clock.at(now); }

    /// Whether a task in the service's list may be taken for this one, if its submit is lost:
    /// `policy::sole_user`, and the service has a list.
    bool may_adopt_listed() const noexcept;

    /// A snapshot of the task's progress, for display. Its views hold until the next call that changes the
    /// task.
    wan::progress progress() const noexcept;

private:
    friend struct detail::task_maker;
    friend struct detail::task_probe;

    explicit task(detail::task_core&& core) noexcept;

    std::optional<step> dispatch(time_point now);
    void take(http_result response, time_point now);

    detail::task_core core_;
};

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/task.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
