// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// What a scheduler returns: the next action, and a handle of its task.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/task/request_kind.hpp>
#include <wan/task/step.hpp>

#include <cstdint>

namespace wan::inline WAN_ABI {

/// Names a task of a scheduler. A handle is valid from `scheduler::add` until the next call to `next` after
/// the task's outcome was returned. If the task's submit was given up while in flight, the handle is valid
/// until the response arrives, but at most for an hour. No handle is reused.
struct task_handle {
    std::uint32_t index = 0;      ///< the task's slot; slots are reused
    std::uint32_t generation = 0; ///< distinguishes the tasks of a slot; 0: no task
    /// The number of the request, if the action sends one. `receive` uses it to recognize a request that
    /// was given up or has already completed. 0: the only request in flight.
    std::uint32_t number = 0;
    request_kind kind = request_kind::query; ///< the kind of that request

    /// Returns whether both handles name the same task; the request does not matter.
    friend bool operator==(const task_handle& a, const task_handle& b) noexcept {
        return a.index == b.index && a.generation == b.generation;
    }
};

/// The next action of a scheduler, and its task.
struct [[nodiscard]] scheduler_action {
    task_handle task;      ///< no task if the action is a wait
    std::uint64_t tag = 0; ///< the task's tag, as given to `add`
    /// Refers to data that is valid until the next call to `next`, or to `receive` or `remove` for the
    /// same task.
    wan::step step;
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
