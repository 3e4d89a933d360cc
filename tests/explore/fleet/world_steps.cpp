// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What each event does to the workers and the database.
#include "explore/fleet/world.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace explore::fleet {

fleet_setting setting_of(const fleet_scenario& of, const rules& protocol) {
    auto made = explore::setting_of(of.account);
    auto policy = *made.policy;
    policy.max_lost_submits = 10; // more than there are faults
    made.policy = std::make_shared<const wan::policy>(policy);
    return {&of, &protocol, std::move(made)};
}

wan::keyframe_to_video fleet_setting::request_of(unsigned shot) const {
    auto made = task.request;
    if (shot == 1 && !of->account.same_prompt) made.prompt = second_prompt;
    return made;
}

world::world(const fleet_setting& s)
    : settings(&s), peer(s.task), database(*s.protocol, *s.of), first_ids(s.of->shots) {
    for (auto& w : workers) serve(event::enroll, w);
    serve(event::claim, workers[0]);
}

void world::take(const choice& c) {
    const auto e = event_of(c);
    const auto w = worker_of(c);
    if (!c.is_response || e == event::start || (c.number & 1) == 0)
        happen(e, w);
    else
        drive(e, w, shot_of(c));
    for (std::size_t i = 0; i < first_ids.size(); ++i) {
        const auto& id = database.shots()[i].task_id;
        if (first_ids[i].empty()) first_ids[i] = id;
        if (first_ids[i] != id) violate("id_is_kept: the database no longer has " + first_ids[i]);
    }
    if (now > all_end_by_ms) violate("ends: a shot does not end");
}

void world::happen(event e, unsigned w) {
    auto& it = workers[w];
    switch (e) {
    case event::time: return pass_time();
    case event::database_down: database_back_at = now + database_down_ms; return;
    case event::cut_off: it.reaches_from = now + database_down_ms; return;
    case event::start: it = {.due_at = now}; return;
    case event::die: return end(it);
    case event::drain: return drain(it);
    case event::sleep: it.is_asleep = true; [[fallthrough]];
    case event::stop:
        it.is_stopped = true;
        it.stopped_at = now;
        return;
    case event::wake: return wake(it);
    case event::beat: return beat(it);
    case event::beat_failed:
    case event::beat_unanswered: it.beat = e; return;
    default: return serve(e, it);
    }
}

void world::pass_time() {
    now = next_due();
    for (const auto& s : std::exchange(late, {})) {
        if (s.at > now) {
            late.push_back(s);
            continue;
        }
        accept(s.shot);
        auto& d = workers[s.worker].drives[s.shot];
        if (d && d->at == phase::delayed && d->shot.fence == s.fence) d->at = phase::arrived;
    }
    for (auto& w : workers) {
        if (w.is_running() && w.next == duty::beats && w.due_at == now) beat(w);
        settle_due(w);
    }
}

/// Nothing else depends on the order in which workers beat, so this is no event.
void world::beat(worker& w) {
    if (now < reaches_from(w))
        w.due_at = reaches_from(w);
    else
        serve(std::exchange(w.beat, event::beat), w);
}

void world::wake(worker& w) {
    if (w.is_asleep) w.lag += now - w.stopped_at;
    w.is_stopped = w.is_asleep = false;
    settle_due(w);
}

void world::end(worker& w) {
    w = {};
    w.is_alive = false;
}

/// What is in flight comes to its end first. A submit that has not left does not leave.
void world::drain(worker& w) {
    w.is_draining = true;
    if (w.next == duty::claims) end_round(w);
    for (auto& d : w.drives) {
        if (!d) continue;
        d->task.stop();
        if (d->at == phase::waits) settle(w, *d);
    }
}

void world::accept(unsigned shot) {
    const response_row accepted{"", asked::submit, 0, 200, body::accepted, "", effect::accept};
    peer.act(accepted, {}, shot, now);
    write("the provider accepts " + peer.ledger().back().id + " for shot " + std::to_string(shot + 1));
}

/// A worker that does not know whether it still owns its shots drives none of them.
void world::forget_all(worker& w) {
    w.drives = {};
    w.row = nobody;
    w.safe_until = w.steady_until = 0;
    if (w.is_draining) return end(w);
    w.next = duty::enrolls;
    w.due_at = now;
    write("the lease is lost");
}

void world::end_round(worker& w) {
    w.next = duty::beats;
    w.due_at = (now / beat_ms + 1) * beat_ms;
}

void world::go_on_claiming(worker& w) {
    if (w.is_draining || !database.would_claim(w.row, w.held(), now)) return end_round(w);
    w.next = duty::claims;
}

/// The statements of a worker about itself. What would change nothing is left out.
void world::serve(event e, worker& w) {
    switch (e) {
    case event::enroll_failed: w.due_at = retry_at(w); return;
    case event::enroll_unanswered:
        database.enroll(now);
        w.due_at = retry_at(w);
        return;
    case event::enroll:
        w.row = database.enroll(now);
        w.hold_lease(now);
        break;
    case event::beat_failed: w.due_at = now + retry_ms; return;
    case event::beat_unanswered:
        database.beat(w.row, now);
        w.due_at = now + retry_ms;
        return;
    case event::beat:
        if (!database.beat(w.row, now)) return forget_all(w);
        w.hold_lease(now);
        break;
    case event::leave: database.leave(w.row, now); [[fallthrough]];
    case event::leave_failed: return end(w);
    case event::reap: database.reap(now); return go_on_claiming(w);
    case event::reap_failed: return go_on_claiming(w);
    case event::claim_unanswered: {
        const auto all = database.claim(w.row, w.held(), now);
        return end_round(w);
    }
    case event::claim_failed: return end_round(w);
    case event::claim: {
        auto all = database.claim(w.row, w.held(), now);
        if (!all) return forget_all(w);
        end_round(w);
        for (auto& c : *all) begin(w, std::move(c));
        return;
    }
    default: return violate("step: no such statement");
    }
    w.due_at = now;
    w.next = duty::reaps;
    if (!database.would_reap(now)) go_on_claiming(w);
}

void world::drive(event e, unsigned w, unsigned shot) {
    auto& it = workers[w];
    auto& d = *it.drives[shot];
    switch (e) {
    case event::intent:
    case event::intent_failed:
    case event::intent_unanswered: return intend(e, it, d);
    case event::save:
    case event::save_failed:
    case event::save_unanswered: return save(e, it, d);
    case event::finish:
    case event::finish_failed:
    case event::finish_unanswered:
    case event::put_back: return finish(e, it, d);
    case event::read:
        if (settings->protocol->siblings_are_read) *d.siblings = database.siblings_of(shot);
        d.at = phase::waits;
        return receive(it, d, *std::exchange(d.response, {}));
    case event::read_failed:
        d.response.reset();
        d.at = phase::waits;
        return receive(it, d, wan::transport_error{wan::delivery::maybe_sent, "the database failed"});
    case event::list: {
        constexpr response_row row{"list", asked::list, 0, 200, body::list};
        d.response = peer.answer(row, {}, 1, now);
        d.at = phase::listed;
        return write("list: " + (*d.response)->body);
    }
    case event::arrive_late:
        late.push_back({shot, w, d.shot.fence, now + d.timeout_ms});
        d.due_at = now + d.timeout_ms;
        d.at = phase::delayed;
        return;
    default: return submit(e, it, d);
    }
}

/// Obeys what a statement says about the shot. Returns to the task if the worker still owns the shot.
void world::obey(worker& w, driven& d, change what) {
    if (what == change::lease_lost) return forget_all(w);
    if (what == change::shot_lost) {
        write("the shot is lost");
        forget(w, d.shot.shot);
    }
}

void world::forget(worker& w, unsigned shot) {
    w.drives[shot].reset();
    if (!w.is_draining || w.is_driving()) return;
    w.next = duty::leaves;
    w.due_at = now;
}

void world::intend(event e, worker& w, driven& d) {
    const auto fails = [&] {
        if (!settings->protocol->intent_precedes_send) {
            d.at = phase::queues;
            d.due_at = now;
            return;
        }
        d.at = phase::waits;
        receive(w, d, wan::transport_error{wan::delivery::not_sent, "the database failed"});
    };
    if (e == event::intent_failed) return fails();
    const auto token = d.task.token();
    const auto done = database.intent(w.row, d.shot, token, now);
    if (e == event::intent_unanswered) return fails();
    if (done.what != change::done) return obey(w, d, done.what);
    d.saved = facts_of(token);
    d.at = phase::queues;
    d.due_at = done.slot;
}

void world::save(event e, worker& w, driven& d) {
    const auto token = d.task.token();
    auto what = change::done;
    if (e != event::save_failed) what = database.save(w.row, d.shot, token, now);
    if (e != event::save) {
        d.due_at = retry_at(w);
        return;
    }
    if (what != change::done) return obey(w, d, what);
    d.saved = facts_of(token);
    d.due_at = now;
    if (d.saved.has_ended) {
        d.at = phase::finishes;
        return;
    }
    d.at = phase::waits;
    if (std::exchange(d.has_query, false)) answer_query(w, d, d.task.task_id());
    settle(w, d);
}

/// A finish that is repeated finds that the shot has no owner any more.
void world::finish(event e, worker& w, driven& d) {
    const auto claimable_at = w.is_draining ? now : e == event::put_back ? now + retry_ms : never;
    auto what = change::done;
    if (e != event::finish_failed) what = database.finish(w.row, d.shot, claimable_at, now);
    if (e == event::finish_failed || e == event::finish_unanswered) {
        d.due_at = retry_at(w);
        return;
    }
    if (what == change::lease_lost) return forget_all(w);
    forget(w, d.shot.shot);
}

} // namespace explore::fleet
