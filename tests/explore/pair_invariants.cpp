// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What holds in every state of two tasks in a scheduler.
#include "explore/pair_world.hpp"

#include <string>
#include <string_view>

namespace explore {

namespace {

std::string paid_once(const pair_world& w, unsigned i) {
    return w.peer.accepted(i) <= 1 + w.shots[i].proofs ? "" : "paid_once: two submits were accepted";
}

std::string own_task(const pair_world& w, unsigned i) {
    const auto* t = w.tasks != nullptr ? w.task_of(i) : nullptr;
    const std::string id{t != nullptr     ? t->task_id()
                         : w.shots[i].end ? std::string_view{w.shots[i].end->task_id}
                                          : std::string_view{}};
    if (id.empty()) return "";
    const auto* e = w.peer.find(id);
    return e != nullptr && e->whose == owner::us && e->shot == i
               ? ""
               : "own_task: the task adopted " + id + ", which is not its own";
}

std::string id_is_kept(const pair_world& w, unsigned i) {
    const auto& s = w.shots[i];
    if (s.reported_id.empty()) return "";
    const auto token = wan::read_token(s.token);
    return token && token->task_id == s.reported_id ? "" : "id_is_kept: its token lacks " + s.reported_id;
}

std::string end_is_true(const pair_world& w, unsigned i) {
    using enum wan::task_ending;
    using progress = ledger_entry::progress;
    const auto& s = w.shots[i];
    if (!s.end) return "";
    const auto& o = *s.end;
    const auto* e = w.peer.find(o.task_id);
    const auto at = e != nullptr ? e->at : progress::pending;
    const auto is = [&](bool right) {
        return right ? "" : "end_is_true: the task wrongly ends as " + std::string{to_wire(o.ending)};
    };
    if (o.ending != submit_unknown && o.task_id.empty() && w.peer.accepted(i) > s.proofs)
        return "end_is_true: the task ends without its id";
    switch (o.ending) {
    case succeeded: return is(at == progress::succeeded && o.video.has_value());
    case failed: return is(at == progress::failed);
    case canceled: return is(e != nullptr ? at == progress::canceled : s.is_canceled);
    case rejected: return is(e == nullptr && o.error);
    case unreachable: return is(o.error.has_value());
    case submit_unknown: return is(o.error && (o.task_id.empty() || o.task_id == s.reported_id));
    case deadline: return "";
    default: return is(false);
    }
}

std::string keeps_limits(const pair_world& w) {
    const bool is_over = w.tasks != nullptr && w.tasks->requests_in_flight() > w.settings->of->at_once;
    return is_over ? "limits: too many requests are in flight" : "";
}

std::string ends_in_time(const pair_world& w) {
    if (w.tasks == nullptr || w.has_ended() || w.calls_now == 0) return "";
    if (w.wake_at < w.now) return "ends_in_time: the scheduler waits until the current time";
    if (w.wake_at == wan::time_point::max()) return "ends_in_time: the scheduler waits forever";
    return w.calls_now < 60 ? "" : "ends_in_time: the scheduler continues forever";
}

} // namespace

std::string broken_pair_invariant(const pair_world& w) {
    if (!w.violation.empty()) return "step: " + w.violation;
    using check = std::string (*)(const pair_world&, unsigned);
    constexpr check of_each[] = {paid_once, own_task, id_is_kept, end_is_true};
    for (unsigned i = 0; i < w.shots.size(); ++i)
        for (const auto c : of_each)
            if (auto why = c(w, i); !why.empty()) return "task " + std::to_string(i + 1) + ": " + why;
    if (auto why = keeps_limits(w); !why.empty()) return why;
    if (w.told.find(key) != std::string::npos) return "key_is_hidden: a message shows the key";
    return ends_in_time(w);
}

} // namespace explore
