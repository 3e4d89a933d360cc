// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Many tasks under one account's limits, in the same form as one: no socket, no clock, no thread.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/task/request_kind.hpp>
#include <wan/task/task.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace wan::inline WAN_ABI {

/// What a service lets one account do. A full account makes tasks wait; without these limits it would answer
/// 429.
struct account_limits {
    double submits_per_second = 0;  ///< 0: not limited
    unsigned running_tasks = 0;     ///< accepted and not at their ends; 0: not limited
    double queries_per_second = 20; ///< 0: not limited
    double lists_per_second = 20;   ///< pages of the list of tasks, for lost submits; 0: not limited
    double cancels_per_second = 20; ///< 0: not limited
    /// Of a model; 0: not limited. The upload itself has no such limit.
    double upload_policies_per_second = 100;
    unsigned requests_at_once = 64; ///< in flight, of all kinds; at least 1
};

/// The documented limits of a model (`model_limits::rate`) and of the service (`dialect::queries_per_second`
/// and the others).
WAN_DECL account_limits limits_of(const provider& who, std::string_view model);

namespace detail {

/// Spaces requests evenly, so that no more than a limit are sent in any half-open second.
///
/// With a limit of `n` per second (rounded down to a whole number; below 1: one in `1 / limit` seconds), each
/// request is due 1.05 / n seconds after the one before. One that the host sends late may be followed up to
/// 20 ms early, so that a host that looks once a frame keeps the pace. Then `n + 1` requests are at least n
/// * 1.05 / n - 0.02 = 1.03 seconds apart: 30 ms are left for requests that do not arrive as evenly as they
/// leave. Of a limit that is not whole, the fraction is not used.
class rate_gate {
public:
    explicit rate_gate(double per_second) noexcept;

    /// Returns when the next request may be sent: `now`, or later.
    time_point opens_at(time_point now) const noexcept;
    void pass(time_point now) noexcept;

private:
    std::chrono::nanoseconds spacing_;     ///< 0: not limited
    time_point due_ = (time_point::min)(); ///< of the next request, if all are on time
};

} // namespace detail

/// Drives many tasks. The host calls `next` until it says wait or done with all, carries out what it is
/// given, several requests at once, and reports each end to `receive`:
///
///     for (;;) {
///         const auto todo = scheduler.next(now());
///         if (todo.step.is_send())      begin_http(todo.task, todo.step.request());  // the end:
///         scheduler.receive(todo.task, ..., now()) else if (todo.step.is_done()) keep(todo.task,
///         todo.step.outcome()); else                          wait until todo.step.wake_at(), or for an
///         answer;
///     }
///
/// Submits take turns between groups, so that a caller with a thousand shots does not hold up one with a
/// single shot. Tasks of one group are submitted, or begin to upload their files, in the order in which they
/// were added.
///
/// Each kind of request (`request_kind`) has a limit of its own. Requests are spaced evenly, and a little
/// wider than the limit, so that no half-open second has more: up to 5 % of a limit is not used, nor the
/// fraction of one that is not whole.
///
/// Not thread-safe. `next`, `receive` and `add` take a time that grows with the logarithm of the number of
/// tasks; only a look at a list for a lost submit, `stop_all` and `for_each` go through all of them. More:
/// \ref many-tasks.
class scheduler {
public:
    /// Names a task from `add` to the step that says it is done. If its submit was given up while it was out,
    /// to the answer, but no longer than an hour; never used again after the next call of `next`.
    struct handle {
        std::uint32_t index = 0;      ///< of the place that the task has
        std::uint32_t generation = 0; ///< of that place: places are used again
        /// Of an action: which of the task's requests it hands out. By it `receive` knows the end of one that
        /// was given up, or that was told already. 0: whichever is out. Does not count when handles are
        /// compared.
        std::uint16_t request = 0;

        /// Whether both name the same task.
        friend bool operator==(const handle& a, const handle& b) noexcept {
            return a.index == b.index && a.generation == b.generation;
        }
    };

    /// What to do, and for which task.
    struct [[nodiscard]] action {
        handle task; ///< of a wait: nobody's
        /// What it refers to lives until the next call of `next` or of `receive` for the same task.
        wan::step step;
    };

    /// Without tasks.
    explicit scheduler(const account_limits& limits = {});

    scheduler(const scheduler&) = delete;
    scheduler& operator=(const scheduler&) = delete;

    /// Takes a task over, in whatever state. `group` is the caller on whose behalf it runs.
    handle add(task t, unsigned group = 0);

    /// There is a submit outside of this scheduler that may have been accepted, with a prompt of this hash
    /// (`task::prompt_hash`, `resume_token::prompt_hash`): no listed task that could be its own is taken for
    /// another one's.
    void contest(std::uint64_t prompt_hash) { unknown_.push_back(prompt_hash); }

    /// What to do now. Waits for ever (`time_point::max()`) when there is nothing to wait for but answers, or
    /// nothing at all.
    action next(time_point now);

    /// The end of a request that `next` handed out, with the handle of that action; every one needs to be
    /// told. Fails with `misuse` if it is not out (any more); nothing changes then. The answer to a submit
    /// that was given up is taken after the task's end, too, for an hour from then on: it may name the task
    /// or reject it, and until the next call of `next` `find` shows the task with what it said.
    receipt receive(handle of, http_result answer, time_point now);

    /// As `task::cancel`, and fails like it; with `misuse` as well for a handle that names no task.
    result<void> cancel(handle of);
    /// As `task::stop`. Fails with `misuse` for a handle that names no task.
    result<void> stop(handle of);

    /// Stop all: what was not submitted ends as `interrupted` and is not submitted; what is out is still
    /// awaited. Go on with `next` until `size` is 0; each task's end is told, and its token is whole.
    void stop_all();

    /// The task; null if the handle names none (any more). Save its token before a submit goes out and after
    /// each answer.
    const task* find(handle of) const noexcept;

    /// Calls `visit(handle, const task&)` for each task, for all of their tokens.
    template <class Visitor>
    void for_each(Visitor&& visit) const {
        for (std::uint32_t i = 0; i < slots_.size(); ++i)
            if (slots_[i].held != nullptr && !is_told(slots_[i]))
                visit(handle{i, slots_[i].generation}, std::as_const(*slots_[i].held));
    }

    /// Tasks that are not at their ends, or whose ends `next` has not told yet.
    std::size_t size() const noexcept { return tasks_; }
    /// Tasks that take up a place of `account_limits::running_tasks`.
    std::size_t running() const noexcept { return running_; }
    /// Requests that were handed out and whose ends are not told, of all tasks.
    std::size_t requests_out() const noexcept { return out_; }

private:
    static constexpr std::uint32_t no_task = 0xFFFFFFFF;
    static constexpr std::uint32_t unsupported = 0xFFFFFFFF;

    /// Where a task is queued. `grouped`: with its group, until it may take a running place; `begun`: to be
    /// submitted, with its running place; `lane`: for its kind of request; `told`: at its end, while the
    /// response to its submit is still in flight.
    enum class place : std::uint8_t { none, begun, grouped, lane, at_once, told };

    /// `handle::request` of the first upload; others count up to there.
    static constexpr std::uint16_t first_upload = 0x8000;

    struct slot {
        std::unique_ptr<task> held; ///< null: free
        std::uint32_t generation = 0;
        unsigned group = 0;
        std::uint32_t at = unsupported; ///< in the heap
        std::uint32_t ticket = 0;       ///< of its latest place in a queue: older ones do not count
        std::uint32_t order = 0;        ///< of `add`; breaks ties between tasks that are due at the same time
        std::uint16_t requests = 0;     ///< that were handed out
        std::uint16_t out = 0;          ///< of them
        place where = place::none;
        request_kind kind = request_kind::query; ///< of the request that it is queued for
        bool is_running = false;
        bool is_stopping = false;
        bool is_submit_open = false;
    };
    struct turn;
    struct wake {
        time_point at;
        std::uint32_t index;
        std::uint32_t order; ///< as in the slot

        bool is_before(const wake& other) const noexcept {
            // Orders begin anew after 2^32 tasks.
            return at != other.at ? at < other.at : static_cast<std::int32_t>(order - other.order) < 0;
        }
    };
    struct told {
        std::uint32_t index;
        std::uint32_t generation;
        time_point until;
    };
    /// An executor keeps its requests' timeouts; this is for one that hangs. An hour is more than any of
    /// them.
    static constexpr std::chrono::hours late_answers_until{1};
    struct queued {
        std::uint32_t index;
        std::uint32_t ticket;
    };
    using queue = std::deque<queued>;
    using queues = std::map<unsigned, queue>;

    bool owns(std::string_view task_id) const;
    bool has_open_submit(std::optional<std::uint64_t> prompt_hash) const;
    slot* slot_of(handle of) noexcept;
    static bool is_told(const slot& s) noexcept { return s.where == place::told; }
    handle handle_of(std::uint32_t index) const noexcept {
        return {index, slots_[index].generation, slots_[index].requests};
    }

    void sort_in(std::uint32_t index, time_point at);
    void take_out(std::uint32_t index);
    void sift_up(std::size_t i);
    void sift_down(std::size_t i);
    void set_heap(std::size_t i, wake w);

    void queue_what_is_due(time_point now);
    void queue_up(queue& q, place where, std::uint32_t index, request_kind kind = request_kind::query,
                  bool is_again = false);
    void queue_for_its_request(std::uint32_t index, time_point now, bool is_again = false);
    bool is_valid(const queued& entry, place in) const noexcept;
    std::uint32_t pop(queue& q, place from);
    bool has_room() const noexcept;
    bool needs_a_turn(request_kind kind) const noexcept;
    std::uint32_t pop(request_kind kind);
    std::uint32_t pop_grouped(request_kind kind);
    queues& groups_of(request_kind kind) noexcept {
        return kind == request_kind::submit ? submits_ : uploads_;
    }
    void leave_queue(std::uint32_t index);
    void put_right(unsigned group) noexcept;
    void hurry(std::uint32_t index);
    void stop(std::uint32_t index);
    action advance(std::uint32_t index, time_point now);
    void settle(std::uint32_t index);
    void remember(const task& ended);
    void leave(std::uint32_t index, time_point now);
    void release(std::uint32_t index);

    account_limits limits_;
    std::array<detail::rate_gate, detail::request_kinds> gates_; ///< by kind
    std::vector<slot> slots_;
    std::vector<std::uint32_t> free_;
    std::vector<wake> heap_; ///< by time, the earliest first; of what is queued, when its deadline is
    /// Submits that are due, and whose places they have since their files were uploaded.
    queue begun_;
    // Submits and first uploads that are due, by group. A group is in the one map or in the other, by its
    // first task, so that a task that waits for its kind of request holds up no other group.
    queues submits_, uploads_;
    std::array<queue, detail::request_kinds> lanes_; ///< what else is due, by kind
    queue at_once_;                      ///< at their ends, or on their way there: no limit holds them up
    std::vector<std::uint64_t> ended_;   ///< hashes of the ids of tasks that are no longer held
    std::vector<std::uint64_t> unknown_; ///< hashes of the prompts of those that ended as `submit_unknown`
    unsigned last_group_ = 0;
    /// The kind that is asked first: thousands of submits must not keep running tasks from being queried.
    std::size_t turn_ = 0;
    /// With valid tickets, by kind; in groups and lanes.
    std::array<std::size_t, detail::request_kinds> queued_{};
    std::uint32_t added_ = 0;
    std::size_t tasks_ = 0;
    std::size_t running_ = 0;
    std::size_t open_submits_ = 0;
    std::size_t out_ = 0;
    std::uint32_t done_ = no_task;             ///< told, to be released by the next call
    std::vector<std::uint32_t> answered_late_; ///< the same, of those that were told before
    /// Those whose late responses are awaited, the first told first.
    std::deque<told> told_;
};

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/scheduler/impl/scheduler.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
