// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/hash.hpp>
#include <wan/detail/hash_text.hpp>
#include <wan/scheduler/detail/task_claims.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

WAN_DECL bool task_claims::has_id(std::string_view task_id) const noexcept {
    return std::find(ids_.begin(), ids_.end(), hash_of(task_id)) != ids_.end();
}

WAN_DECL void task_claims::add(const resume_token& token) {
    if (!token.task_id.empty())
        add_id(token.task_id);
    else if (is_submit_open(token))
        add_prompt(read_hash(token.prompt_hash).value_or(0), token.model, arrival_of(token));
}

WAN_DECL bool task_claims::remove(const resume_token& token) noexcept {
    if (!token.task_id.empty() || !is_submit_open(token)) return false;
    const auto kind = kind_of_submit(read_hash(token.prompt_hash).value_or(0), token.model);
    const auto arrival = arrival_of(token);
    const auto is_it = [&](const open_submit& s) {
        const bool is_same_time = !s.arrival || !arrival
                                      ? !s.arrival && !arrival
                                      : s.arrival->from == arrival->from && s.arrival->to == arrival->to;
        return s.kind == kind && is_same_time;
    };
    const auto found = std::find_if(prompts_.begin(), prompts_.end(), is_it);
    if (found == prompts_.end()) return false;
    prompts_.erase(found);
    return true;
}

WAN_DECL bool task_claims::remove_prompt(std::uint64_t hash, std::string_view model) noexcept {
    constexpr auto any = submit_kind::any_model;
    const auto find = [&](auto matches) {
        return std::find_if(prompts_.begin(), prompts_.end(), [&](const open_submit& s) {
            return s.kind.prompt == hash && matches(s.kind.model);
        });
    };
    const auto wanted = hash_of_model(model);
    auto found = find([&](std::uint64_t its) { return its == wanted; });
    if (found == prompts_.end()) found = find([&](std::uint64_t its) { return its == any || wanted == any; });
    if (found == prompts_.end()) return false;
    const auto removed = *found;
    prompts_.erase(found);
    // If several claims match, the caller may have meant another one, so the remaining claims become less
    // specific.
    for (auto& each : prompts_) {
        if (each.kind.prompt != hash) continue;
        if (wanted == any && each.kind.model != removed.kind.model) each.kind.model = any;
        each.arrival = {};
    }
    return true;
}

WAN_DECL bool task_claims::may_have_made(const made_task& t) const noexcept {
    return std::any_of(prompts_.begin(), prompts_.end(),
                       [&](const open_submit& s) { return s.may_have_made(t); });
}

WAN_DECL std::optional<std::chrono::sys_seconds>
task_claims::free_at(const submit_kind& kind) const noexcept {
    std::optional<std::chrono::sys_seconds> latest;
    for (const auto& s : prompts_)
        if (s.kind == kind && s.arrival && (!latest || *latest < s.arrival->ends_at()))
            latest = s.arrival->ends_at();
    return latest;
}

} // namespace wan::inline WAN_ABI::detail
