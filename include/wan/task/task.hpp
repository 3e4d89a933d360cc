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
#include <wan/task/resume_token.hpp>
#include <wan/task/step.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace wan::inline WAN_ABI {

class task;
namespace detail {
struct task_maker;
} // namespace detail

/// One task, from its submit to its end. Drive it with `next`, do what the step says, and give every answer
/// to `receive`:
///
///     for (auto step = task.next(now()); !step.is_done(); step = task.next(now()))
///         if (step.is_send()) task.receive(my_http(step.request()), now());
///         else                sleep_until(step.wake_at());
///
/// A submit that may have been accepted is never handed out again. Not thread-safe; different tasks share
/// nothing but the provider and the policy, which do not change.
class task {
public:
    task(task&&) noexcept;            ///< the one that is moved from may only be assigned to or destroyed
    task& operator=(task&&) noexcept; ///< the same
    ~task();

    /// What to do now. Asking twice changes nothing: a request that is out is not handed out again. One whose
    /// end is not told by twice its time-out counts as lost.
    step next(time_point now);

    /// The end of the request that is out; every request that was handed out needs one. Fails with `misuse`
    /// if none is out, or if several are; nothing changes then, except that the late answer to a submit that
    /// was given up still names its task.
    result<void> receive(http_result answer, time_point now);

    /// The same, of the request that the step with this number handed out (`step::number`). Files that must
    /// be uploaded before the submit go side by side: `next` hands out the next request while others are out,
    /// until it says `is_awaiting`. A caller that carries out one after the other need not care. Fails with
    /// `misuse` if that request is not out.
    result<void> receive(unsigned number, http_result answer, time_point now);
    unsigned requests_out() const noexcept; ///< how many were handed out whose ends are not told
    /// What the request asks for that `next` would return at `now`, if it returned one: which limit of the
    /// account it needs.
    request_kind next_request(time_point now) const noexcept;
    /// Whether an upload that is out counts as lost by now.
    bool has_lost_upload(time_point now) const noexcept;

    /// End as `interrupted` as soon as no request is out. The task at the service goes on; resume it with
    /// `token()`.
    void stop() noexcept { core_.is_stopping = true; }

    /// Ask the service to cancel the task as soon as no request is out. A task that was not submitted ends as
    /// `canceled` at once, one that was when the service says so. A service that refuses (DashScope cancels
    /// only what is PENDING) is asked no more: the refusal is shown by `progress()`, and the task goes on.
    /// Fails with `misuse` at the end of the task, and with `invalid_request` if the service cancels nothing.
    result<void> cancel();

    /// For a task whose policy has none. The drivers do it.
    void set_wall_clock(const wall_clock& clock);

    /// Makes the waits and the names of uploaded files differ from those of a task with the same policy and
    /// request. `scheduler::add` does it with a number of its own for each task.
    void mix_seed(std::uint64_t number) noexcept;

    /// Whether a submit was given up whose answer, should it come after all, still names the task.
    bool awaits_late_answer() const noexcept { return core_.is_submit_abandoned; }

    /// Which tasks run beside this one. What the contexts point to must outlive the task or the next call.
    void set_siblings(const sibling_tasks& siblings) noexcept { core_.siblings = siblings; }

    /// What another process needs to go on from here. Save it after each step that sends, before sending, and
    /// after each `receive`.
    resume_token token() const;

    task_state state() const noexcept { return core_.state; } ///< where the task is: see \ref task-states
    const std::string& task_id() const noexcept {
        return core_.known.task_id;
    } ///< the service's; empty: not known
    std::uint64_t prompt_hash() const noexcept {
        return core_.known.prompt_hash;
    } ///< for `scheduler::contest`; 0: it has no prompt
    time_point deadline() const noexcept {
        return core_.is_started ? core_.pace.deadline() : (time_point::max)();
    } ///< when the time is up; runs from the first `next` on

    /// Where the task stands, for a person who waits. Views that hold until the next call that changes the
    /// task.
    wan::progress progress() const noexcept;

private:
    friend struct detail::task_maker;

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
