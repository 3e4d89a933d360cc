// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Submits that wait for one like them, so that the time of creation tells which task is whose.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/scheduler/detail/open_submit.hpp>
#include <wan/scheduler/detail/ticket_queue.hpp>

#include <cstdint>
#include <deque>
#include <iterator>
#include <map>

namespace wan::inline WAN_ABI::detail {

/// A line for each kind of submit that is held up. Its tasks leave one after the other: the next one once the
/// submit of the one before has its answer.
class held_submits {
public:
    struct place {
        std::uint32_t task = no_task;
        std::uint32_t generation = 0;

        friend bool operator==(const place&, const place&) = default;
    };

    bool empty() const noexcept { return lines_.empty(); }

    /// Whether another one of its line comes before the task.
    bool is_behind(const submit_kind& like, place task) const noexcept {
        const auto line = lines_.find(like);
        return line != lines_.end() && line->second.left != task;
    }

    /// Appends a task to its line; before the others, if it is the one that left the line last. If this
    /// throws, nothing has changed.
    void hold(const submit_kind& like, place task) {
        const auto line = lines_.try_emplace(like).first;
        auto& waiting = line->second.waiting;
        line->second.left == task ? waiting.push_front(task) : waiting.push_back(task);
    }

    /// Lets the first task of each line leave that `is_free(like, left)` names as free; `left` is the task
    /// that left it last. `leave(task)` returns whether the task was still held. It may throw: the task is
    /// then still the first.
    template <class IsFree, class Leave>
    void release(IsFree is_free, Leave leave) {
        for (auto line = lines_.begin(); line != lines_.end();) {
            auto& [waiting, left] = line->second;
            bool has_left = !is_free(line->first, left);
            while (!has_left && !waiting.empty()) {
                const auto first = waiting.front();
                has_left = leave(first);
                waiting.pop_front();
                if (has_left) left = first;
            }
            line = has_left || !waiting.empty() ? std::next(line) : lines_.erase(line);
        }
    }

private:
    friend struct task_probe;

    struct held_line {
        std::deque<place> waiting = {}; ///< those that were taken out of the scheduler are still named
        place left = {};                ///< the one that left it last
    };

    std::map<submit_kind, held_line> lines_;
};

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
