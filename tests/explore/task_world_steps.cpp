// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What happens in a world of one task by each choice.
#include "explore/task_world.hpp"

#include <cstddef>

namespace explore {

void task_world::take(const choice& c) {
    faults += faults_of(c);
    ++calls_now;
    told.clear();
    if (c.is_late) return late(responses[c.row]);
    if (c.is_response) return respond(responses[c.row], c.number);
    happen(happenings[c.row].what);
}

/// Asks the task until it waits, and saves its token before each request.
void task_world::settle(bool is_after_response) {
    if (is_after_response) tokens.earlier = tokens.latest;
    tokens.unsaved = is_after_response ? to_string(task->token()) : tokens.latest;
    if (!is_after_response) tokens.earlier = tokens.unsaved;
    tokens.latest = tokens.unsaved;
    if (!host_since) host_since = now;
    for (unsigned steps = 0;; ++steps) {
        if (steps > 20) return violate("`next` never comes to a wait");
        const snapshot before{*task};
        const auto step = task->next(now);
        note(before, false);
        at = step.kind();
        if (step.is_done()) {
            in_flight.clear();
            tokens.latest = to_string(task->token());
            write("    the task has ended: " + to_string(step.outcome()));
            break;
        }
        wake_at = step.wake_at();
        if (step.is_wait() && wake_at <= now) continue; // what it does next needs a place among many tasks
        if (!step.is_send()) break;
        send(step);
    }
    std::erase_if(in_flight,
                  [&](const request_in_flight& r) { return !task_probe::is_in_flight(*task, r.number); });
    check_repeated_next();
}

void task_world::send(const wan::step& step) {
    in_flight.push_back(describe(step, *task, now));
    tokens.latest = to_string(task->token());
    const auto& r = step.request();
    write("    request: " + std::string{to_wire(r.method)} + " " + r.url);
    const bool has_key = std::any_of(r.headers.begin(), r.headers.end(), [](const wan::http_header& h) {
        return h.value.find(key) != std::string::npos;
    });
    const auto& base = settings->provider->base_url;
    const bool is_file = in_flight.back().kind == asked::file;
    if (has_key == is_file) violate("key: a request has it that must not, or lacks it: " + r.url);
    if (!is_file && !wan::is_same_origin(base, r.url)) violate("origin: a request goes to " + r.url);
    if (is_file && !r.url.starts_with("https://store.example")) violate("origin: a file goes to " + r.url);
    if (in_flight.back().kind != asked::submit) return;
    if (stored < settings->of->files &&
        wan::find_header(r.headers, "X-DashScope-OssResourceResolve") != nullptr)
        violate("files: a submit is sent before its files are in the store");
    if (open.is_open) {
        if (!settings->of->submit_again) violate("a submit is sent again, which the policy forbids");
        if (open.absences < 2)
            violate("a submit is sent again after " + std::to_string(open.absences) +
                    " proofs of absence; two are needed");
        ++proofs;
    }
    peer.note_submit(now_ms());
}

/// Asked again, a task says the same and does not change.
void task_world::check_repeated_next() {
    const auto before = hash();
    const auto step = task->next(now);
    if (step.kind() != at || (!step.is_done() && step.wake_at() != wake_at))
        violate("`next` says something else when it is called again");
    if (hash() != before) violate("`next` changes the task when it is called again");
}

void task_world::pass_until(wan::time_point until) {
    if (until > now) calls_now = 0;
    now = std::max(now, until);
}

void task_world::respond(const response_row& row, std::size_t which) {
    const auto r = in_flight[which];
    peer.act(row, r.subject, 0, now_ms());
    if (r.kind == asked::submit) open = {true, ms_of(r.sent + r.timeout)};
    if (row.status == silent) {
        in_flight[which].is_silent = true;
        return settle(false);
    }
    if (r.kind == asked::list) note_list(row, r);
    stored += r.kind == asked::file && row.status == 200;
    peer.set_result(r.kind == asked::result);
    auto response = peer.answer(row, r.subject, r.page, now_ms());
    write("    response: " +
          (response ? "HTTP " + std::to_string(response->status) + " " + response->body.substr(0, 300)
                    : response.error().message));
    in_flight.erase(in_flight.begin() + static_cast<std::ptrdiff_t>(which));
    const snapshot before{*task};
    auto again = response;
    if (auto taken = task->receive(r.number, std::move(response), now); !taken)
        violate("a response is not accepted: " + taken.error().message);
    note(before, true);
    note_response(row, r);
    const auto unchanged = hash();
    const auto surplus = task->receive(r.number, std::move(again), now);
    if (surplus)
        violate("a response that is reported twice is accepted twice");
    else
        told += surplus.error().message;
    if (hash() != unchanged) violate("a response that is reported twice changes the task");
    settle(true);
}

/// The service's side of a proof of absence.
void task_world::note_list(const response_row& row, const request_in_flight& r) {
    if (row.form != body::list || row.part == damage::cut_early) return;
    if (r.page == 1) reading = {};
    if (row.part == damage::no_id)
        reading.odd_pages |= 1U << r.page;
    else
        reading.odd_pages &= ~(1U << r.page);
    if (row.part == damage::no_date || row.part == damage::bad_date)
        reading.undated_pages |= 1U << r.page;
    else
        reading.undated_pages &= ~(1U << r.page);
    if (now_ms() < open.lost_after_ms)
        reading.early_pages |= 1U << r.page;
    else
        reading.early_pages &= ~(1U << r.page);
    for (const auto* e : peer.listed(r.page, row.part))
        reading.shows_one = reading.shows_one || e->has_our_prompt || !e->tells_prompt;
    if (r.page < peer.pages()) return;
    const bool is_late = reading.early_pages == 0;
    // That the clock was right at the submit, and is right now.
    const auto& s = *settings->of;
    const bool was_right = s.is_clock_checked || open.is_of_this_process;
    const bool needs_date = !s.is_clock_checked || !open.is_of_this_process;
    const bool is_right = was_right && s.clock_ahead == 0s && (!needs_date || reading.undated_pages == 0);
    open.absences += is_late && is_right && reading.odd_pages == 0 && !reading.shows_one;
}

void task_world::note_response(const response_row& row, const request_in_flight& r) {
    if (r.kind != asked::submit) return;
    if (says_not_accepted(row)) open.is_open = false;
    if (!names_the_task(row)) return;
    open.is_open = false;
    for (const auto& e : peer.ledger())
        if (e.whose == owner::us) reported_id = e.id;
}

/// The task has ended, and knows nothing of its submit.
void task_world::late(const response_row& row) {
    const snapshot before{*task};
    auto response = peer.answer(row, {}, 0, now_ms());
    if (auto taken = task->receive(std::move(response), now); !taken)
        violate("a late response to a submit is not accepted: " + taken.error().message);
    note(before, true);
    note_response(row, {0, asked::submit, now, {}, {}});
    settle(true);
}

void task_world::happen(happening what) {
    switch (what) {
    case happening::time: pass_until(wake_at); return settle(false);
    case happening::oversleep: pass_until(task->deadline() + 1s); return settle(false);
    case happening::slow:
        in_flight.front().is_slow = true;
        pass_until(in_flight.front().sent + in_flight.front().timeout * 3 / 2);
        return settle(false);
    case happening::late: return;
    case happening::cancel:
        wishes.cancel = true;
        if (auto done = task->cancel(); !done) violate("cancel fails: " + done.error().message);
        return settle(false);
    case happening::stop:
        wishes.stop = true;
        task->stop();
        return settle(false);
    case happening::die: return die(tokens.latest);
    case happening::die_unsaved: return die(tokens.unsaved);
    case happening::die_earlier: return die(tokens.earlier);
    case happening::die_accepted: {
        response_row sent{"", asked::submit, 0, silent, body::raw, "", effect::accept};
        peer.act(sent, {}, 0, now_ms());
        open = {true, now_ms() + 10'000};
        return die(tokens.latest);
    }
    case happening::resume:
    case happening::resume_bare:
    case happening::resume_later: return resume(what);
    }
}

void task_world::die(const std::string& token) {
    is_dead = true;
    tokens = {token, token, token};
    task.reset();
    in_flight.clear();
    reading = {};
    wishes = {};
    open.is_of_this_process = false;
}

void task_world::resume(happening how) {
    pass_until(now + (how == happening::resume_later ? std::chrono::milliseconds{25h} : 3s));
    is_dead = false;
    host_since.reset();
    reported_id.clear();
    stored = 0;
    at = wan::step_kind::wait;
    wake_at = now;
    if (tokens.latest.empty()) return void(task.emplace(made()));
    const auto token = wan::read_token(tokens.latest);
    auto made = !token ? wan::result<wan::task>{token.error()}
                : how == happening::resume_bare
                    ? wan::resume_task(settings->provider, *token, settings->clock, settings->policy)
                    : wan::resume_task(settings->provider, *token, settings->request, settings->clock,
                                       settings->policy);
    if (!made) {
        is_dead = true;
        return violate("a token does not resume: " + made.error().message);
    }
    task.emplace(*std::move(made));
    if (token->id.value_or(wan::id_trust::confirmed) == wan::id_trust::confirmed)
        reported_id = token->task_id;
    if (task->outcome() != nullptr) settle(false); // there is nothing to search in
}

/// What decides later behaviour beside the task. Tokens are hashed as they are read: the second of the submit
/// is seen from now.
fingerprint task_world::hash() const {
    hasher h;
    const auto wall_now = setting::start.time_since_epoch().count() + now_ms() / 1000;
    h.add(now_ms() % 1000);
    h.add(is_dead);
    if (task) task_probe::hash(h, *task, now, wall_now);
    peer.hash(h, now_ms());
    for (const auto& r : in_flight) {
        h.add(r.kind);
        h.add(r.subject);
        h.add(r.page);
        h.add(r.is_slow | r.is_silent << 1);
        h.add((now - r.sent).count());
        h.add(r.timeout.count());
    }
    // Mostly all three are the same.
    hash_token(h, tokens.latest, wall_now);
    for (const auto* text : {&tokens.unsaved, &tokens.earlier}) {
        h.add(*text == tokens.latest);
        if (*text != tokens.latest) hash_token(h, *text, wall_now);
    }
    h.add(open.is_open ? (open.lost_after_ms <= now_ms() ? 0 : open.lost_after_ms - now_ms()) : -1);
    h.add(open.absences << 1 | open.is_of_this_process);
    h.add(reading.early_pages);
    h.add(reading.odd_pages << 8 | reading.undated_pages << 1 | reading.shows_one);
    h.add(reported_id);
    h.add(wishes.cancel | wishes.stop << 1);
    h.add(at);
    h.add(task_probe::seen_from(now, wake_at));
    h.add(host_since ? (now - *host_since).count() : -1);
    h.add(calls_now);
    h.add(proofs);
    h.add(stored);
    return h.value();
}

fingerprint task_world::hash_of_end() const {
    const auto& o = *task->outcome();
    hasher h;
    const auto state = hash();
    h.add(state.high);
    h.add(state.low);
    h.add(o.ending);
    h.add(o.task_id);
    h.add(o.id);
    h.add(o.video ? std::string_view{o.video->url} : std::string_view{});
    for (const auto& c : o.candidates) {
        h.add(c.task_id);
        h.add(c.prompt);
        h.add(c.created);
    }
    return h.value();
}

} // namespace explore
