// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Drives many tasks of one account within its limits. Like a task, a scheduler has no socket, no clock and
/// no thread.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/scheduler/account_limits.hpp>
#include <wan/scheduler/detail/held_submits.hpp>
#include <wan/scheduler/detail/late_responses.hpp>
#include <wan/scheduler/detail/request_queues.hpp>
#include <wan/scheduler/detail/task_table.hpp>
#include <wan/scheduler/detail/timer_heap.hpp>
#include <wan/task/request_kind.hpp>
#include <wan/task/task.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace wan::inline WAN_ABI {

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
    /// Names a task. A handle is valid from `add` until the next call to `next` after the task's outcome was
    /// returned. If the task's submit was given up while in flight, the handle is valid until the response
    /// arrives, but at most for an hour. No handle is reused.
    struct handle {
        std::uint32_t index = 0;      ///< the task's slot; slots are reused
        std::uint32_t generation = 0; ///< distinguishes the tasks of a slot; 0: no task
        /// The number of the request, if the action sends one. `receive` uses it to recognize a request that
        /// was given up or has already completed. 0: the only request in flight.
        std::uint32_t number = 0;
        request_kind kind = request_kind::query; ///< the kind of that request

        /// Returns whether both handles name the same task; the request does not matter.
        friend bool operator==(const handle& a, const handle& b) noexcept {
            return a.index == b.index && a.generation == b.generation;
        }
    };

    /// The next action, and its task.
    struct [[nodiscard]] action {
        handle task;           ///< no task if the action is a wait
        std::uint64_t tag = 0; ///< the task's tag, as given to `add`
        /// Refers to data that is valid until the next call to `next`, or to `receive` or `remove` for the
        /// same task.
        wan::step step;
    };

    /// Creates a scheduler without tasks. `of_each_model` applies to models that `set_limits` does not name.
    explicit scheduler(const account_limits& limits = {}, const lane_limits& of_each_model = {})
        : of_each_model_(of_each_model), queues_(limits) {}

    /// Creates a scheduler with the documented limits of the provider's account, and of each model that
    /// `set_limits` does not name: see `limits_of`. The dialect must outlive the scheduler.
    explicit scheduler(const provider& who);

    scheduler(const scheduler&) = delete;
    scheduler& operator=(const scheduler&) = delete;

    /// Changes the limits of the account, with effect from the next call to `next`. That call should follow
    /// at once: a request may now be due earlier than the last `wake_at`.
    void set_limits(const account_limits& limits) noexcept { queues_.set_limits(limits); }
    /// Changes the limits of a model, even if it has no tasks. Running tasks continue.
    void set_limits(std::string_view model, const lane_limits& limits) {
        queues_.set_limits(queues_.lane_of(model, limits), limits);
    }
    const account_limits& limits() const noexcept { return queues_.limits(); } ///< the limits of the account
    /// Returns the limits of a model, even if it has no tasks.
    lane_limits limits(std::string_view model) const {
        const auto* lane = queues_.find_lane(model);
        return lane != nullptr ? lane->limits : limits_of_new(model);
    }

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
    void contest(const resume_token& token) { table_.claims.add(token); }
    /// Declares a submit that was not sent by this scheduler and may have been accepted, by the hash of its
    /// prompt (`task::prompt_hash`). The submit contests every listed task that it may have created. If a
    /// model is given, it contests only listed tasks of that model.
    void contest_prompt(std::uint64_t prompt_hash, std::string_view model = {}) {
        table_.claims.add_prompt(prompt_hash, model);
    }
    /// Declares that one contested or removed submit with this prompt is no longer open. If no model is given
    /// and there are such submits of several models, the remaining submits contest tasks of every model.
    /// Returns whether there was such a submit.
    bool settle_prompt(std::uint64_t prompt_hash, std::string_view model = {}) noexcept {
        return table_.claims.remove_prompt(prompt_hash, model);
    }

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
    const task* find(handle of) const noexcept {
        const auto* s = slot_of(of);
        return s != nullptr ? s->held.get() : nullptr;
    }
    /// Returns the tag given to `add`; nothing if the handle names no task.
    std::optional<std::uint64_t> tag(handle of) const noexcept {
        const auto* s = slot_of(of);
        return s != nullptr ? std::optional{s->tag} : std::nullopt;
    }

    /// Calls `visit(handle, const task&)` or `visit(handle, const task&, std::uint64_t tag)` for each task,
    /// for example to save all tokens.
    template <class Visitor>
    void for_each(Visitor&& visit) const {
        for (std::uint32_t i = 0; i < table_.slot_count(); ++i) {
            const auto& s = table_[i];
            if (s.held == nullptr || s.is_reported) continue;
            if constexpr (std::is_invocable_v<Visitor&, handle, const task&, std::uint64_t>)
                visit(handle{i, s.generation}, std::as_const(*s.held), s.tag);
            else
                visit(handle{i, s.generation}, std::as_const(*s.held));
        }
    }

    /// Returns the number of tasks whose outcomes `next` has not returned yet.
    std::size_t size() const noexcept { return tasks_; }
    /// Returns the number of running tasks, as limited by `lane_limits::running_tasks`.
    std::size_t running() const noexcept { return queues_.running(); }
    /// Returns the number of running tasks of one model.
    std::size_t running(std::string_view model) const noexcept {
        const auto* lane = queues_.find_lane(model);
        return lane != nullptr ? lane->running : 0;
    }
    /// Returns the number of requests in flight, of all tasks.
    std::size_t requests_in_flight() const noexcept { return table_.in_flight(); }

private:
    friend struct detail::task_probe;
    struct turn;

    const detail::task_table::slot* slot_of(handle of) const noexcept {
        return table_.find(of.index, of.generation);
    }
    handle handle_of(std::uint32_t index) const noexcept { return {index, table_[index].generation}; }
    const task& task_at(std::uint32_t index) const noexcept { return *table_[index].held; }
    lane_limits limits_of_new(std::string_view model) const;

    void wake(std::uint32_t index, time_point at) noexcept;
    void reconsider(std::uint32_t index) noexcept;

    void release_reported(time_point now);
    void queue_what_is_due(time_point now);
    std::uint32_t take_urgent(time_point now);
    std::uint32_t take_turn(time_point now, time_point& wake_at);
    void put_back(std::uint32_t index, request_kind kind, time_point now);
    bool hold(std::uint32_t index, time_point now);
    void release_held(time_point now);
    action advance(std::uint32_t index, time_point now);
    handle sent(std::uint32_t index, const step& todo, time_point now) noexcept;
    void settle(std::uint32_t index) noexcept;
    void settle_late(std::uint32_t index, std::uint64_t prompt_hash);
    void requeue(std::uint32_t index, time_point now) noexcept;

    std::shared_ptr<const model_catalog> catalog_ = {}; ///< the provider's catalog
    const dialect* dialect_ = nullptr; ///< source of the limits of new lanes; null: `of_each_model_`
    lane_limits of_each_model_;
    // Indexed by the task's slot.
    detail::task_table table_;
    detail::request_queues queues_;
    detail::timer_heap timers_;            ///< wake-up times; of a queued task: when it becomes urgent
    std::uint32_t done_ = detail::no_task; ///< the task whose outcome the latest `next` returned
    std::size_t tasks_ = 0;
    detail::late_responses late_;
    detail::held_submits held_;
};

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/scheduler/impl/scheduler.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
