// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What the service's list tells of a submit without a response.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/detail/hash.hpp>
#include <wan/detail/text.hpp>
#include <wan/task/arrival_span.hpp>

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// Two submits of the same kind make tasks that the list tells apart by the time alone.
struct submit_kind {
    static constexpr std::uint64_t any_model = 0;

    std::uint64_t prompt; ///< `task::prompt_hash`; 0: none
    std::uint64_t model;  ///< a hash; `any_model`: not known

    friend constexpr auto operator<=>(const submit_kind&, const submit_kind&) = default;
};

/// What is asked of a listed task: which submit may have made it.
struct made_task {
    std::optional<std::uint64_t> prompt;             ///< a hash; not set: any
    std::uint64_t model;                             ///< a hash; `submit_kind::any_model`: any
    std::optional<std::chrono::sys_seconds> created; ///< by a clock that was checked; not set: at any time
};

/// A submit that may have been accepted.
struct open_submit {
    submit_kind kind;
    std::optional<arrival_span> arrival; ///< not set: not known

    constexpr bool may_have_made(const made_task& t) const noexcept {
        constexpr auto any = submit_kind::any_model;
        return (!t.prompt || kind.prompt == *t.prompt) &&
               (kind.model == t.model || kind.model == any || t.model == any) &&
               (!arrival || !t.created || arrival->may_have_made(*t.created));
    }
};

/// Services tell a model in upper or lower case. Empty: not known.
constexpr std::uint64_t hash_of_model(std::string_view model) noexcept {
    if (model.empty()) return submit_kind::any_model;
    auto hash = no_hash;
    for (const char c : model) hash = hashed(hash, lower(c));
    return hash;
}

constexpr submit_kind kind_of_submit(std::uint64_t prompt_hash, std::string_view model) noexcept {
    return {prompt_hash, hash_of_model(model)};
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
