// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Whose listed tasks are: so that a lost submit is never mistaken for another one's task.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/detail/hash.hpp>
#include <wan/detail/text.hpp>
#include <wan/scheduler/detail/reserve_one.hpp>

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
    void add_prompt(std::uint64_t hash, std::string_view model) {
        prompts_.push_back({hash, hash_of_model(model)});
    }
    /// One such submit is known, or was never accepted. Returns whether there was one.
    bool remove_prompt(std::uint64_t hash, std::string_view model) noexcept;
    /// Whether there is one with this hash, or any: `std::nullopt`, that may be of this model, or of any:
    /// empty.
    bool has_prompt(std::optional<std::uint64_t> hash, std::string_view model) const noexcept;

private:
    static constexpr std::uint64_t any_model = 0;

    struct open_submit {
        std::uint64_t prompt; ///< hashes
        std::uint64_t model;
    };

    /// Services tell a model in upper or lower case.
    static constexpr std::uint64_t hash_of_model(std::string_view model) noexcept {
        if (model.empty()) return any_model;
        auto hash = no_hash;
        for (const char c : model) hash = hashed(hash, lower(c));
        return hash;
    }

    std::vector<std::uint64_t> ids_; ///< hashes
    std::vector<open_submit> prompts_;
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/scheduler/impl/task_claims.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
