// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Submits that wait for one like them, so that the time of creation tells which task is whose.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/scheduler/detail/open_submit.hpp>
#include <wan/scheduler/detail/request_queues.hpp>
#include <wan/scheduler/detail/task_table.hpp>
#include <wan/scheduler/detail/ticket_queue.hpp>
#include <wan/task/task.hpp>
#include <wan/task/wall_clock.hpp>

#include <cstdint>
#include <deque>
#include <iterator>
#include <map>

namespace wan::inline WAN_ABI::detail {

/// A line for each kind of submit that is held up. Its tasks leave one after the other: the next one once the
/// submit of the one before has its answer. Those that have a running place go before the others, which may
/// wait for such a place.
class held_submits {
public:
    /// When the submit of a task may be sent; `time_point::max()` if only another one's answer tells.
    time_point free_at(std::uint32_t task, const task_table& tasks, const request_queues& queues,
                       time_point now) const noexcept;

    /// Appends a task to its line; before the others, if it is the one that left the line last. If this
    /// throws, nothing has changed.
    void hold(std::uint32_t task, const task_table& tasks, const request_queues& queues);

    /// Lets the first task of each line leave whose submit may be sent by now: `leave(task)`. That may throw:
    /// the task is then still the first.
    template <class Leave>
    void release(const task_table& tasks, const request_queues& queues, Leave leave) {
        for (auto at = lines_.begin(); at != lines_.end();) {
            auto& [kind, line] = *at;
            const bool is_free = !tasks.is_open(kind) && !is_next(line.left, tasks, queues);
            for (bool has_left = false; is_free && !has_left;) {
                auto* const first = line.first(queues);
                if (first == nullptr) break;
                const auto its = first->front();
                has_left = is_here(its, tasks) && queues.is_held(its.task);
                if (has_left) leave(its.task);
                first->pop_front();
                if (has_left) line.left = its;
            }
            const bool is_over = line.is_empty() && !is_next(line.left, tasks, queues);
            at = is_over ? lines_.erase(at) : std::next(at);
        }
    }

private:
    friend struct task_probe;

    struct place {
        std::uint32_t task = no_task;
        std::uint32_t generation = 0;

        friend bool operator==(const place&, const place&) = default;
    };
    /// Those that were taken out of the scheduler meanwhile are still named.
    struct held_line {
        std::deque<place> placed = {};  ///< tasks that have a running place
        std::deque<place> waiting = {}; ///< the others
        place left = {};                ///< the one that left it last

        bool is_empty() const noexcept { return placed.empty() && waiting.empty(); }
        /// The queue of the next task; null if no task may run.
        std::deque<place>* first(const request_queues& queues) noexcept {
            if (!placed.empty()) return &placed;
            return !waiting.empty() && queues.may_run(waiting.front().task) ? &waiting : nullptr;
        }
    };

    static bool is_here(place p, const task_table& tasks) noexcept {
        return tasks.find(p.task, p.generation) != nullptr;
    }
    /// Whether a task that left its line is about to send its submit.
    static bool is_next(place left, const task_table& tasks, const request_queues& queues) noexcept {
        return is_here(left, tasks) && queues.is_queued(left.task) && !queues.is_held(left.task) &&
               queues.may_run(left.task);
    }

    std::map<submit_kind, held_line> lines_;
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/scheduler/impl/held_submits.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
