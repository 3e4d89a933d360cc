// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A queue that tasks may leave from anywhere.
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
    waiting, ///< with its group, for a request and a running place
    placed,  ///< of its lane, for a request; it has its running place
    account, ///< for a request that is limited over all lanes
    urgent,  ///< for no request: its next step sends nothing
    held,    ///< in no queue: for the response to another task's submit
};

/// What the queues know of a task. A million tasks may wait: 12 bytes.
struct queued_task {
    std::uint32_t ticket = 0; ///< of its latest place in a queue; older ones are void
    unsigned group = 0;
    std::uint16_t lane = 0;
    queue_place place = queue_place::none;
    request_kind kind : 7 = request_kind::query; ///< of the request that it is queued for
    bool is_running : 1 = false;                 ///< has a running place
};

/// By number of the task.
using queued_tasks = std::vector<queued_task>;

/// First in, first out. A task leaves from anywhere: its ticket becomes void, and is skipped. Void tickets
/// and the free room before the first one are at most twice as many as valid tickets, but for a few. Each
/// call takes constant time, on average.
class ticket_queue {
public:
    struct ticket {
        std::uint32_t task;
        std::uint32_t number;

        bool is_valid(const queued_tasks& tasks) const noexcept {
            return tasks[task].ticket == number && tasks[task].place != queue_place::none;
        }
    };

    /// Whether no task is queued.
    bool empty() const noexcept { return valid_ == 0; }

    void push_back(ticket next);
    void push_front(ticket next);

    /// Returns the first task; `no_task` if there is none.
    std::uint32_t first(const queued_tasks& tasks) noexcept;
    /// Reports that a queued task's ticket became void.
    void drop(const queued_tasks& tasks) noexcept;

private:
    std::vector<ticket> tickets_; ///< those before `begin_` are gone: room in front
    std::size_t begin_ = 0;
    std::size_t valid_ = 0;
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/scheduler/impl/ticket_queue.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
