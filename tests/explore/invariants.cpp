// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What holds in every state that any path leads to. The service's ledger decides, not what the task believes.
#include "explore/task_world.hpp"

#include <wan/wan.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>

namespace explore {

namespace {

/// Each returns what is wrong; empty: nothing.
struct invariant {
    std::string_view name;
    std::string (*check)(const task_world& w);
};

/// The service accepted one submit, and another one only if its list proved that the first was not.
std::string paid_once(const task_world& w) {
    const auto accepted = w.peer.accepted(0);
    return accepted <= 1 + w.proofs ? "" : "the provider accepted " + std::to_string(accepted) + " submits";
}

/// An id that the service reported is the task's id, and in its token, from then on.
std::string id_is_kept(const task_world& w) {
    if (!w.task || w.reported_id.empty()) return "";
    if (w.task->task_id() != w.reported_id)
        return "the provider reported " + w.reported_id + "; the task has '" +
               std::string{w.task->task_id()} + "'";
    const auto token = wan::read_token(w.tokens.latest);
    return token && token->task_id == w.reported_id ? "" : "the saved token lacks " + w.reported_id;
}

/// A task has no id but of a task that was made for it.
std::string own_task(const task_world& w) {
    if (!w.task || w.task->task_id().empty()) return "";
    const auto* e = w.peer.find(w.task->task_id());
    return e != nullptr && e->whose == owner::us
               ? ""
               : "the task adopted " + std::string{w.task->task_id()} + ", which is not its own";
}

/// Whatever the host asks for, it waits at most until the deadline, or until the request in flight is lost.
std::string ends_in_time(const task_world& w) {
    if (!w.task || w.at == wan::step_kind::done || !w.host_since) return "";
    const auto deadline = *w.host_since + w.settings->policy->deadline;
    if (w.task->deadline() != deadline) return "the deadline moved";
    auto latest = w.in_flight.empty() ? deadline : wan::time_point{};
    for (const auto& r : w.in_flight) {
        if (r.sent >= deadline) return "a request was sent after the deadline";
        latest = std::max(latest, r.sent + 2 * r.timeout);
    }
    if (w.wake_at > latest) return "the task waits beyond its deadline, or longer than twice a timeout";
    if (w.wake_at <= w.now) return "the task waits until the current time";
    return w.calls_now < 40 ? "" : "the task continues forever without time passing";
}

/// A task that is stopped ends as soon as no request is in flight.
std::string stops(const task_world& w) {
    if (!w.task || !w.wishes.stop || !w.host_since || !w.in_flight.empty()) return "";
    return w.at == wan::step_kind::done ? "" : "the task continues after it was stopped";
}

/// With the request a token always resumes; without it, if there is a task or may be one.
std::string token_resumes(const task_world& w) {
    if (!w.task || w.tokens.latest.empty()) return "";
    const auto text = to_string(w.task->token());
    static thread_local std::unordered_set<std::string> good; // most states have the token of another one
    if (good.contains(text)) return "";
    const auto token = wan::read_token(text);
    if (!token) return "the token cannot be read: " + token.error().message;
    const auto& s = *w.settings;
    const auto whole = wan::resume_task(s.provider, *token, s.request, s.clock, s.policy);
    if (!whole) return "the token does not resume: " + whole.error().message;
    const bool is_open = !token->task_id.empty() || wan::is_submit_open(*token);
    const auto bare = wan::resume_task(s.provider, *token, s.clock, s.policy);
    if (bare.has_value() != is_open)
        return "without the request the token " + std::string{bare ? "resumes" : "does not resume"};
    if (is_open && bare->task_id() != token->task_id) return "another task id is resumed";
    good.insert(text);
    return "";
}

/// Every end says why, and what it says is so.
std::string end_has_reason(const task_world& w) {
    using enum wan::task_ending;
    if (!w.task || w.at != wan::step_kind::done) return "";
    const auto& o = *w.task->outcome();
    const bool has_error = o.error && !to_string(*o.error).empty() && !o.error->message.empty();
    switch (o.ending) {
    case succeeded: return o.video && !o.video->url.empty() ? "" : "succeeded without a video";
    case failed:
    case expired:
    case rejected:
    case unreachable: return has_error ? "" : std::string{to_wire(o.ending)} + " without an error";
    case submit_unknown: return has_error || w.wishes.stop ? "" : "no error";
    case canceled:
    case deadline:
    case stopped: return "";
    case invalid: break;
    }
    return "the task ends as " + std::string{to_wire(o.ending)};
}

/// The ending agrees with the ledger.
std::string end_is_true(const task_world& w) {
    using enum wan::task_ending;
    using progress = ledger_entry::progress;
    if (!w.task || w.at != wan::step_kind::done) return "";
    const auto& o = *w.task->outcome();
    const auto* e = w.peer.find(o.task_id);
    const auto at = e != nullptr ? e->at : progress::pending;
    const auto name = std::string{to_wire(o.ending)};
    const auto is = [&](bool right) { return right ? "" : "the task ends as " + name + ", which is wrong"; };
    if (o.ending != submit_unknown && o.task_id.empty() && w.peer.accepted(0) > w.proofs)
        return "the task ends as " + name + " without the id of a task that was made";
    switch (o.ending) {
    case succeeded:
        return is(at == progress::succeeded &&
                  o.video->url.find("/" + o.task_id + ".mp4") != std::string::npos);
    case failed: return is(at == progress::failed);
    case canceled: return is(e != nullptr ? at == progress::canceled : w.wishes.cancel);
    case expired: return is(e != nullptr && w.now_ms() - e->created_ms >= 24 * 3600 * 1000);
    case rejected: return is(e == nullptr);
    case stopped: return is(w.wishes.stop);
    case deadline: return is(w.now >= w.task->deadline());
    case submit_unknown: return is(o.task_id.empty() || o.task_id == w.reported_id);
    case unreachable:
    case invalid: return "";
    }
    return "";
}

/// The key is in no text that a person or a disk gets to see.
std::string key_is_hidden(const task_world& w) {
    const auto shows = [](std::string_view text) { return text.find(key) != std::string_view::npos; };
    if (shows(w.told)) return "a message shows the key: " + w.told;
    if (!w.task) return "";
    const auto p = w.task->progress();
    if (p.trouble != nullptr && shows(to_string(*p.trouble))) return "the progress shows the key";
    if (shows(p.status)) return "the status shows the key";
    if (shows(to_string(w.task->token()))) return "the token shows the key";
    if (w.task->outcome() == nullptr) return "";
    const auto& o = *w.task->outcome();
    if (shows(to_string(o)) || shows(o.raw_reply) || shows(o.reply.message) || shows(o.request_id))
        return "the outcome shows the key";
    return "";
}

constexpr invariant all_invariants[] = {
    {"paid_once", paid_once},
    {"id_is_kept", id_is_kept},
    {"own_task", own_task},
    {"ends_in_time", ends_in_time},
    {"stops", stops},
    {"token_resumes", token_resumes},
    {"end_has_reason", end_has_reason},
    {"end_is_true", end_is_true},
    {"key_is_hidden", key_is_hidden},
};

} // namespace

std::string broken_invariant(const task_world& w) {
    if (!w.violation.empty()) return "step: " + w.violation;
    for (const auto& i : all_invariants)
        if (auto why = i.check(w); !why.empty()) return std::string{i.name} + ": " + why;
    return {};
}

} // namespace explore
