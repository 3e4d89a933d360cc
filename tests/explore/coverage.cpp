// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// How a transition is shown.
#include "explore/coverage.hpp"

#include <algorithm>

namespace explore {

namespace {

template <std::size_t N, class Row>
void list(std::vector<std::string>& names, const std::array<std::uint64_t, N>& taken, const Row (&table)[N],
          const char* of) {
    for (std::size_t i = 0; i < N; ++i)
        if (taken[i] == 0)
            names.push_back(std::string{of} + ": " + std::string{wan::to_wire(table[i].from)} + " -- " +
                            std::string{wan::to_wire(table[i].on)} + " -> " +
                            std::string{wan::to_wire(table[i].to)});
}

} // namespace

void coverage::note(const snapshot& before, const snapshot& after, const call& by) {
    note_task(before, after, by);
    if (before.search && after.search) note_search(before, after);
    for (std::size_t i = 0; i < std::min(before.files.size(), after.files.size()); ++i)
        note_file(before.files[i], after.files[i]);
}

std::vector<std::string> coverage::missing() const {
    std::vector<std::string> names;
    list(names, task_, wan::task_transitions, "task");
    list(names, late_, wan::late_transitions, "late response");
    list(names, search_, wan::detail::search_transitions, "search");
    list(names, upload_, wan::upload_transitions, "upload");
    return names;
}

void coverage::take(wan::task_state from, wan::task_event on) noexcept {
    for (std::size_t i = 0; i < task_.size(); ++i)
        if (wan::task_transitions[i].from == from && wan::task_transitions[i].on == on) ++task_[i];
}

void coverage::note_task(const snapshot& before, const snapshot& after, const call& by) {
    using enum wan::task_state;
    if (before.ending && after.ending && before.ending != after.ending) {
        for (std::size_t i = 0; i < late_.size(); ++i)
            late_[i] += wan::late_transitions[i].from == *before.ending &&
                        wan::late_transitions[i].to == *after.ending;
        return;
    }
    if (before.ending) return;
    if (before.state == after.state && before.files.empty()) return;
    if (before.state == uploading && after.state == uploading)
        return take(uploading,
                    by.is_receive ? wan::task_event::upload_responded : wan::task_event::upload_sent);
    if (const auto on = only_event(before.state, after, by)) return take(before.state, *on);
    for (const auto& first : wan::task_transitions) {
        if (first.from != before.state || first.ending || first.to == first.from) continue;
        if (const auto second = only_event(first.to, after, by)) {
            // Through a request that is given up; what it teaches is a failure.
            if (before.state == querying && first.on == wan::task_event::task_running) continue;
            take(before.state, first.on);
            return take(first.to, *second);
        }
    }
}

std::optional<wan::task_event> coverage::only_event(wan::task_state from, const snapshot& to,
                                                    const call& by) {
    using wan::task_event;
    std::optional<task_event> found;
    for (const auto& row : wan::task_transitions) {
        if (row.from != from || row.to != to.state || row.ending != to.ending) continue;
        const auto on = row.on;
        if (on == task_event::task_running && to.poll_failures > 0) continue;
        if (on == task_event::query_failed && to.poll_failures == 0) continue;
        const bool is_stop = by.is_stopping && !by.is_receive;
        if (from == wan::task_state::submit_lost && to.ending) {
            if (is_stop != (on == task_event::stop)) continue;
            if (!is_stop && by.is_past_deadline != (on == task_event::deadline_passed)) continue;
        }
        found = on;
    }
    return found;
}

void coverage::note_search(const snapshot& before, const snapshot& after) {
    using enum wan::detail::search_event;
    using wan::detail::search_state;
    const bool has_failed = after.search_failures > before.search_failures;
    for (std::size_t i = 0; i < search_.size(); ++i) {
        const auto& row = wan::detail::search_transitions[i];
        if (row.from != *before.search || row.to != *after.search) continue;
        const bool was_asked =
            before.state == wan::task_state::listing || before.state == wan::task_state::identifying;
        if (row.on != look_again && (!was_asked || before.state == after.state)) continue;
        if (row.from == row.to && has_failed != (row.on == request_failed)) continue;
        ++search_[i];
    }
}

void coverage::note_file(wan::upload_state before, wan::upload_state after) {
    using enum wan::upload_state;
    if (before == after) return;
    for (std::size_t i = 0; i < upload_.size(); ++i)
        if (wan::upload_transitions[i].from == before && wan::upload_transitions[i].to == after)
            return void(++upload_[i]);
    // A policy that expired is asked for again in one call.
    if (before == file_due && after == policy_asked) {
        note_file(file_due, policy_due);
        note_file(policy_due, policy_asked);
    }
}

} // namespace explore
