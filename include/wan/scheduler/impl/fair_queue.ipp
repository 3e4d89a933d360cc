// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/scheduler/detail/fair_queue.hpp>

namespace wan::inline WAN_ABI::detail {

/// Returns the map that has this group; null if the group has no task.
WAN_DECL fair_queue::groups* fair_queue::groups_with(unsigned group) noexcept {
    for (auto& each : groups_)
        if (each.find(group) != each.end()) return &each;
    return nullptr;
}

WAN_DECL void fair_queue::push(ticket_queue::ticket next, const queued_task& task, request_kind kind,
                               bool in_front) {
    auto* const before = groups_with(task.group);
    auto& right = groups_[lane_number(kind)];
    auto& all = before == nullptr ? right : *before;
    const auto group = all.try_emplace(task.group).first;
    auto& queue = group->second;
    // If memory runs out for the group's first task, the group is not added.
    struct undo {
        groups& added_to;
        groups::iterator added;
        const ticket_queue& tickets;
        ~undo() {
            if (tickets.empty()) added_to.erase(added);
        }
    };
    const undo if_empty{all, group, queue};
    in_front ? queue.push_front(next) : queue.push_back(next);
    if (in_front && &all != &right) right.insert(all.extract(group));
}

WAN_DECL std::uint32_t fair_queue::next(request_kind kind, const queued_tasks& tasks) noexcept {
    auto& all = groups_[lane_number(kind)];
    if (all.empty()) return no_task;
    auto& last = last_group_[lane_number(kind)];
    auto group = all.upper_bound(last);
    if (group == all.end()) group = all.begin();
    last = group->first;
    return group->second.first(tasks);
}

WAN_DECL void fair_queue::drop(unsigned group, const queued_tasks& tasks) noexcept {
    auto& all = *groups_with(group);
    const auto found = all.find(group);
    found->second.drop(tasks);
    file(all, found, tasks);
}

/// Moves the group to the map of its first task's kind, or removes it if it is empty.
WAN_DECL void fair_queue::file(groups& from, groups::iterator group, const queued_tasks& tasks) noexcept {
    if (group->second.empty()) {
        from.erase(group);
        return;
    }
    auto& right = groups_[lane_number(tasks[group->second.first(tasks)].kind)];
    if (&right != &from) right.insert(from.extract(group));
}

} // namespace wan::inline WAN_ABI::detail
