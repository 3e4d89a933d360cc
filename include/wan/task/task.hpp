// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The state machine of one task, from a valid request to its outcome, without a socket or a clock.
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
#include <string_view>

namespace wan::inline WAN_ABI {

class task;
namespace detail {
class learned_times;
struct task_maker;
struct task_probe; // for the exploration in tests/explore, which copies and compares tasks
} // namespace detail

/// One task, from its submit to its outcome: a state machine without I/O. Call `next`, do what the step says,
/// and pass every response to `receive`. A submit that may have been accepted is never returned again. Thread
/// safety: distinct objects may be used from different threads; a shared object needs the caller's lock.
///
/// \code
/// for (auto step = task.next(now()); !step.is_done(); step = task.next(now()))
///     if (step.is_send()) task.receive(execute(step.request()), now());
///     else                sleep_until(step.wake_at());
/// use(*task.outcome());
/// \endcode
///
/// Tasks share nothing but the provider and the policy, which do not change.
class task {
public:
    task(task&&) noexcept;            ///< a moved-from task may only be assigned to or destroyed
    task& operator=(task&&) noexcept; ///< a moved-from task may only be assigned to or destroyed
    ~task();

    /// Returns the next action. Idempotent: a request in flight is not returned again. A request that is not
    /// completed within twice its timeout is considered lost.
    step next(time_point now);

    /// Reports the completion of the request in flight. Every request returned by `next` must be completed
    /// exactly once. Fails with `misuse`, and changes nothing, if no request is in flight or if several are.
    /// One exception: the late response to a submit that was given up is accepted, because it may name the
    /// task.
    receipt receive(http_result response, time_point now);

    /// Overload for the request of the step with this number (`step::number`). Several files are uploaded at
    /// the same time: while requests are in flight, `next` returns further requests, until it returns a step
    /// that `is_awaiting`. A caller that carries out one request at a time need not pass the number. Fails
    /// with `misuse` if the request with this number has already completed.
    receipt receive(unsigned number, http_result response, time_point now);
    unsigned requests_in_flight() const noexcept; ///< number of requests in flight
    /// Returns the kind of the request that `next` would return at `now`, if it returned one. The kind
    /// decides which limit of the account applies.
    request_kind next_request(time_point now) const noexcept;
    /// Returns whether `next` at `now` certainly returns no request: the task waits, can only end, or gives
    /// up a lost request.
    bool needs_no_request(time_point now) const noexcept;
    /// Returns the deadline, or the time at which an upload in flight is considered lost if that time is
    /// earlier.
    time_point times_out_at() const noexcept;

    /// Ends the task as `stopped` as soon as no request is in flight. The task continues at the provider;
    /// resume it with `token()`.
    void stop() noexcept { core_.is_stopping = true; }

    /// Asks the provider to cancel the task as soon as no request is in flight. A task that was not submitted
    /// ends as `canceled` at once; any other task does so when the provider reports it. If the provider
    /// rejects the cancel (DashScope cancels only PENDING tasks), the cancel is not repeated: `progress()`
    /// shows the error, and the task continues. Fails with `misuse` if the task has ended, and with
    /// `invalid_request` if the provider cannot cancel tasks.
    result<void> cancel();

    /// Makes the waits and the names of uploaded files differ from those of other tasks with the same policy
    /// and request. `scheduler::add` calls this function with a different number for each task.
    void mix_seed(std::uint64_t number) noexcept;

    /// Returns whether the task gave up a submit whose late response could still name the task.
    bool awaits_late_response() const noexcept { return core_.is_submit_abandoned; }

    /// Sets the tasks that run in parallel with this one; null: none. The object, and those to which its
    /// contexts point, must exist until the task is destroyed, or until the next call to this function.
    void set_siblings(const sibling_tasks* siblings) noexcept {
        core_.siblings = siblings != nullptr ? siblings : &detail::no_siblings;
    }

    /// Returns the token with which another process can continue the task. Save it when `next` has returned a
    /// request, before you send that request, and after each `receive`.
    resume_token token() const;

    task_state state() const noexcept { return core_.state; } ///< see \ref task-states
    /// Returns the provider's id of the task; empty: unknown. The view is valid until the next call that
    /// changes the task.
    std::string_view task_id() const noexcept { return core_.known.task_id(); }
    /// Returns the requested model, by which a scheduler chooses the limits. The view is valid until the next
    /// call that changes the task.
    std::string_view model() const noexcept { return core_.known.model(); }
    /// Returns the hash of the prompt, for `scheduler::contest_prompt`; 0: no prompt.
    std::uint64_t prompt_hash() const noexcept { return core_.known.prompt_hash; }
    /// Returns the deadline, which the first call to `next` sets. Before that, returns `time_point::max()`.
    time_point deadline() const noexcept {
        return core_.is_started ? core_.pace.deadline() : (time_point::max)();
    }

    /// Returns the outcome if the task has ended, otherwise null.
    const wan::outcome* outcome() const noexcept { return core_.outcome.get(); }

    /// Returns whether a submit that no response has confirmed may have been accepted.
    bool is_submit_open() const noexcept;

    /// Returns when the submit may have reached the provider. Returns nothing if that is unknown, or if the
    /// wall clock was not checked.
    std::optional<arrival_span> arrival() const noexcept { return core_.known.arrival(); }

    /// Returns the task's wall clock, as of `now`.
    wall_clock wall_clock_at(time_point now) const noexcept { return core_.clock.at(now); }

    /// Returns whether a listed task may be adopted for an unconfirmed submit: `policy::sole_user` is set,
    /// and the provider has a task list.
    bool may_adopt_listed() const noexcept;

    /// Returns a snapshot of the task's progress, for display. Its views are valid until the next call that
    /// changes the task.
    wan::progress progress() const noexcept;

private:
    friend class detail::learned_times;
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
