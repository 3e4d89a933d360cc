// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What may happen next in a world of one task.
#include "explore/task_world.hpp"

#include <cstddef>

namespace explore {

std::string task_world::name_of(const choice& c) {
    if (!c.is_response) return std::string{happenings[c.row].name};
    return (c.is_late      ? "late-"
            : c.number > 0 ? std::to_string(c.number + 1) + ":"
                           : "") +
           std::string{responses[c.row].name};
}

unsigned task_world::faults_of(const choice& c) {
    if (c.is_late) return 0;
    return c.is_response ? responses[c.row].faults : happenings[c.row].faults;
}

std::vector<choice> task_world::choices() const {
    std::vector<choice> all;
    if (is_dead) {
        add_resumes(all);
        return all;
    }
    if (at == wan::step_kind::done) {
        add_late(all);
        if (tokens.earlier != tokens.latest) all.push_back(choice_of(happening::die_earlier));
        if (task->outcome()->is_resumable()) all.push_back(choice_of(happening::die));
        return all;
    }
    for (std::size_t i = 0; i < in_flight.size(); ++i) add_responses(all, i);
    if (std::all_of(in_flight.begin(), in_flight.end(),
                    [](const request_in_flight& r) { return r.is_silent; }))
        all.push_back(choice_of(happening::time));
    if (in_flight.empty() && host_since && wake_at < task->deadline())
        all.push_back(choice_of(happening::oversleep));
    if (!wishes.stop) all.push_back(choice_of(happening::stop));
    if (!wishes.cancel && (task->task_id().empty() || settings->provider->dialect->cancel.offered()))
        all.push_back(choice_of(happening::cancel));
    add_deaths(all);
    return all;
}

void task_world::add_responses(std::vector<choice>& all, std::size_t which) const {
    const auto& r = in_flight[which];
    if (r.is_silent) return;
    for (std::size_t i = 0; i < response_count; ++i)
        if (responses[i].to == r.kind && peer.allows(responses[i], r.subject, now_ms()))
            all.push_back({.number = static_cast<std::uint8_t>(which),
                           .row = static_cast<std::uint8_t>(i),
                           .is_response = true});
    if (r.is_slow || which > 0) return;
    all.push_back(choice_of(happening::slow));
}

void task_world::add_late(std::vector<choice>& all) const {
    if (!task->awaits_late_response()) return;
    const bool was_accepted = peer.accepted(0) > proofs;
    for (std::size_t i = 0; i < response_count; ++i) {
        const auto& row = responses[i];
        if (row.to != asked::submit || row.status == silent) continue;
        if (row.does == effect::accept ? !was_accepted : was_accepted && says_not_accepted(row)) continue;
        all.push_back({.row = static_cast<std::uint8_t>(i), .is_response = true, .is_late = true});
    }
}

/// What was not saved was not sent.
void task_world::add_deaths(std::vector<choice>& all) const {
    all.push_back(choice_of(happening::die));
    if (tokens.unsaved != tokens.latest) all.push_back(choice_of(happening::die_unsaved));
    if (tokens.earlier != tokens.unsaved) all.push_back(choice_of(happening::die_earlier));
    if (in_flight.size() == 1 && in_flight.front().kind == asked::submit && !in_flight.front().is_silent)
        all.push_back(choice_of(happening::die_accepted));
}

void task_world::add_resumes(std::vector<choice>& all) const {
    all.push_back(choice_of(happening::resume));
    if (tokens.latest.empty()) return;
    all.push_back(choice_of(happening::resume_later));
    const auto token = wan::read_token(tokens.latest);
    if (token && (!token->task_id.empty() || wan::is_submit_open(*token)))
        all.push_back(choice_of(happening::resume_bare));
}

} // namespace explore
