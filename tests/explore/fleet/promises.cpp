// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What holds in every state of two workers. The provider's ledger decides, not what a worker believes.
#include "explore/fleet/world.hpp"

#include <algorithm>
#include <string>

namespace explore::fleet {

namespace {

std::string paid_once(const world& w, unsigned shot) {
    const auto accepted = w.peer.accepted(shot);
    return accepted <= 1 ? "" : "paid_once: the provider accepted " + std::to_string(accepted) + " submits";
}

std::string is_own(const world& w, unsigned shot, std::string_view id) {
    if (id.empty()) return "";
    const auto* const e = w.peer.find(id);
    return e != nullptr && e->shot == shot ? "" : "own_task: " + std::string{id} + " is not its task";
}

std::string own_task(const world& w, unsigned shot) {
    if (auto why = is_own(w, shot, w.database.shots()[shot].task_id); !why.empty()) return why;
    for (const auto& it : w.workers)
        if (it.drives[shot])
            if (auto why = is_own(w, shot, it.drives[shot]->task.task_id()); !why.empty()) return why;
    return "";
}

std::string limits(const world& w) {
    const auto& all = w.database.shots();
    const auto places = std::count_if(all.begin(), all.end(), [](const shot_row& s) { return s.has_place; });
    return places <= static_cast<std::ptrdiff_t>(w.settings->of->running_limit)
               ? ""
               : "limits: too many running places are taken";
}

/// Of an end: what the provider accepted is known, and nothing is held any more.
std::string none_lost(const world& w, unsigned shot) {
    const auto& s = w.database.shots()[shot];
    const auto accepted = w.peer.accepted(shot);
    if (!s.has_ended) return "ends: the shot is over, but its task has no outcome";
    if (s.has_place) return "released: the shot still has a running place";
    if (s.is_kind_open) return "released: other shots of its kind still wait";
    if (s.is_submit_open)
        return w.settings->of->may_be_unknown ? "" : "none_lost: the submit stays unconfirmed";
    if (accepted != 0 && s.task_id.empty()) return "none_lost: the database lacks the task's id";
    return accepted == 0 ? "ends: the shot was never submitted" : "";
}

} // namespace

std::string broken_promise(const world& w) {
    if (!w.violation.empty()) return w.violation;
    for (unsigned i = 0; i < w.database.shots().size(); ++i) {
        const auto broken = [&](const std::string& why) {
            return "shot " + std::to_string(i + 1) + ": " + why;
        };
        if (auto why = paid_once(w, i); !why.empty()) return broken(why);
        if (auto why = own_task(w, i); !why.empty()) return broken(why);
        if (!w.has_ended()) continue;
        if (auto why = none_lost(w, i); !why.empty()) return broken(why);
    }
    return limits(w);
}

} // namespace explore::fleet
