// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Submits that wait for a similar submit, so that the creation times show which task belongs to which submit.
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

/// Submits of the same kind, which the provider's list could not tell apart. Each kind has a line, which its
/// tasks leave one after the other: the next task leaves when the submit of the previous one is no longer
/// open. Tasks with a running place go first, because tasks without one may be waiting for it.
class held_submits {
public:
    /// Returns when the submit of a task may be sent; `time_point::max()` if that depends on the response to
    /// another submit.
    time_point free_at(std::uint32_t task, const task_table& tasks, const request_queues& queues,
                       time_point now) const noexcept;

    /// Appends a task to its line, or puts it in front if it was the last to leave that line. If this throws,
    /// nothing has changed.
    void hold(std::uint32_t task, const task_table& tasks, const request_queues& queues);

    /// Calls `leave(task)` for the first task of each line whose submit may be sent now. If `leave` throws,
    /// the task is still the first of its line.
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
    /// A line of tasks. It may still name tasks that were removed from the scheduler.
    struct held_line {
        std::deque<place> placed = {};  ///< tasks that have a running place
        std::deque<place> waiting = {}; ///< tasks that have none
        place left = {};                ///< the last task that left the line

        bool is_empty() const noexcept { return placed.empty() && waiting.empty(); }
        /// Returns the queue of the next task; null if no task may run.
        std::deque<place>* first(const request_queues& queues) noexcept {
            if (!placed.empty()) return &placed;
            return !waiting.empty() && queues.may_run(waiting.front().task) ? &waiting : nullptr;
        }
    };

    static bool is_here(place p, const task_table& tasks) noexcept {
        return tasks.find(p.task, p.generation) != nullptr;
    }
    /// Returns whether a task that left its line is about to send its submit.
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
