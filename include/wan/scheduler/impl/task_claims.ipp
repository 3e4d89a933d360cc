// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/hash.hpp>
#include <wan/scheduler/detail/task_claims.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

WAN_DECL bool task_claims::has_id(std::string_view task_id) const noexcept {
    return std::find(ids_.begin(), ids_.end(), hash_of(task_id)) != ids_.end();
}

WAN_DECL bool task_claims::remove_prompt(std::uint64_t hash, std::string_view model) noexcept {
    const auto find = [&](auto matches) {
        return std::find_if(prompts_.begin(), prompts_.end(),
                            [&](const open_submit& s) { return s.prompt == hash && matches(s.model); });
    };
    const auto wanted = hash_of_model(model);
    auto found = find([&](std::uint64_t its) { return its == wanted; });
    if (found == prompts_.end())
        found = find([&](std::uint64_t its) { return its == any_model || wanted == any_model; });
    if (found == prompts_.end()) return false;
    // Of several models, it may have been another one's.
    if (wanted == any_model)
        for (auto& each : prompts_)
            if (each.prompt == hash && each.model != found->model) each.model = any_model;
    prompts_.erase(found);
    return true;
}

WAN_DECL bool task_claims::has_prompt(std::optional<std::uint64_t> hash,
                                      std::string_view model) const noexcept {
    const auto wanted = hash_of_model(model);
    return std::any_of(prompts_.begin(), prompts_.end(), [&](const open_submit& s) {
        return (!hash || s.prompt == *hash) &&
               (s.model == wanted || s.model == any_model || wanted == any_model);
    });
}

} // namespace wan::inline WAN_ABI::detail
