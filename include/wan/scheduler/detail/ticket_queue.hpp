// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A queue that tasks may leave from any position.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/task/request_kind.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace wan::inline WAN_ABI::detail {

inline constexpr std::uint32_t no_task = 0xFFFFFFFF;

/// The queues that a task can be in.
enum class queue_place : std::uint8_t {
    none,
    waiting, ///< in its group, waiting for a request and a running place
    placed,  ///< in its lane, waiting for a request; has a running place
    account, ///< in the account's queue, waiting for a request that is limited over all lanes
    urgent,  ///< in the urgent queue: its next step sends nothing
    held,    ///< in no queue: waits for the response to another task's submit
};

/// The state of a task in the queues: 12 bytes, because a million tasks may wait.
struct queued_task {
    std::uint32_t ticket = 0; ///< the valid ticket; older ones are void
    unsigned group = 0;
    std::uint16_t lane = 0;
    queue_place place = queue_place::none;
    request_kind kind : 7 = request_kind::query; ///< the kind of request for which it is queued
    bool is_running : 1 = false;                 ///< has a running place
};

/// Indexed by the number of the task.
using queued_tasks = std::vector<queued_task>;

/// A first-in, first-out queue. A task may leave from any position: its ticket then becomes void, and is
/// skipped. Void tickets and free elements in front are together at most twice as many as valid tickets, plus
/// a few. Each call takes constant time on average.
class ticket_queue {
public:
    struct ticket {
        std::uint32_t task;
        std::uint32_t number;

        bool is_valid(const queued_tasks& tasks) const noexcept {
            return tasks[task].ticket == number && tasks[task].place != queue_place::none;
        }
    };

    /// Returns whether no task is queued.
    bool empty() const noexcept { return valid_ == 0; }

    void push_back(ticket next);
    void push_front(ticket next);

    /// Returns the first task; `no_task` if there is none.
    std::uint32_t first(const queued_tasks& tasks) noexcept;
    /// Reports that a queued task's ticket became void.
    void drop(const queued_tasks& tasks) noexcept;

private:
    std::vector<ticket> tickets_; ///< elements before `begin_` are free
    std::size_t begin_ = 0;
    std::size_t valid_ = 0;
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/scheduler/impl/ticket_queue.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
