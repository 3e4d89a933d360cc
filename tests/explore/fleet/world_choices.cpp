// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What may happen next to two workers.
#include "explore/fleet/world.hpp"

#include <algorithm>

namespace explore::fleet {

/// Whatever is due happens before time passes, in any order. Only a stop delays it.
std::vector<choice> world::choices() const {
    std::vector<choice> all;
    if (has_ended()) return all;
    for (unsigned w = 0; w < workers.size(); ++w) add_worker(all, w);
    const bool are_all_dead =
        std::none_of(workers.begin(), workers.end(), [](const worker& w) { return w.is_alive; });
    if (are_all_dead) all.push_back(choice_of(event::start, 0U));
    const bool is_something_due = std::any_of(all.begin(), all.end(), [&](const choice& c) {
        const auto e = event_of(c);
        if (e == event::wake) return now >= wakes_by(workers[worker_of(c)]);
        return e != event::give_up && faults_of(c) == 0;
    });
    if (!is_something_due) all.push_back(choice_of(event::time));
    for (unsigned w = 0; w < workers.size(); ++w) add_faults(all, w);
    if (is_database_up() && !are_all_dead) all.push_back(choice_of(event::database_down));
    return all;
}

void world::add_faults(std::vector<choice>& all, unsigned w) const {
    const auto& it = workers[w];
    const auto is_at = [&](std::initializer_list<phase> some) {
        return std::any_of(it.drives.begin(), it.drives.end(), [&](const auto& d) {
            return d && std::find(some.begin(), some.end(), d->at) != some.end();
        });
    };
    const bool is_in_round = it.next == duty::reaps || it.next == duty::claims;
    if (!it.is_alive || (!it.is_driving() && !is_in_round)) return;
    all.push_back(choice_of(event::die, w));
    if (it.is_stopped) return;
    if (now >= reaches_from(it)) all.push_back(choice_of(event::cut_off, w));
    if (it.next == duty::beats && it.beat == event::beat && now >= reaches_from(it))
        for (const auto e : {event::beat_failed, event::beat_unanswered}) all.push_back(choice_of(e, w));
    if (is_at({phase::sent})) return; // all of its bytes have left: what becomes of it does not wait
    if (!it.is_draining && it.is_driving()) all.push_back(choice_of(event::drain, w));
    all.push_back(choice_of(event::stop, w));
    if (is_at({phase::queues, phase::checked, phase::arrived, phase::delayed}))
        all.push_back(choice_of(event::sleep, w));
}

/// A worker that is stopped just before it submits continues before the known gap begins.
std::int64_t world::wakes_by(const worker& w) const noexcept {
    const bool is_in_gap = std::any_of(w.drives.begin(), w.drives.end(),
                                       [](const auto& d) { return d && d->at == phase::checked; });
    if (!is_in_gap || !settings->protocol->stops_before_send_are_short) return w.stopped_at + longest_stop_ms;
    return w.safe_until + margin_ms + gap_ends_after_lease_ms;
}

void world::add_worker(std::vector<choice>& all, unsigned w) const {
    const auto& it = workers[w];
    if (!it.is_alive) return;
    if (it.is_stopped) {
        if (now >= std::min(it.stopped_at + stop_ms, wakes_by(it))) all.push_back(choice_of(event::wake, w));
        return;
    }
    if (it.due_at <= now) add_duty(all, w);
    for (unsigned i = 0; i < it.drives.size(); ++i)
        if (it.drives[i]) add_driven(all, w, i);
}

/// The events of a statement follow each other in the table. While the database is down, each one fails.
void world::add_statement(std::vector<choice>& all, event done, unsigned w, int shot) const {
    const bool is_reached = now >= reaches_from(workers[w]);
    const auto add = [&](int more) {
        const auto e = static_cast<event>(static_cast<int>(done) + more);
        all.push_back(shot < 0 ? choice_of(e, w) : choice_of(e, w, static_cast<unsigned>(shot)));
        all.back().is_late = !is_reached;
    };
    if (!is_reached) return add(1);
    add(0);
    add(1);
    if (done != event::reap && done != event::read && done != event::leave) add(2);
}

void world::add_duty(std::vector<choice>& all, unsigned w) const {
    if (workers[w].next == duty::beats) return all.push_back(choice_of(event::beat, w));
    constexpr event statements[] = {event::enroll, event::beat, event::reap, event::claim, event::leave};
    add_statement(all, statements[static_cast<std::size_t>(workers[w].next)], w);
}

void world::add_driven(std::vector<choice>& all, unsigned w, unsigned shot) const {
    const auto& d = *workers[w].drives[shot];
    const auto statement = [&](event e) { add_statement(all, e, w, static_cast<int>(shot)); };
    const auto add = [&](event e) { all.push_back(choice_of(e, w, shot)); };
    if (d.due_at > now) {
        if (d.at == phase::delayed) add(event::give_up);
        return;
    }
    switch (d.at) {
    case phase::waits: return;
    case phase::intends: return statement(event::intent);
    case phase::queues: return add(event::check);
    case phase::checked: return add(event::send);
    case phase::sent:
        for (const auto e : {event::arrive, event::arrive_late, event::vanish, event::reject}) add(e);
        return;
    case phase::arrived: add(event::lose); [[fallthrough]];
    case phase::rejected: return add(event::reply);
    case phase::delayed: add(event::give_up); return;
    case phase::lists: return add(event::list);
    case phase::listed: return statement(event::read);
    case phase::saves: return statement(event::save);
    case phase::finishes:
        statement(event::finish);
        if (now >= reaches_from(workers[w])) add(event::put_back);
        return;
    }
}

bool world::has_ended() const noexcept {
    return database.are_all_over() && late.empty() &&
           std::none_of(workers.begin(), workers.end(),
                        [](const worker& w) { return w.is_alive && (w.is_driving() || w.is_stopped); });
}

std::int64_t world::next_due() const noexcept {
    auto next = now + all_end_by_ms;
    const auto add = [&](std::int64_t at) {
        if (at > now) next = std::min(next, at);
    };
    for (const auto& s : late) add(s.at);
    for (const auto& w : workers) {
        if (!w.is_alive) continue;
        if (w.is_stopped) {
            add(w.stopped_at + stop_ms);
            add(wakes_by(w));
            continue;
        }
        add(w.due_at);
        for (const auto& d : w.drives) {
            if (!d) continue;
            if (d->at == phase::waits)
                add(std::chrono::ceil<std::chrono::milliseconds>(d->wake_at.time_since_epoch()).count() +
                    w.lag);
            else
                add(d->due_at);
        }
    }
    return next;
}

} // namespace explore::fleet
