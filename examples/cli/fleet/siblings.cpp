// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/fleet/siblings.hpp"

#include <algorithm>
#include <chrono>

namespace cli {

wan::result<void> siblings::learn(const std::string& model, std::optional<std::int64_t> since,
                                  const is_own& own) {
    // The clocks of the workers differ a little; those of the submits that are known must be found again.
    constexpr std::int64_t hour = 3600;
    const auto now =
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()).time_since_epoch().count();
    auto from = now - 25 * hour; // the list has the tasks of a day
    if (since) from = (std::max)(from, *since - hour);
    for (const auto& [which, token] : open_)
        if (token.model == model) from = (std::min)(from, token.started_at.value_or(0) - hour);
    auto found = store_.siblings(model, from, own);
    if (!found) return std::move(found).error();
    task_ids_.insert(found->task_ids.begin(), found->task_ids.end());
    std::map<std::pair<std::int64_t, std::size_t>, wan::resume_token> open;
    for (auto& each : found->open) open.try_emplace({each.shot, each.attempt}, std::move(each.token));
    for (auto at = open_.begin(); at != open_.end();) {
        const auto still = open.find(at->first);
        const bool is_same =
            still != open.end() && wan::to_string(still->second) == wan::to_string(at->second);
        if (is_same || at->second.model != model) {
            ++at;
            continue;
        }
        tasks_.settle(at->second);
        at = open_.erase(at);
    }
    for (auto& [which, token] : open)
        if (open_.try_emplace(which, token).second) tasks_.contest(token);
    return {};
}

void siblings::learn_open(const is_own& own) {
    std::set<std::string> models;
    for (const auto& [which, token] : open_) models.insert(token.model);
    for (const auto& model : models) (void)learn(model, std::nullopt, own); // it is tried again
}

} // namespace cli
