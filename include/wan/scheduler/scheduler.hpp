// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Many tasks of one account within its limits, in the same form as one: no socket, no clock, no thread.
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

/// Drives many tasks of one account. The host calls `next` until it says wait, carries out what it is given,
/// several requests at once, and reports each completion to `receive`:
///
///     wan::scheduler tasks{provider};                        // the account's documented limits
///     for (;;) {
///         const auto todo = tasks.next(now());
///         if (todo.step.is_send())      begin_http(todo.task, todo.step.request());  // then: tasks.receive
///         else if (todo.step.is_done()) keep(todo.tag, todo.step.outcome());
///         else                          wait until todo.step.wake_at(), or for a response;
///     }
///
/// Each model has a lane with limits of its own (`lane_limits`); queries, lists, cancels and the number of
/// requests in flight are limited over all lanes (`account_limits`). A full lane holds up no other lane.
/// Lanes take turns, and within a lane groups do, so that a caller with a thousand shots does not hold up one
/// with a single shot. Tasks of one group and model are submitted, or begin to upload their files, in the
/// order in which they were added.
///
/// Requests of a kind (`request_kind`) are spaced evenly, and a little wider than the limit, so that no
/// half-open second has more: up to 5 % of a limit is not used, nor the fraction of one that is not whole.
///
/// Under `policy::sole_user`, of tasks with the same model and prompt one is submitted at a time: the next
/// one follows when the submit of the one before has its response, or the search for its task has ended.
/// Of two lost ones the service's list could not tell which task is whose.
///
/// Not thread-safe. `next`, `receive`, `add`, `cancel`, `stop` and `remove` take time that is logarithmic
/// in the number of tasks and linear in the number of models. Linear in the number of tasks are only a look
/// at a list for a lost submit, `stop_all` and `for_each`. More: \ref many-tasks.
class scheduler {
public:
    /// Names a task from `add` until the call of `next` after the one that reports its end; if its submit was
    /// given up while in flight, until its response, but no longer than an hour. No handle is used again.
    struct handle {
        std::uint32_t index = 0;      ///< of the task's slot; slots are used again
        std::uint32_t generation = 0; ///< of the slot's task; 0: no task
        /// Of an action that sends: which of the task's requests it is. With it `receive` recognizes the
        /// completion of a request that was given up or has completed. 0: the one in flight.
        std::uint32_t number = 0;
        request_kind kind = request_kind::query; ///< of that request

        /// Whether both name the same task, for whichever of its requests.
        friend bool operator==(const handle& a, const handle& b) noexcept {
            return a.index == b.index && a.generation == b.generation;
        }
    };

    /// What to do, and for which task.
    struct [[nodiscard]] action {
        handle task;           ///< of a wait: no task
        std::uint64_t tag = 0; ///< of the task, as given to `add`
        /// What it refers to lives until the next call of `next`, or of `receive` or `remove` for the same
        /// task.
        wan::step step;
    };

    /// Creates a scheduler without tasks. `of_each_model` is for models that `set_limits` does not name.
    explicit scheduler(const account_limits& limits = {}, const lane_limits& of_each_model = {})
        : of_each_model_(of_each_model), queues_(limits) {}

    /// Creates a scheduler with the documented limits of the provider's account, and of each of its models
    /// that `set_limits` does not name: `limits_of`. The dialect must outlive the scheduler.
    explicit scheduler(const provider& who);

    scheduler(const scheduler&) = delete;
    scheduler& operator=(const scheduler&) = delete;

    /// Changes the limits of the account. Effective from the next call of `next` on, which should come at
    /// once: a request may be due earlier than the last `wake_at` said.
    void set_limits(const account_limits& limits) noexcept { queues_.set_limits(limits); }
    /// Changes the limits of a model, with or without tasks. Tasks that run already run on.
    void set_limits(std::string_view model, const lane_limits& limits) {
        queues_.set_limits(queues_.lane_of(model, limits), limits);
    }
    const account_limits& limits() const noexcept { return queues_.limits(); } ///< of the account
    /// Returns the limits of a model, with or without tasks.
    lane_limits limits(std::string_view model) const {
        const auto* lane = queues_.find_lane(model);
        return lane != nullptr ? lane->limits : limits_of_new(model);
    }

    /// Takes a task over, in any state. `group` is the caller for whom it runs, `tag` any number of yours,
    /// such as the index of the shot: actions, `tag` and `for_each` return it.
    handle add(task t, unsigned group = 0, std::uint64_t tag = 0);

    /// Takes a task out again, without an end. Fails with `misuse` if a request of the task is in flight, if
    /// its end was returned by `next`, or if the handle names no task. Its siblings remember it: a listed
    /// task that is or may be its own is never taken for another one's. If its submit may have been accepted,
    /// adding it again needs `settle_prompt` first: otherwise its search finds itself contested.
    result<task> remove(handle of);

    /// Says that a task outside of this scheduler has this token: no lost submit is taken for it, nor for any
    /// listed task that could be its own. Accepts all tokens of an account but those of tasks that are here.
    void contest(const resume_token& token) { table_.claims.add(token); }
    /// Says the same of a submit that may have been accepted, with a prompt of this hash
    /// (`task::prompt_hash`). It contests listed tasks of its model alone, if that is given.
    void contest_prompt(std::uint64_t prompt_hash, std::string_view model = {}) {
        table_.claims.add_prompt(prompt_hash, model);
    }
    /// Says that one submit with such a prompt, that was contested or removed, is no longer open. Without its
    /// model, the others with the prompt contest tasks of every model, if they are of several. Returns
    /// whether there was one.
    bool settle_prompt(std::uint64_t prompt_hash, std::string_view model = {}) noexcept {
        return table_.claims.remove_prompt(prompt_hash, model);
    }

    /// Returns what to do now. Waits for ever (`time_point::max()`) if there is nothing to wait for but
    /// responses, or nothing at all.
    action next(time_point now);

    /// Reports the completion of a request that `next` returned, with the handle of that action. Every
    /// request must be completed. Fails with `misuse` if it is not in flight (any more); nothing changes
    /// then. The response to a submit that was given up is accepted for an hour after the task's end: it may
    /// name the task or reject it, and until the next call of `next` `find` shows the task with what it said.
    receipt receive(handle of, http_result answer, time_point now);

    /// As `task::cancel`, and fails like it; with `misuse` as well for a handle that names no task.
    result<void> cancel(handle of);
    /// As `task::stop`. Fails with `misuse` for a handle that names no task.
    result<void> stop(handle of);

    /// Stops all: what was not submitted ends as `stopped` and is not submitted; requests in flight are
    /// still awaited. Continue with `next` until `size` is 0; each task's end is reported, and its token is
    /// whole.
    void stop_all() {
        for_each([this](handle each, const task&) { (void)stop(each); });
    }

    /// Returns the task; null if the handle names none (any more). Save its token before a submit is sent and
    /// after each response.
    const task* find(handle of) const noexcept {
        const auto* s = slot_of(of);
        return s != nullptr ? s->held.get() : nullptr;
    }
    /// Returns the tag given to `add`; nothing if the handle names no task (any more).
    std::optional<std::uint64_t> tag(handle of) const noexcept {
        const auto* s = slot_of(of);
        return s != nullptr ? std::optional{s->tag} : std::nullopt;
    }

    /// Calls `visit(handle, const task&)` or `visit(handle, const task&, std::uint64_t tag)` for each task,
    /// for all of their tokens.
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

    /// Returns the number of tasks whose ends `next` has not returned yet.
    std::size_t size() const noexcept { return tasks_; }
    /// Returns the number of tasks that take a place of `lane_limits::running_tasks`.
    std::size_t running() const noexcept { return queues_.running(); }
    /// Returns the same of one model.
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

    std::shared_ptr<const model_catalog> catalog_ = {}; ///< of the provider
    const dialect* dialect_ = nullptr; ///< whose table has the limits of new lanes; null: `of_each_model_`
    lane_limits of_each_model_;
    // By index of the task's slot.
    detail::task_table table_;
    detail::request_queues queues_;
    detail::timer_heap timers_;            ///< wake-ups; of a queued task, when it runs out of time
    std::uint32_t done_ = detail::no_task; ///< its end was returned by the latest `next`
    std::size_t tasks_ = 0;
    detail::late_responses late_;
    detail::held_submits held_;
};

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/scheduler/impl/scheduler.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
