// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What happens in a world of two tasks by each choice.
#include "explore/pair_world.hpp"
#include "support/scripted_peer.hpp"

#include <algorithm>
#include <iterator>

namespace explore {

pair_world::pair_world(const setting& s) : settings(&s), peer(s), tasks(made()) {
    for (unsigned i = 0; i < shots.size(); ++i) {
        auto task = wan::make_task(settings->provider, request_of(i), settings->clock, settings->policy);
        if (!task) std::abort();
        shots[i].handle = tasks->add(*std::move(task), 0, i);
    }
}

pair_world::pair_world(const pair_world& other)
    : settings(other.settings), peer(other.peer), now(other.now), wake_at(other.wake_at), shots(other.shots),
      in_flight(other.in_flight), over(other.over), calls_now(other.calls_now), told(other.told) {
    if (other.tasks == nullptr) return;
    tasks = made();
    task_probe::copy(*other.tasks, *tasks);
}

std::unique_ptr<wan::scheduler> pair_world::made() const {
    return std::make_unique<wan::scheduler>(wan::account_limits{0, 0, 0, settings->of->at_once},
                                            wan::lane_limits{0, settings->of->at_once, 0});
}

wan::keyframe_to_video pair_world::request_of(unsigned i) const {
    auto made = settings->request;
    if (i == 1 && !settings->of->same_prompt) made.prompt = second_prompt;
    return made;
}

/// One of each kind of response: the others are told apart by the task alone.
static bool is_for_pairs(const response_row& row) noexcept {
    constexpr std::string_view names[] = {"accepted",        "throttled",  "broken",   "broken-accepted",
                                          "refused",         "pending",    "running",  "succeeded",
                                          "failed",          "canceled",   "list",     "list-lags",
                                          "list-older",      "cancels",    "too-late", "silent",
                                          "silent-accepted", "key-refused"};
    return std::find(std::begin(names), std::end(names), row.name) != std::end(names);
}

std::string pair_world::name_of(const choice& c) {
    const auto of = std::to_string(c.number + 1) + ":";
    if (c.is_response) return of + (c.is_late ? "late-" : "") + std::string{responses[c.row].name};
    const bool is_of_one = happenings[c.row].what == happening::cancel;
    return (is_of_one ? of : "") + std::string{happenings[c.row].name};
}

std::vector<choice> pair_world::choices() const {
    std::vector<choice> all;
    if (tasks == nullptr) return {choice_of(happening::resume), choice_of(happening::resume_bare)};
    const auto add = [&](unsigned i, std::string_view id, asked kind, bool is_late) {
        for (std::size_t r = 0; r < response_count; ++r) {
            const auto& row = responses[r];
            if (row.to != kind || !is_for_pairs(row) || (is_late && row.status == silent)) continue;
            const bool was_accepted = peer.accepted(i) > shots[i].proofs;
            if (is_late &&
                (row.does == effect::accept ? !was_accepted : was_accepted && says_not_accepted(row)))
                continue;
            if (!is_late && !peer.allows(row, id, now_ms())) continue;
            all.push_back({static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(r), true, is_late});
        }
    };
    bool all_silent = true;
    for (const auto& r : in_flight) {
        if (r.what.is_silent) continue;
        all_silent = false;
        add(r.of, r.what.subject, r.what.kind, false);
    }
    for (unsigned i = 0; i < shots.size(); ++i)
        if (const auto* t = task_of(i); t != nullptr && shots[i].end && t->awaits_late_response())
            add(i, {}, asked::submit, true);
    if (has_ended()) return all;
    if (all_silent) all.push_back(choice_of(happening::time));
    auto cancel = choice_of(happening::cancel);
    if (!shots[0].end && !shots[0].is_canceled) all.push_back(cancel);
    all.push_back(choice_of(happening::die));
    return all;
}

void pair_world::take(const choice& c) {
    ++calls_now;
    told.clear();
    const auto& row = responses[c.is_response ? c.row : 0];
    if (c.is_late) return late(row, c.number);
    if (!c.is_response) return happen(happenings[c.row].what);
    const auto found = std::find_if(in_flight.begin(), in_flight.end(), [&](const scheduled_request& r) {
        return r.of == c.number && !r.what.is_silent;
    });
    respond(row, static_cast<std::size_t>(found - in_flight.begin()));
}

void pair_world::pass_until(wan::time_point until) {
    if (until > now) calls_now = 0;
    now = std::max(now, until);
}

/// Asks the scheduler until it waits.
void pair_world::settle() {
    for (unsigned steps = 0;; ++steps) {
        if (steps > 40) return violate(0, "`next` never returns a wait");
        const auto todo = tasks->next(now);
        if (todo.step.is_send()) {
            send(todo);
        } else if (todo.step.is_done()) {
            finish(todo);
        } else {
            wake_at = todo.step.wake_at();
            break;
        }
    }
    forget_lost();
    check_over();
}

void pair_world::send(const wan::scheduler::action& todo) {
    const auto i = static_cast<unsigned>(todo.tag);
    const auto* task = tasks->find(todo.task);
    if (task == nullptr) return violate(i, "a request without a task is sent");
    in_flight.push_back({i, todo.task, describe(todo.step, *task, now)});
    shots[i].token = to_string(task->token());
    write("    " + std::to_string(i + 1) + ": request: " + todo.step.request().url);
    if (in_flight.back().what.kind == asked::submit) note_submit(i);
}

void pair_world::note_submit(unsigned i) {
    auto& s = shots[i];
    const auto is_running = [&](const ledger_entry& e) {
        return e.whose == owner::us && e.shot != i && !e.is_finished() && !shots[e.shot].end;
    };
    if (settings->of->at_once == 1 && std::any_of(peer.ledger().begin(), peer.ledger().end(), is_running))
        violate(i, "is submitted although the other task occupies the only running slot");
    const auto is_others = [&](const scheduled_request& r) {
        return r.of != i && r.what.kind == asked::submit;
    };
    const auto& other = shots[1 - i];
    const bool is_lost = other.open.is_open && other.open.absences < 2;
    const bool is_other_open = !other.end && (std::any_of(in_flight.begin(), in_flight.end(), is_others) ||
                                              (is_lost && task_of(1 - i)->task_id().empty()));
    if (settings->of->sole_user && settings->of->same_prompt && is_other_open)
        violate(i, "is submitted although the list could not distinguish its task from the other one's");
    if (s.open.is_open) {
        if (!settings->of->submit_again) violate(i, "is submitted again, which the policy forbids");
        if (s.open.absences < 2) violate(i, "is submitted again without a proof of absence");
        ++s.proofs;
    }
    peer.note_submit(now_ms());
}

void pair_world::finish(const wan::scheduler::action& todo) {
    const auto i = static_cast<unsigned>(todo.tag);
    if (shots[i].end) violate(i, "ends twice");
    shots[i].end = todo.step.outcome();
    shots[i].token = to_string(tasks->find(todo.task)->token());
    write("    " + std::to_string(i + 1) + ": has ended: " + to_string(*shots[i].end));
}

/// A request that was given up is over: its response is not taken any more, but for a submit's.
void pair_world::forget_lost() {
    std::erase_if(in_flight, [&](const scheduled_request& r) {
        const auto* t = tasks->find(r.handle);
        if (t != nullptr && t->requests_in_flight() > 0 &&
            task_probe::requests(*tasks, r.handle.index) == r.handle.number)
            return false;
        if (t == nullptr || !t->awaits_late_response()) over.push_back(r);
        return true;
    });
}

/// Responses to requests that are over are refused, and change nothing.
void pair_world::check_over() {
    const auto before = hash();
    for (const auto& r : over) {
        const auto taken = tasks->receive(r.handle, support::submitted(), now);
        if (taken) return violate(r.of, "a response to a completed request is accepted");
        told += taken.error().message;
    }
    if (hash() != before) violate(0, "a response to a completed request changes a task");
    if (over.size() > 4) over.erase(over.begin(), over.end() - 4);
}

void pair_world::respond(const response_row& row, std::size_t which) {
    const auto r = in_flight[which];
    const auto i = r.of;
    peer.act(row, r.what.subject, i, now_ms());
    if (r.what.kind == asked::submit) shots[i].open = {true, task_world::ms_of(r.what.sent + r.what.timeout)};
    if (row.status == silent) {
        in_flight[which].what.is_silent = true;
        return settle();
    }
    if (r.what.kind == asked::list) note_list(row, r);
    auto response = peer.answer(row, r.what.subject, r.what.page, now_ms(), i);
    write("    " + std::to_string(i + 1) + ": response: " + (response ? response->body : "none"));
    in_flight.erase(in_flight.begin() + static_cast<std::ptrdiff_t>(which));
    const auto* task = task_of(i);
    const snapshot before{*task};
    if (auto taken = tasks->receive(r.handle, std::move(response), now); !taken)
        violate(i, "a response is not accepted: " + taken.error().message);
    if (covered != nullptr) covered->note(before, snapshot{*task}, {true, false, false});
    if (r.what.kind == asked::submit) learn_id(row, i);
    shots[i].token = to_string(task->token());
    over.push_back(r);
    settle();
}

void pair_world::learn_id(const response_row& row, unsigned i) {
    if (says_not_accepted(row)) shots[i].open.is_open = false;
    if (!names_the_task(row)) return;
    shots[i].open.is_open = false;
    for (const auto& e : peer.ledger())
        if (e.whose == owner::us && e.shot == i) shots[i].reported_id = e.id;
}

void pair_world::note_list(const response_row& row, const scheduled_request& r) {
    if (row.form != body::list) return;
    auto& s = shots[r.of];
    bool shows_one = false;
    for (const auto* e : peer.listed(r.what.page, row.part))
        shows_one = shows_one || (e->whose == owner::us && e->shot == r.of);
    s.open.absences += now_ms() >= s.open.lost_after_ms && !shows_one;
}

void pair_world::late(const response_row& row, unsigned i) {
    const auto* task = task_of(i);
    auto handle = shots[i].handle;
    handle.number = task_probe::requests(*tasks, handle.index);
    handle.kind = wan::request_kind::submit;
    if (auto taken = tasks->receive(handle, peer.answer(row, {}, 0, now_ms(), i), now); !taken)
        violate(i, "a late response to a submit is not accepted: " + taken.error().message);
    learn_id(row, i);
    shots[i].token = to_string(task->token());
    shots[i].end = *task->outcome();
    over.push_back({i, handle, {}});
    settle();
}

void pair_world::happen(happening what) {
    switch (what) {
    case happening::time: pass_until(wake_at); return settle();
    case happening::cancel:
        shots[0].is_canceled = true;
        if (auto done = tasks->cancel(shots[0].handle); !done)
            violate(0, "cancel fails: " + done.error().message);
        return settle();
    case happening::die:
        tasks.reset();
        in_flight.clear();
        over.clear();
        return;
    default: return resume(what);
    }
}

/// Both are resumed before any of them takes a step, as the documentation asks for.
void pair_world::resume(happening how) {
    pass_until(now + 3s);
    tasks = made();
    for (unsigned i = 0; i < shots.size(); ++i) {
        auto& s = shots[i];
        s.handle = {};
        if (s.end && !s.end->is_resumable()) {
            // The list still shows its task, which must not be taken for the other one's.
            if (const auto token = wan::read_token(s.token)) tasks->contest(*token);
            continue;
        }
        s.is_canceled = false;
        s.end.reset();
        s.open.is_of_this_process = false;
        s.reported_id.clear();
        const auto token =
            s.token.empty() ? wan::result<wan::resume_token>{wan::error{}} : wan::read_token(s.token);
        const bool is_bare = how == happening::resume_bare && token &&
                             (!token->task_id.empty() || wan::is_submit_open(*token));
        auto task =
            !token    ? wan::make_task(settings->provider, request_of(i), settings->clock, settings->policy)
            : is_bare ? wan::resume_task(settings->provider, *token, settings->clock, settings->policy)
                      : wan::resume_task(settings->provider, *token, request_of(i), settings->clock,
                                         settings->policy);
        if (!task) return violate(i, "does not resume: " + task.error().message);
        if (token && token->id.value_or(wan::id_trust::confirmed) == wan::id_trust::confirmed)
            s.reported_id = token->task_id;
        s.handle = tasks->add(*std::move(task), 0, i);
    }
    settle();
}

fingerprint pair_world::hash() const {
    hasher h;
    const auto wall_now = setting::start.time_since_epoch().count() + now_ms() / 1000;
    h.add(now_ms() % 1000);
    h.add(tasks != nullptr);
    if (tasks != nullptr) {
        task_probe::hash(h, *tasks, now, wall_now);
        h.add(task_probe::seen_from(now, wake_at));
    }
    peer.hash(h, now_ms());
    for (const auto& s : shots) {
        hash_token(h, s.token, wall_now);
        h.add(s.reported_id);
        h.add(s.open.is_open ? (s.open.lost_after_ms <= now_ms() ? 0 : s.open.lost_after_ms - now_ms()) : -1);
        h.add(s.open.absences << 1 | s.open.is_of_this_process);
        h.add(s.proofs);
        h.add(s.end ? static_cast<int>(s.end->ending) : -1);
        // What one task ended with is not in the scheduler any more while the other one continues.
        if (s.end) {
            h.add(s.end->task_id);
            h.add(s.end->video ? std::string_view{s.end->video->url} : std::string_view{});
            h.add(s.end->candidates.size());
            for (const auto& c : s.end->candidates) h.add(c.task_id);
        }
        h.add(s.is_canceled);
    }
    for (const auto& r : in_flight) {
        h.add(r.of);
        h.add(r.what.kind);
        h.add(r.what.subject);
        h.add(r.what.page);
        h.add(r.what.is_silent);
        h.add((now - r.what.sent).count());
    }
    h.add(calls_now);
    return h.value();
}

fingerprint pair_world::hash_of_end() const { return hash(); }

} // namespace explore
