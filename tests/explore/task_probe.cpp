// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// How a task is copied and hashed.
#include "explore/task_probe.hpp"

namespace wan::inline WAN_ABI::detail {

std::vector<upload_state> task_probe::files(const task& t) {
    std::vector<upload_state> states;
    if (const auto* u = t.core_.uploads())
        for (const auto& f : u->files_) states.push_back(f.state);
    return states;
}

bool task_probe::is_in_flight(const task& t, unsigned number) {
    if (number == 0) return t.state() != task_state::uploading && t.requests_in_flight() > 0;
    return t.core_.uploads() != nullptr && t.core_.uploads()->with(number) != nullptr;
}

std::unique_ptr<upload_fsm> task_probe::copy(const std::unique_ptr<upload_fsm>& from) {
    if (from == nullptr) return nullptr;
    auto to = std::make_unique<upload_fsm>(from->draft_);
    for (std::size_t i = 0; i < from->files_.size(); ++i) {
        const auto& f = from->files_[i];
        to->files_[i] = {f.medium,        f.state,  f.number,     f.failures, f.at,
                         copy(f.request), f.policy, f.granted_at, f.name};
    }
    to->numbers_ = from->numbers_;
    to->end = from->end;
    return to;
}

task task_probe::copy(const task& from) {
    const auto& a = from.core_;
    task_core b{a.provider, a.policy, no_wall_clock, a.known.model(), a.state};
    b.clock = a.clock;
    b.siblings = a.siblings;
    b.known.texts = a.known.texts;
    b.known.urls = copy(a.known.urls);
    b.known.last = copy(a.known.last);
    b.known.prompt_hash = a.known.prompt_hash;
    b.known.percent = a.known.percent;
    b.known.eta = a.known.eta;
    b.known.started_at = a.known.started_at;
    b.known.clock = a.known.clock;
    b.known.id = a.known.id;
    b.known.inferred_from = a.known.inferred_from;
    b.known.arrives_within = a.known.arrives_within;
    b.pace = a.pace;
    if (a.submission != nullptr)
        b.submission = std::make_unique<detail::submission>(detail::submission{
            a.submission->attempts, copy(a.submission->uploads), copy(a.submission->unsent)});
    b.search = copy(a.search);
    b.request = copy(a.request);
    b.outcome = copy(a.outcome);
    b.poll = a.poll;
    b.accepted_at = a.accepted_at; // the settings say when to query, so it changes nothing
    b.video = a.video;
    b.is_resumed = a.is_resumed;
    b.is_started = a.is_started;
    b.is_start_corrected = a.is_start_corrected;
    b.is_stopping = a.is_stopping;
    b.is_canceling = a.is_canceling;
    b.is_submit_abandoned = a.is_submit_abandoned;
    return task{std::move(b)};
}

void task_probe::copy(const scheduler& from, scheduler& to) {
    to.core_->queues = from.core_->queues;
    to.core_->timers = from.core_->timers;
    to.core_->late = from.core_->late;
    to.core_->done = from.core_->done;
    to.core_->tasks = from.core_->tasks;
    to.core_->held = from.core_->held;
    auto& a = from.core_->table;
    auto& b = to.core_->table;
    b.slots_.resize(a.slots_.size());
    b.free_.reserve(a.slots_.size());
    b.free_.assign(a.free_.begin(), a.free_.end());
    b.claims = a.claims;
    b.added_ = a.added_;
    b.open_submits_ = a.open_submits_;
    b.in_flight_ = a.in_flight_;
    for (std::size_t i = 0; i < a.slots_.size(); ++i) {
        const auto& s = a.slots_[i];
        auto& made = b.slots_[i];
        made.tag = s.tag;
        made.generation = s.generation;
        made.requests = s.requests;
        made.is_submit_open = s.is_submit_open;
        made.is_claimed = s.is_claimed;
        made.is_reported = s.is_reported;
        if (s.held == nullptr) continue;
        made.held = std::make_unique<task>(copy(*s.held));
        made.held->set_siblings(&b.siblings_);
    }
}

void task_probe::hash(hasher& h, const scheduler& s, time_point now, std::int64_t wall_now) {
    for (std::uint32_t i = 0; i < s.core_->table.slot_count(); ++i) {
        const auto& slot = s.core_->table[i];
        h.add(slot.is_submit_open | slot.is_reported << 1 | (slot.held != nullptr) << 2 |
              slot.is_claimed << 3);
        if (slot.held == nullptr) continue;
        hash(h, *slot.held, now, wall_now);
        h.add(slot.tag);
        const auto& queued = s.core_->queues[i];
        h.add(queued.place);
        h.add(static_cast<unsigned>(queued.kind) << 1 | queued.is_running);
    }
    for (auto timers = s.core_->timers; !timers.empty(); timers.erase(timers.first().task)) {
        h.add(timers.first().task);
        h.add(seen_from(now, timers.first().at));
    }
    // Whose turn it is: by the order in which they would come.
    auto queues = s.core_->queues;
    auto wake_at = (time_point::max)();
    for (auto i = queues.pop_urgent(); i != no_task; i = queues.pop_urgent()) h.add(i);
    for (auto t = queues.pop(now, wake_at); t.task != no_task; t = queues.pop(now, wake_at))
        h.add(t.task << 4 | static_cast<unsigned>(t.kind));
    h.add(s.core_->done);
    hash_siblings(h, s, wall_now);
}

void task_probe::hash_siblings(hasher& h, const scheduler& s, std::int64_t wall_now) {
    for (const auto id : s.core_->table.claims.ids_) h.add(id);
    for (const auto& open : s.core_->table.claims.prompts_) {
        h.add(open.kind.prompt);
        h.add(open.kind.model);
        h.add(open.arrival ? wall_now - open.arrival->from.time_since_epoch().count() : -1);
        h.add(open.arrival ? wall_now - open.arrival->to.time_since_epoch().count() : -1);
    }
    for (const auto& [kind, line] : s.core_->held.lines_) {
        h.add(kind.prompt);
        h.add(line.left.task);
        for (const auto* part : {&line.placed, &line.waiting}) {
            h.add(part->size());
            for (const auto& held : *part) h.add(held.task);
        }
    }
}

void task_probe::hash(hasher& h, const task& t, time_point now, std::int64_t wall_now) {
    const auto& c = t.core_;
    hash_findings(h, c.known, wall_now);
    h.add(c.state);
    const bool in_flight = wan::is_in_flight(c.state);
    h.add(c.is_started ? seen_from(now, c.pace.deadline()) : -3);
    h.add(seen_from(now, c.pace.wake_at()));
    h.add(in_flight && c.request != nullptr ? seen_from(now, c.lost_at()) : -1);
    h.add(c.request != nullptr);
    h.add(c.submission != nullptr);
    if (c.submission != nullptr) {
        h.add(c.submission->attempts.unreachable);
        h.add(c.submission->attempts.postponed);
        h.add(c.submission->attempts.unconfirmed);
        h.add(c.submission->unsent != nullptr);
        if (c.submission->uploads != nullptr) hash_uploads(h, *c.submission->uploads, now);
    }
    if (c.search != nullptr) hash_search(h, *c.search, now, wall_now);
    h.add(c.outcome != nullptr);
    if (c.outcome != nullptr) {
        h.add(c.outcome->ending);
        h.add(c.outcome->id);
        h.add(c.outcome->error.has_value());
        h.add(c.outcome->candidates.size());
    }
    h.add(c.poll_waits().after(c.poll.queries).count());
    h.add(c.poll.failures);
    h.add(c.poll.cancels);
    h.add(c.is_resumed | c.is_started << 1 | c.is_stopping << 2 | c.is_canceling << 3 |
          c.is_submit_abandoned << 4 | c.is_start_corrected << 5);
}

void task_probe::hash_findings(hasher& h, const findings& f, std::int64_t wall_now) {
    h.add(f.task_id());
    h.add(f.started_at == 0 ? std::int64_t{-1} : wall_now - f.started_at);
    h.add(f.clock);
    h.add(f.arrives_within);
    h.add(f.id);
    h.add(f.inferred_from);
    h.add(f.urls != nullptr);
    if (f.urls != nullptr) {
        h.add(f.urls->query);
        h.add(f.urls->result);
        h.add(f.urls->unusable_id);
    }
    h.add(f.last != nullptr);
    if (f.last != nullptr) h.add(f.last->error.has_value() | f.last->is_recovered << 1);
}

void task_probe::hash_uploads(hasher& h, const upload_fsm& u, time_point now) {
    h.add(u.end ? static_cast<int>(*u.end) : -1);
    for (const auto& f : u.files_) {
        h.add(f.state);
        h.add(f.failures);
        h.add(seen_from(now, f.at));
        h.add(f.policy.expires_in ? seen_from(now, f.granted_at + *f.policy.expires_in) : -3);
        h.add(f.policy.expires_in ? f.policy.expires_in->count() : -1);
    }
}

void task_probe::hash_search(hasher& h, const search_fsm& s, time_point now, std::int64_t wall_now) {
    h.add(s.candidates_.size());
    for (const auto& c : s.candidates_) {
        h.add(c.task.task_id);
        h.add(c.task.model);
        h.add(c.prompt ? *c.prompt : std::uint64_t{0});
        h.add(c.is_confirmed);
        h.add(c.created);
        h.add(c.task.created_ms ? static_cast<std::int64_t>(*c.task.created_ms) - wall_now * 1000 : -1);
    }
    h.add(s.asked_);
    h.add(seen_from(now, s.arrived_by_));
    h.add(s.doubt_);
    h.add(s.clock_difference_);
    const auto& read = s.fast_clock_.first_;
    h.add(read ? (now - read->at).count() : -1);
    h.add(read ? read->ahead.count() : 0);
    for (const auto n : {s.page_, s.page_tries_, s.looks_, s.in_vain_, s.proofs_, s.failures_}) h.add(n);
    h.add(s.state_);
    h.add(s.ignores_filter_ | s.proves_absence_ << 1 | s.is_after_arrival_ << 2 |
          (s.clocks_agree_ ? 1 + *s.clocks_agree_ : 0) << 3);
}

} // namespace wan::inline WAN_ABI::detail
