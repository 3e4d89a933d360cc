// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The tasks of a scheduler, and what they know of each other.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/scheduler/detail/open_submit.hpp>
#include <wan/scheduler/detail/reserve_one.hpp>
#include <wan/scheduler/detail/task_claims.hpp>
#include <wan/task/task.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace wan::inline WAN_ABI::detail {

/// Holds tasks in slots that are used again, counts their requests in flight, and answers a task's question
/// whether a listed task may be another one's.
class task_table {
public:
    /// A million tasks may wait: 24 bytes.
    struct slot {
        std::unique_ptr<task> held; ///< null: free
        std::uint64_t tag = 0;
        std::uint32_t generation = 0;    ///< a number of the task's own, from 1 on
        std::uint16_t requests = 0;      ///< that were returned
        bool is_submit_open : 1 = false; ///< and no claim stands for it
        bool is_claimed : 1 = false;     ///< its outcome was returned: `claims` has it
        bool is_reported : 1 = false;    ///< its outcome was returned; the response to its submit is awaited
    };

    /// Spans a call that may change a task, and updates the counts after it, also if it throws. Call
    /// `reserve_one` before.
    class change {
    public:
        change(task_table& table, std::uint32_t index) noexcept
            : table_(table), index_(index), before_(table[index].held->requests_in_flight()) {}
        change(const change&) = delete;
        change& operator=(const change&) = delete;
        ~change() { table_.update(index_, before_); }

    private:
        task_table& table_;
        std::uint32_t index_;
        unsigned before_;
    };

    task_table() = default;
    task_table(const task_table&) = delete;
    task_table& operator=(const task_table&) = delete;

    /// Adds a task, which from then on asks this table for its siblings. If this throws, nothing has changed.
    std::uint32_t add(task&& added, std::uint64_t tag);
    /// Allocates what one change needs, so that it cannot fail.
    void reserve_one() {
        detail::reserve_one(open_submits_);
        claims.reserve_one();
    }
    /// Frees a slot.
    void release(std::uint32_t index) noexcept;

    slot& operator[](std::uint32_t index) noexcept { return slots_[index]; }
    const slot& operator[](std::uint32_t index) const noexcept { return slots_[index]; }
    /// Returns the slot of a task; null if that task is gone.
    const slot* find(std::uint32_t index, std::uint32_t generation) const noexcept;
    std::size_t slot_count() const noexcept { return slots_.size(); } ///< free ones as well

    std::size_t in_flight() const noexcept { return in_flight_; } ///< requests of all tasks

    /// Whether a listed task belongs to a task that is or was here, or is known otherwise.
    bool owns(std::string_view task_id) const;
    /// Whether another submit than that of the task that asks may have made this one.
    bool is_contested(const made_task& made) const noexcept;
    submit_kind kind_of(std::uint32_t index) const noexcept; ///< of the task's submit
    /// Whether a task that is here has an open submit of this kind.
    bool is_open(const submit_kind& kind) const noexcept;

    /// Remembers a task that will no longer be here: the service's list may still show it.
    void claim(std::uint32_t index);
    task_claims claims; ///< of tasks that are not here

private:
    friend struct task_probe;

    void update(std::uint32_t index, unsigned in_flight_before) noexcept;
    void set_open(std::uint32_t index, bool is_open) noexcept;

    std::vector<slot> slots_;
    std::vector<std::uint32_t> free_; ///< with capacity for all slots
    std::uint32_t added_ = 0;
    std::vector<std::uint32_t> open_submits_; ///< the slots that say so
    std::size_t in_flight_ = 0;
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/scheduler/impl/task_table.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
