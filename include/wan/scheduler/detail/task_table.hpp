// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The tasks of a scheduler, and the questions that they ask about each other.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/scheduler/detail/open_submit.hpp>
#include <wan/scheduler/detail/reserve_one.hpp>
#include <wan/scheduler/detail/task_claims.hpp>
#include <wan/task/task.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace wan::inline WAN_ABI::detail {

/// Holds tasks in slots that are reused, counts their requests in flight, and answers whether a listed task
/// may belong to another task.
class task_table {
public:
    /// A slot for a task: 24 bytes, because a million tasks may wait.
    struct slot {
        std::unique_ptr<task> held; ///< null: free
        std::uint64_t tag = 0;
        std::uint32_t generation = 0;    ///< unique number of the task, starting at 1
        std::uint16_t requests = 0;      ///< number of requests that were returned
        bool is_submit_open : 1 = false; ///< its submit is open, and no claim represents it
        bool is_claimed : 1 = false;     ///< its outcome was returned; `claims` has it
        bool is_reported : 1 = false;    ///< its outcome was returned; the response to its submit is awaited
    };

    /// Spans a call that may change a task, and updates the counts after the call, even if the call throws.
    /// Call `reserve_one` before it.
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

    /// Adds a task, which asks this table about its siblings from then on. If this throws, nothing has
    /// changed.
    std::uint32_t add(task&& added, std::uint64_t tag);
    /// Allocates the memory for one change, so that the change cannot fail.
    void reserve_one() {
        detail::reserve_one(open_submits_);
        claims.reserve_one();
    }
    /// Frees a slot.
    void release(std::uint32_t index) noexcept;

    slot& operator[](std::uint32_t index) noexcept { return slots_[index]; }
    const slot& operator[](std::uint32_t index) const noexcept { return slots_[index]; }
    /// Returns the slot of a task; null if the task is gone.
    const slot* find(std::uint32_t index, std::uint32_t generation) const noexcept;
    std::size_t slot_count() const noexcept { return slots_.size(); } ///< including free slots

    std::size_t in_flight() const noexcept { return in_flight_; } ///< requests of all tasks

    /// Returns whether a listed task belongs to a task that is or was in this table, or is claimed.
    bool owns(std::string_view task_id) const;
    /// Returns whether a submit other than the asking task's may have created this listed task.
    bool is_contested(const made_task& made) const noexcept;
    submit_kind kind_of(std::uint32_t index) const noexcept; ///< the kind of the task's submit
    /// Returns whether a task in this table has an open submit of this kind.
    bool is_open(const submit_kind& kind) const noexcept;

    /// Records a task that is about to leave: the provider's list may still show it.
    void claim(std::uint32_t index);
    task_claims claims; ///< claims of tasks that are not in this table

private:
    friend struct task_probe;

    void update(std::uint32_t index, unsigned in_flight_before) noexcept;
    void set_open(std::uint32_t index, bool is_open) noexcept;

    /// What the tasks ask about each other.
    const sibling_tasks siblings_ = {
        {[](const void* self, std::string_view id) { return static_cast<const task_table*>(self)->owns(id); },
         this},
        [](const void* self, std::optional<std::uint64_t> prompt_hash, std::string_view model,
           std::optional<std::chrono::sys_seconds> created) {
            return static_cast<const task_table*>(self)->is_contested(
                {prompt_hash, hash_of_model(model), created});
        }};
    std::vector<slot> slots_;
    std::vector<std::uint32_t> free_; ///< with capacity for all slots
    std::uint32_t added_ = 0;
    std::vector<std::uint32_t> open_submits_; ///< the slots with `is_submit_open`
    std::size_t in_flight_ = 0;
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/scheduler/impl/task_table.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
