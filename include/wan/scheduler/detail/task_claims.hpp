// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Whose listed tasks are: so that a lost submit is never mistaken for another one's task.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/detail/hash.hpp>
#include <wan/scheduler/detail/reserve_one.hpp>

#include <algorithm>
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
    bool has_id(std::string_view task_id) const noexcept {
        return std::find(ids_.begin(), ids_.end(), hash_of(task_id)) != ids_.end();
    }

    /// A submit with a prompt of this hash may have been accepted.
    void add_prompt(std::uint64_t hash) { prompts_.push_back(hash); }
    /// One such submit is known, or was never accepted. Returns whether there was one.
    bool remove_prompt(std::uint64_t hash) noexcept {
        const auto found = std::find(prompts_.begin(), prompts_.end(), hash);
        if (found == prompts_.end()) return false;
        prompts_.erase(found);
        return true;
    }
    /// Whether there is one with this hash, or any: `std::nullopt`.
    bool has_prompt(std::optional<std::uint64_t> hash) const noexcept {
        return hash ? std::find(prompts_.begin(), prompts_.end(), *hash) != prompts_.end()
                    : !prompts_.empty();
    }

private:
    std::vector<std::uint64_t> ids_; ///< hashes
    std::vector<std::uint64_t> prompts_;
};

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
