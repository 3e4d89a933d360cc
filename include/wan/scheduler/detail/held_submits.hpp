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
#include <map>

namespace wan::inline WAN_ABI::detail {

/// A line for each kind of submit that is held up. Its tasks leave one after the other: the next one once the
/// submit of the one before has its answer.
class held_submits {
public:
    /// When the submit of a task may be sent; `time_point::max()` if only another one's answer tells.
    time_point free_at(std::uint32_t task, const task_table& tasks, time_point now) const noexcept;

    /// Appends a task to its line; before the others, if it is the one that left the line last. If this
    /// throws, nothing has changed.
    void hold(std::uint32_t task, const task_table& tasks);

    /// Lets the first task of each line leave whose submit may be sent by now: `leave(task)`. That may throw:
    /// the task is then still the first.
    template <class Leave>
    void release(const task_table& tasks, const request_queues& queues, Leave leave) {
        for (auto at = lines_.begin(); at != lines_.end();) {
            auto& [kind, line] = *at;
            bool has_left = !is_free(kind, line, tasks, queues);
            while (!has_left && !line.waiting.empty()) {
                const auto first = line.waiting.front();
                has_left = is_here(first, tasks) && queues.is_held(first.task);
                if (has_left) leave(first.task);
                line.waiting.pop_front();
                if (has_left) line.left = first;
            }
            at = has_left || !line.waiting.empty() ? ++at : lines_.erase(at);
        }
    }

private:
    friend struct task_probe;

    struct place {
        std::uint32_t task = no_task;
        std::uint32_t generation = 0;

        friend bool operator==(const place&, const place&) = default;
    };
    struct held_line {
        std::deque<place> waiting = {}; ///< those that were taken out of the scheduler are still named
        place left = {};                ///< the one that left it last
    };

    static bool is_here(place p, const task_table& tasks) noexcept {
        return tasks.find(p.task, p.generation) != nullptr;
    }
    /// Whether no submit of the line is on its way, or about to be.
    static bool is_free(const submit_kind& kind, const held_line& line, const task_table& tasks,
                        const request_queues& queues) noexcept;

    std::map<submit_kind, held_line> lines_;
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/scheduler/impl/held_submits.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
