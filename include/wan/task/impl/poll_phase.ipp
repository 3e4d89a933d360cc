// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/printable.hpp>
#include <wan/protocol/cancel.hpp>
#include <wan/protocol/detail/request_parts.hpp>
#include <wan/protocol/query.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/task/detail/poll_phase.hpp>
#include <wan/task/transitions.hpp>
#include <wan/wire_name.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace wan::inline WAN_ABI::detail {

/// Sends a query. The query times out at the deadline at the latest, but is always given at least one second.
inline step send_query(task_core& t, task_event sent, result<http_request> query, time_point now) {
    if (!query) {
        t.learn(std::move(query).error());
        t.apply(sent);
        return t.finish(task_event::query_lost);
    }
    t.request = std::make_unique<http_request>(*std::move(query));
    t.apply(sent);
    ++t.poll.queries;
    return t.send(now, (std::min)(t.policy->query_timeout, t.pace.left(now)));
}

WAN_DECL step send_query(task_core& t, time_point now) {
    const auto url = t.known.urls != nullptr ? std::string_view{t.known.urls->query} : std::string_view{};
    return send_query(t, task_event::query_sent,
                      make_task_request(*t.provider, t.dialect().query, t.known.task_id(), url), now);
}

WAN_DECL step send_result_query(task_core& t, time_point now) {
    const auto url = t.known.urls != nullptr ? std::string_view{t.known.urls->result} : std::string_view{};
    return send_query(t, task_event::result_query_sent,
                      make_task_request(*t.provider, t.dialect().result, t.known.task_id(), url), now);
}

WAN_DECL std::optional<step> send_cancel(task_core& t, time_point now) {
    auto cancel = t.dialect().cancel.offered()
                      ? make_task_request(*t.provider, t.dialect().cancel, t.known.task_id(), {})
                      : cancel_not_offered(*t.provider);
    if (!cancel) {
        t.is_canceling = false;
        t.learn(std::move(cancel).error());
        t.wake_for_query(now);
        return std::nullopt;
    }
    t.request = std::make_unique<http_request>(*std::move(cancel));
    poll_fsm::count(t.poll.cancels);
    t.apply(task_event::cancel_sent);
    return t.send(now, t.policy->query_timeout);
}

/// Returns whether the task is older than the time for which the provider keeps tasks, according to the
/// duration of polling or to the wall clock. A clock that was never set proves nothing.
inline bool is_older_than_kept(const task_core& t, time_point now) noexcept {
    const auto kept = t.dialect().keeps_tasks_for;
    if (now - (t.pace.deadline() - t.policy->deadline) >= kept) return true;
    constexpr std::int64_t first_wan_task = 1'735'689'600; // 2025-01-01
    const auto here = t.clock.at(now);
    if (t.known.started_at < first_wan_task || !here.is_known()) return false;
    return here.time - std::chrono::sys_seconds{std::chrono::seconds{t.known.started_at}} >= kept;
}

/// Treats an implausible expiry as a failed query: DashScope also reports UNKNOWN for tasks that it has only
/// just accepted.
inline void doubt_expiry(const task_core& t, query_reply& parsed, time_point now) {
    if (parsed.verdict != query_verdict::expired || is_older_than_kept(t, now)) return;
    parsed.verdict = query_verdict::retry;
    parsed.error = error{
        .category = error_category::not_found,
        .message = "the provider reports the status " + printable(parsed.reply.status) +
                   " for a task that it should still keep; it keeps tasks for " +
                   std::to_string(t.dialect().keeps_tasks_for.count()) +
                   " h; query the task later; if this stays so, check the task ID and the key's account",
        .request_id = parsed.reply.request_id};
}

/// Ends the task if the inferred id turns out to be another task's. Also ends the task if the listed task
/// ended badly without reporting its prompt, because it may be another task.
inline bool ends_as_another(task_core& t, query_verdict verdict) {
    if (!t.known.is_guess()) return false;
    const auto& prompt = t.known.last->reply.orig_prompt;
    if (t.known.prompt_hash != 0 && !prompt.empty()) {
        if (t.known.has_prompt(prompt)) {
            t.known.inferred_from = prompt_match::equal;
            return false;
        }
        t.end_in_doubt(task_event::task_mismatch, "has another prompt");
        return true;
    }
    const bool ends_badly = verdict == query_verdict::failed || verdict == query_verdict::canceled ||
                            verdict == query_verdict::expired;
    if (ends_badly)
        t.end_in_doubt(task_event::task_mismatch,
                       "ended as " + std::string{to_wire(verdict)} + " and does not report its prompt");
    return ends_badly;
}

inline void on_query(task_core& t, query_reply&& parsed, http_result&& response, time_point now) {
    doubt_expiry(t, parsed, now);
    t.known.learn(t.provider->key, std::move(parsed.reply), std::move(parsed.error),
                  response ? std::move(response->body) : std::string{});
    t.wake_for_query(now, parsed.retry_after);
    if (ends_as_another(t, parsed.verdict)) return;
    const auto todo = t.poll.on_query(parsed.verdict, t.is_canceling, t.policy->max_failed_queries);
    t.request.reset();
    if (todo.is_at_once) t.pace.wake(now);
    if (todo.event == task_event::task_running || todo.event == task_event::result_elsewhere)
        t.known.forget_last();
    t.apply(todo.event);
}

WAN_DECL void on_query(task_core& t, http_result&& response, time_point now) {
    auto parsed = parse_query(t.dialect(), response, t.known.task_id(), t.provider->base_url);
    on_query(t, std::move(parsed), std::move(response), now);
}

WAN_DECL void on_result(task_core& t, http_result&& response, time_point now) {
    auto parsed = parse_result(t.dialect(), response, t.known.task_id(), t.provider->base_url);
    on_query(t, std::move(parsed), std::move(response), now);
}

/// Handles the response to a cancel. After any response the next query reports the task's state.
WAN_DECL void on_cancel(task_core& t, const http_result& response, time_point now) {
    auto parsed = parse_cancel(t.dialect(), response);
    t.request.reset();
    t.known.learn(t.provider->key, std::move(parsed.reply), std::move(parsed.error), {});
    if (t.known.failure() == nullptr) t.known.forget_last();
    const auto todo = t.poll.on_cancel(parsed.verdict, t.policy->max_cancels);
    t.is_canceling = todo == poll_fsm::cancel_decision::ask_again;
    if (t.is_canceling)
        t.wake_after(now, t.policy->submit.after(t.poll.cancels - 1u), parsed.retry_after);
    else
        t.wake_for_query(now);
    if (todo == poll_fsm::cancel_decision::query_now) t.pace.wake(now);
    t.apply(task_event::cancel_responded);
}

} // namespace wan::inline WAN_ABI::detail
