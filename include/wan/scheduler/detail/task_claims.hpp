// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Whose listed tasks are: so that a lost submit is never mistaken for another one's task.
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

/// Tasks at the service that belong to no task in the scheduler: those of tasks that ended or were removed,
/// and of submits outside of it. Searches look at all of them; only a listed candidate causes one.
class task_claims {
public:
    /// Allocates room for one more of each, so that the next claim cannot fail.
    void reserve_one() {
        detail::reserve_one(ids_);
        detail::reserve_one(prompts_);
    }

    /// A task with this id belongs to someone.
    void add_id(std::string_view task_id) { ids_.push_back(hash_of(task_id)); }
    bool has_id(std::string_view task_id) const noexcept;

    /// A submit with a prompt of this hash may have been accepted. Its model is not known if it is empty.
    void add_prompt(std::uint64_t hash, std::string_view model, std::optional<arrival_span> arrival = {}) {
        prompts_.push_back({kind_of_submit(hash, model), arrival});
    }
    /// A task that is not here may be this token's.
    void add(const resume_token& token);
    /// One such submit is known, or was never accepted. Returns whether there was one.
    bool remove_prompt(std::uint64_t hash, std::string_view model) noexcept;
    /// Whether there is one that may have made the task.
    bool may_have_made(const made_task& t) const noexcept;
    /// From when on a new submit of this kind makes a task that none of them can have made; nothing if no
    /// time is known.
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
