// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The properties by which the provider's list distinguishes open submits.
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

/// The kind of a submit. If two submits are of the same kind, the list distinguishes their tasks only by the
/// creation time.
struct submit_kind {
    static constexpr std::uint64_t any_model = 0;

    std::uint64_t prompt; ///< `task::prompt_hash`; 0: none
    std::uint64_t model;  ///< a hash; `any_model`: unknown

    friend constexpr auto operator<=>(const submit_kind&, const submit_kind&) = default;
};

/// The properties of a listed task that show which submit may have created it.
struct made_task {
    std::optional<std::uint64_t> prompt;             ///< a hash; unset: any
    std::uint64_t model;                             ///< a hash; `submit_kind::any_model`: any
    std::optional<std::chrono::sys_seconds> created; ///< according to a checked clock; unset: at any time
};

/// A submit that may have been accepted.
struct open_submit {
    submit_kind kind;
    std::optional<arrival_span> arrival; ///< unset: unknown

    constexpr bool may_have_made(const made_task& t) const noexcept {
        constexpr auto any = submit_kind::any_model;
        return (!t.prompt || kind.prompt == *t.prompt) &&
               (kind.model == t.model || kind.model == any || t.model == any) &&
               (!arrival || !t.created || arrival->may_have_made(*t.created));
    }
};

/// Returns the hash of a model, ignoring case, because providers report models in upper or lower case. An
/// empty model is unknown.
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
