// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/hash.hpp>
#include <wan/protocol/submit.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/task/detail/clamp_policy.hpp>
#include <wan/task/detail/search_fsm.hpp>
#include <wan/task/detail/submission.hpp>
#include <wan/task/detail/submit_phase.hpp>

#include <utility>

namespace wan::inline WAN_ABI::detail {

WAN_DECL step send_submit(task_core& t, time_point now) {
    const auto here = t.clock.at(now);
    const auto timeout = timeout_of(*t.policy, t.request->body.size());
    if (t.known.started_at == 0) t.known.set_start(here.time.time_since_epoch().count(), here.trust);
    // The clocks of two processes are comparable only if both were checked.
    const bool is_known = here.is_known() && (!t.is_resumed || here.trust == clock_trust::checked);
    const auto ends_at =
        here.time + std::chrono::ceil<std::chrono::seconds>(timeout) + std::chrono::seconds{1};
    t.known.set_arrival(is_known ? ends_at.time_since_epoch().count() : 0);
    t.apply(task_event::submit_sent);
    return t.send(now, timeout);
}

inline submit_response class_of_response(const submit_reply& parsed) noexcept {
    const bool is_transport = parsed.error && parsed.error->category == error_category::transport;
    switch (parsed.verdict) {
    case submit_verdict::accepted: return submit_response::accepted;
    case submit_verdict::refused: return submit_response::rejected;
    case submit_verdict::not_accepted:
        return is_transport ? submit_response::unreachable : submit_response::postponed;
    case submit_verdict::unknown: break;
    }
    return submit_response::unconfirmed;
}

/// Returns whether an unconfirmed submit can be searched for. A search needs a task list, and the time of the
/// submit, so that an older task is never mistaken for ours. The executor may still be reading a submit that
/// was given up, so no other request may be sent at the same time.
inline bool is_searchable(const task_core& t) noexcept {
    return t.dialect().list.offered() && t.known.started_at != 0 && !t.is_submit_abandoned;
}

WAN_DECL void on_submit(task_core& t, http_result&& response, time_point now) {
    auto parsed = parse_submit(t.dialect(), response, {});
    const auto what = class_of_response(parsed);
    auto body = response ? std::move(response->body) : std::string{};
    if (what == submit_response::accepted)
        t.known.texts.set(task_texts::task_id, parsed.reply.task_id);
    else if (what == submit_response::unconfirmed && parsed.names_a_task)
        t.known.learn_unusable_id(t.provider->key, parsed.reply, body);
    t.known.learn(t.provider->key, std::move(parsed.reply), std::move(parsed.error), std::move(body));
    const bool can_search = is_searchable(t);
    auto search =
        what == submit_response::unconfirmed && can_search ? std::make_unique<search_fsm>() : nullptr;
    const auto todo = t.submission->attempts.on(what, can_search, *t.policy);
    if (what == submit_response::accepted) {
        t.request.reset();
        t.submission.reset();
        t.known.last.reset();
        t.pace.mix(hash_of(t.known.task_id())); // many tasks share a policy, and so a seed
        t.accepted_at = now;
        t.wake_for_query(now);
        if (t.is_canceling) t.pace.wake(now);
    } else if (search != nullptr) {
        search->set_arrived_by(t.pace.wake_at());
        t.submission->unsent = std::move(t.request);
        t.search = std::move(search);
    }
    if (todo.wait)
        t.wake_after(now, *todo.wait,
                     what == submit_response::unconfirmed ? std::nullopt : parsed.retry_after);
    t.apply(todo.event);
}

/// Corrects an outcome that was reported as unknown. The flag is cleared last: if memory runs out, the
/// response can be reported again.
WAN_DECL void on_late_submit(task_core& t, http_result&& response) {
    auto& end = *t.outcome;
    auto parsed = parse_submit(t.dialect(), response, {});
    const auto what = class_of_response(parsed);
    if (what == submit_response::accepted) {
        t.known.learn_urls(parsed.reply);
        auto for_outcome = std::move(parsed.reply.task_id);
        t.known.texts.set(task_texts::task_id, for_outcome);
        t.known.id = end.id = id_trust::confirmed;
        end.task_id = std::move(for_outcome);
    }
    const bool is_unreachable = parsed.error && parsed.error->category == error_category::transport;
    const auto to = late_ending(end.ending, is_unreachable ? task_event::submit_unreachable
                                                           : task_event::submit_rejected);
    const bool is_certain = what != submit_response::accepted && what != submit_response::unconfirmed;
    if (is_certain && to) {
        t.known.learn(t.provider->key, std::move(parsed.reply), std::move(parsed.error),
                      response ? std::move(response->body) : std::string{});
        std::string status{t.known.status()}, request_id{t.known.request_id()};
        auto last = std::exchange(t.known.last, nullptr);
        end.ending = *to;
        end.status = std::move(status);
        end.request_id = std::move(request_id);
        end.reply = std::move(last->reply);
        end.error = std::move(last->error);
        end.raw_reply = std::move(last->body);
        end.candidates.clear();
    }
    t.is_submit_abandoned = false;
}

WAN_DECL bool is_certain(const task_core& t, const http_result& response) {
    return parse_submit(t.dialect(), response, {}).verdict != submit_verdict::unknown;
}

} // namespace wan::inline WAN_ABI::detail
