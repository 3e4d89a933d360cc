// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// How a worker drives its tasks, and what a world is hashed by.
#include "explore/fleet/world.hpp"
#include "explore/host.hpp"

#include <chrono>
#include <cstdlib>
#include <string>
#include <utility>

namespace explore::fleet {

namespace {

constexpr std::int64_t video_takes_ms = 8'000;
constexpr response_row running{"running", asked::query, 0, 200, body::state, "RUNNING", effect::start};
constexpr response_row succeeded{"succeeded", asked::query,   0, 200, body::state,
                                 "SUCCEEDED", effect::succeed};
constexpr response_row accepted{"accepted", asked::submit, 0, 200, body::accepted};
constexpr response_row throttled{"throttled", asked::submit, 1, 429, body::error, "Throttling.RateQuota"};

} // namespace

void world::begin(worker& w, claimed c) {
    const auto& s = settings->task;
    const auto request = settings->request_of(c.shot);
    const wan::wall_clock clock{setting::start + std::chrono::seconds{now / 1000},
                                w.steady(now / 1000 * 1000), wan::clock_trust::checked};
    std::optional<wan::resume_token> token;
    if (!c.token.empty()) {
        auto read = wan::read_token(c.token);
        if (!read) return violate("step: the token cannot be read: " + read.error().message);
        token = *std::move(read);
    }
    auto made = token ? wan::resume_task(s.provider, *token, request, clock, s.policy)
                      : wan::make_task(s.provider, request, clock, s.policy);
    if (!made) return violate("step: the token does not resume: " + made.error().message);
    auto& d = w.drives[c.shot].emplace(std::move(c), *std::move(made));
    if (token) d.saved = facts_of(*token);
    d.saved.has_ended = d.saved.is_unsettled = false; // a resumed task has no outcome
    settle(w, d);
}

void world::settle_due(worker& w) {
    if (!w.is_running()) return;
    for (auto& d : w.drives)
        if (d && d->at == phase::waits && d->wake_at <= w.steady(now)) settle(w, *d);
}

/// Asks the task until it waits, or until the worker must do something for it.
void world::settle(worker& w, driven& d) {
    for (unsigned steps = 0; steps < 50; ++steps) {
        const auto steady = w.steady(now);
        const auto step = d.task.next(steady);
        d.due_at = now;
        const bool is_submit = step.is_send() && step.request_kind() == wan::request_kind::submit;
        if (is_submit) {
            d.at = phase::intends;
            d.action_at = steady;
            d.timeout_ms = step.request().timeout.count();
            return;
        }
        if (step.is_send() && step.request_kind() == wan::request_kind::list) {
            d.at = phase::lists;
            return;
        }
        d.has_query = step.is_send();
        std::string id;
        if (d.has_query)
            id = std::string{between(step.request().url, "/tasks/", "/")};
        else
            d.wake_at = step.wake_at();
        if (step.is_done() || facts_of(d.task.token()) != d.saved) {
            d.at = phase::saves;
            return;
        }
        if (std::exchange(d.has_query, false)) {
            answer_query(w, d, id);
            continue;
        }
        d.at = phase::waits;
        if (d.wake_at > steady) return;
    }
    violate("step: a task never waits");
}

/// The provider needs a while for a video.
void world::answer_query(worker& w, driven& d, std::string_view id) {
    const auto* const e = peer.find(id);
    if (e == nullptr) return violate("step: a query for an unknown task");
    const auto& row = now - e->created_ms >= video_takes_ms ? succeeded : running;
    peer.act(row, id, 0, now);
    if (!d.task.receive(peer.answer(row, id, 0, now), w.steady(now)))
        violate("step: a response is not accepted");
}

void world::receive(worker& w, driven& d, wan::http_result response) {
    if (!d.task.receive(std::move(response), w.steady(now))) violate("step: a response is not accepted");
    settle(w, d);
}

void world::submit(event e, worker& w, driven& d) {
    const auto answer = [&](const response_row& row) {
        d.at = phase::waits;
        receive(w, d, peer.answer(row, {}, 0, now, d.shot.shot));
    };
    switch (e) {
    case event::check: {
        const auto& r = *settings->protocol;
        const auto steady = w.steady(now);
        const auto steady_ms =
            std::chrono::duration_cast<std::chrono::milliseconds>(steady.time_since_epoch());
        const bool holds =
            !r.checks_lease_before_send ||
            (r.lease_clock_runs_in_sleep ? now < w.safe_until : steady_ms.count() < w.steady_until);
        const auto waited =
            std::chrono::duration_cast<std::chrono::milliseconds>(steady - d.action_at).count();
        if (!holds || waited >= d.timeout_ms || w.is_draining) {
            write("not sent");
            d.at = phase::waits;
            return receive(w, d, wan::transport_error{wan::delivery::not_sent, "the lease has ended"});
        }
        d.timeout_ms -= waited;
        d.at = phase::checked;
        return;
    }
    case event::send:
        peer.note_submit(now);
        d.at = phase::sent;
        return;
    case event::arrive:
        accept(d.shot.shot);
        d.at = phase::arrived;
        return;
    case event::reject: d.at = phase::rejected; return;
    case event::reply: return answer(d.at == phase::rejected ? throttled : accepted);
    case event::vanish:
    case event::lose:
    case event::give_up:
        d.at = phase::waits;
        return receive(w, d, wan::transport_error{wan::delivery::maybe_sent, "the connection was cut"});
    default: return violate("step: no such event");
    }
}

fingerprint world::hash() const {
    hasher h;
    h.add(now);
    h.add(is_database_up() ? std::int64_t{0} : database_back_at);
    peer.hash(h, now);
    database.hash(h);
    for (const auto& w : workers) w.hash(h, now, wall_now());
    for (const auto& s : late) {
        h.add(s.shot << 1 | s.worker);
        h.add(s.fence);
        h.add(s.at);
    }
    for (const auto& id : first_ids) h.add(id);
    return h.value();
}

fingerprint world::hash_of_end() const {
    hasher h;
    for (const auto& s : database.shots()) {
        h.add(s.task_id);
        h.add(s.is_submit_open | s.has_ended << 1);
        h.add(s.claims);
    }
    h.add(peer.ledger().size());
    return h.value();
}

} // namespace explore::fleet
