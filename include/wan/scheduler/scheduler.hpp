// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Drives many tasks of one account within its limits. Like a task, a scheduler has no socket, no clock and
/// no thread.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/scheduler/account_limits.hpp>
#include <wan/scheduler/generation_time.hpp>
#include <wan/scheduler/scheduler_action.hpp>
#include <wan/task/task.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace wan::inline WAN_ABI {

namespace detail {
class scheduler_core;
}

/// Drives many tasks of one account within its limits. Call `next` until it returns a wait, carry out the
/// returned requests at the same time, and report each completion to `receive`. Thread safety: distinct
/// objects may be used from different threads; a shared object needs the caller's lock.
///
/// \code
/// wan::scheduler tasks{provider}; // with the account's documented limits
/// tasks.add(*std::move(task));
/// const auto todo = tasks.next(now());
/// if (todo.step.is_send())      begin_http(todo.task, todo.step.request()); // on completion: tasks.receive
/// else if (todo.step.is_done()) keep(todo.tag, todo.step.outcome());
/// else                          call_again_at(todo.step.wake_at());         // or after a completion
/// \endcode
///
/// Each model has a lane with its own limits (`lane_limits`). Queries, lists, cancels and the number of
/// requests in flight are limited over all lanes (`account_limits`). A full lane does not delay other lanes.
/// Lanes take turns, and so do groups within a lane: a caller with a thousand shots does not delay a caller
/// with a single shot. Tasks of one group and model are submitted, or begin to upload their files, in the
/// order in which they were added.
///
/// Requests of a kind (`request_kind`) are spaced evenly, slightly further apart than the limit requires, so
/// that no half-open interval of one second has more requests than the limit. Therefore up to 5 % of a limit
/// is not used. A limit above 1 is rounded down to a whole number.
///
/// The scheduler learns how long a model takes for a tier and a duration. It then queries a task when its
/// video is likely there, with as many queries as before. While a task is younger than expected, no wait is
/// longer than twice the longest of the dialect's (`dialect::poll`); a task that is older than expected is
/// queried as usual. This applies to tasks whose request is known, and whose policy does not set
/// `policy::poll`.
///
/// With `policy::sole_user`, tasks with the same model and prompt are submitted one at a time. The next
/// submit follows when the previous one has its response, or when the search for the previous one's task has
/// ended. Otherwise, if two submits were unconfirmed, the provider's list could not show which task belongs
/// to which submit.
///
/// `next`, `receive`, `add`, `cancel`, `stop` and `remove` take time logarithmic in the number of tasks and
/// linear in the number of models. Only a search with candidates, `stop_all` and `for_each` take time linear
/// in the number of tasks. More: \ref many-tasks.
///
/// Theory of operation. A task is in one of five places:
/// - waiting: only its timer is set, until its next step is due; a request may be in flight;
/// - queued: its request is due, but waits for a rate limit, a running slot or its turn. Its timer is set to
///   its deadline, or to the time at which an upload in flight is considered lost; at that time the task
///   becomes urgent;
/// - held: another task's submit is open, and the list could not tell the two tasks apart. Its timer is set
///   as for a queued task;
/// - urgent, in a separate queue: its next step sends nothing, so no limit applies to it;
/// - reported: its outcome was returned, but the response to its submit is still awaited.
///
/// `next` moves due tasks from timers to queues, takes the task whose turn it is, and performs one step of
/// it. Only the task decides whether a submit may be sent; the scheduler decides when. So the scheduler
/// cannot cause a second payment. If a function of the caller or an allocation throws, the task keeps its
/// place.
class scheduler {
public:
    using handle = task_handle;      ///< names a task, and the request that an action sends
    using action = scheduler_action; ///< the next action, and its task

    /// Creates a scheduler without tasks. `of_each_model` applies to models that `set_limits` does not name.
    explicit scheduler(const account_limits& limits = {}, const lane_limits& of_each_model = {});

    /// Creates a scheduler with the documented limits of the provider's account, and of each model that
    /// `set_limits` does not name: see `limits_of`. The dialect must outlive the scheduler.
    explicit scheduler(const provider& who);

    scheduler(const scheduler&) = delete;
    scheduler& operator=(const scheduler&) = delete;
    ~scheduler();

    /// Changes the limits of the account, with effect from the next call to `next`. That call should follow
    /// at once: a request may now be due earlier than the last `wake_at`.
    void set_limits(const account_limits& limits) noexcept;
    /// Changes the limits of a model, even if it has no tasks. Running tasks continue.
    void set_limits(std::string_view model, const lane_limits& limits);
    const account_limits& limits() const noexcept; ///< the limits of the account
    /// Returns the limits of a model, even if it has no tasks.
    lane_limits limits(std::string_view model) const;

    /// Returns how long the tasks took that have succeeded, by model, tier and duration. Keep it, and give it
    /// to the scheduler of the next run.
    std::vector<generation_time> learned() const;
    /// Replaces what is known about these kinds of tasks, with effect from each task's next query. Rows with
    /// values out of range are ignored.
    void set_learned(std::span<const generation_time> times);

    /// Adds a task, in any state. `group` is the number of the caller for whom the task runs. `tag` is any
    /// number, such as the index of a shot; actions, `tag()` and `for_each` return it.
    handle add(task t, unsigned group = 0, std::uint64_t tag = 0);

    /// Removes a task before its end, and returns it. Fails with `misuse` if a request of the task is in
    /// flight, if its outcome was returned by `next`, or if the handle names no task. The remaining tasks
    /// never adopt a listed task that belongs, or may belong, to the removed task. If the submit of the
    /// removed task may have been accepted, call `settle_prompt` before you add the task again. Otherwise
    /// that submit is treated as another task's, and the search of the added task adopts nothing that could
    /// be from it.
    result<task> remove(handle of);

    /// Declares a task that is not in this scheduler, by its token. A search never adopts this task, nor any
    /// listed task that may be this task. All tokens of the account may be passed, except those of tasks in
    /// this scheduler.
    void contest(const resume_token& token);
    /// Declares that the submit of a token that was passed to `contest` is no longer open: another program
    /// has learned the id of its task, or that there is none. In the first case, put the id into
    /// `policy::known` before. Pass the same token. Returns whether there was such a submit.
    bool settle(const resume_token& token) noexcept;
    /// Declares a submit that was not sent by this scheduler and may have been accepted, by the hash of its
    /// prompt (`task::prompt_hash`). The submit contests every listed task that it may have created. If a
    /// model is given, it contests only listed tasks of that model.
    void contest_prompt(std::uint64_t prompt_hash, std::string_view model = {});
    /// Declares that one contested or removed submit with this prompt is no longer open. If no model is given
    /// and there are such submits of several models, the remaining submits contest tasks of every model.
    /// Returns whether there was such a submit.
    bool settle_prompt(std::uint64_t prompt_hash, std::string_view model = {}) noexcept;

    /// Returns the next action. If there is nothing to wait for except responses, or nothing at all, the
    /// action is an endless wait (`time_point::max()`).
    action next(time_point now);

    /// Reports the completion of a request returned by `next`, identified by the action's handle. Every
    /// request must be completed. Fails with `misuse`, and changes nothing, if the request is not in flight.
    /// The response to a submit that was given up is accepted for an hour after the task's end, because it
    /// may name the task or reject the submit. Until the next call to `next`, `find` returns the corrected
    /// task.
    receipt receive(handle of, http_result answer, time_point now);

    /// Same as `task::cancel`. Also fails with `misuse` if the handle names no task.
    result<void> cancel(handle of);
    /// Same as `task::stop`. Fails with `misuse` if the handle names no task.
    result<void> stop(handle of);

    /// Stops all tasks. A task that was not submitted ends as `stopped`; requests in flight are still
    /// awaited. Call `next` until `size` is 0: then each outcome was returned, and each token is complete.
    void stop_all() {
        for_each([this](handle each, const task&) { (void)stop(each); });
    }

    /// Returns the task; null if the handle names no task. Save its token before a submit is sent and after
    /// each response.
    const task* find(handle of) const noexcept;
    /// Returns the tag given to `add`; nothing if the handle names no task.
    std::optional<std::uint64_t> tag(handle of) const noexcept;

    /// Calls `visit(handle, const task&)` or `visit(handle, const task&, std::uint64_t tag)` for each task,
    /// for example to save all tokens.
    template <class Visitor>
    void for_each(Visitor&& visit) const {
        for (auto at = first_task(0); at.task != nullptr; at = first_task(at.of.index + 1)) {
            if constexpr (std::is_invocable_v<Visitor&, handle, const task&, std::uint64_t>)
                visit(at.of, *at.task, at.tag);
            else
                visit(at.of, *at.task);
        }
    }

    /// Returns the number of tasks whose outcomes `next` has not returned yet.
    std::size_t size() const noexcept;
    /// Returns the number of running tasks, as limited by `lane_limits::running_tasks`.
    std::size_t running() const noexcept;
    /// Returns the number of running tasks of one model.
    std::size_t running(std::string_view model) const noexcept;
    /// Returns the number of requests in flight, of all tasks.
    std::size_t requests_in_flight() const noexcept;

private:
    friend struct detail::task_probe;

    struct visited {
        handle of;
        const wan::task* task = nullptr; ///< null: no further task
        std::uint64_t tag = 0;
    };
    /// Returns the first task at or after an index whose outcome was not returned yet.
    visited first_task(std::uint32_t from) const noexcept;

    std::unique_ptr<detail::scheduler_core> core_; ///< never null
};

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/scheduler/impl/scheduler.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
