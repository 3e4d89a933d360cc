// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Known owners of listed tasks, so that a search never adopts a task that belongs to another submit.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/detail/hash.hpp>
#include <wan/scheduler/detail/open_submit.hpp>
#include <wan/scheduler/detail/reserve_one.hpp>
#include <wan/task/resume_token.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace wan::inline WAN_ABI::detail {

/// Tasks at the provider that belong to no task in the scheduler, but to tasks that ended or were removed, or
/// to submits outside of the scheduler. A search checks all of these claims, but only if the list shows a
/// candidate.
class task_claims {
public:
    /// Allocates memory for one more claim of each kind, so that recording a claim cannot fail.
    void reserve_one() {
        detail::reserve_one(ids_);
        detail::reserve_one(prompts_);
    }

    /// Records that a task with this id has an owner.
    void add_id(std::string_view task_id) { ids_.push_back(hash_of(task_id)); }
    bool has_id(std::string_view task_id) const noexcept;

    /// Records that a submit whose prompt has this hash may have been accepted. An empty model is unknown.
    void add_prompt(std::uint64_t hash, std::string_view model, std::optional<arrival_span> arrival = {}) {
        prompts_.push_back({kind_of_submit(hash, model), arrival});
    }
    /// Records the task of a token that is not in the scheduler.
    void add(const resume_token& token);
    /// Removes the submit of a token that was recorded. Returns whether there was such a submit.
    bool remove(const resume_token& token) noexcept;
    /// Removes one such submit, which was confirmed or never accepted. Returns whether there was such a
    /// submit.
    bool remove_prompt(std::uint64_t hash, std::string_view model) noexcept;
    /// Returns whether one of the recorded submits may have created the task.
    bool may_have_made(const made_task& t) const noexcept;
    /// Returns the time from which the task of a new submit of this kind cannot be mistaken for a recorded
    /// submit's. Returns nothing if the time is unknown.
    std::optional<std::chrono::sys_seconds> free_at(const submit_kind& kind) const noexcept;

private:
    friend struct task_probe;

    std::vector<std::uint64_t> ids_; ///< hashes
    std::vector<open_submit> prompts_;
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/scheduler/impl/task_claims.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
