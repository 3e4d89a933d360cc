// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/hash.hpp>
#include <wan/protocol/detail/redact.hpp>
#include <wan/protocol/detail/request_parts.hpp>
#include <wan/protocol/errors.hpp>
#include <wan/protocol/list.hpp>
#include <wan/protocol/query.hpp>
#include <wan/provider/detail/service_time.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/task/detail/search_fsm.hpp>
#include <wan/task/detail/search_phase.hpp>
#include <wan/task/detail/submission.hpp>
#include <wan/task/transitions.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace wan::inline WAN_ABI::detail {

inline search_target target_of(const task_core& t) noexcept {
    return {*t.policy,           *t.siblings,        t.known.model(),
            t.known.prompt_hash, t.known.started_at, !t.dialect().list.model.empty(),
            t.known.arrival()};
}

inline std::chrono::sys_seconds started_at(const task_core& t) noexcept {
    return std::chrono::sys_seconds{std::chrono::seconds{t.known.started_at}};
}

inline step give_up_search(task_core& t) {
    t.search->give_up();
    return t.finish(task_event::search_failed);
}

inline step send_list(task_core& t, time_point now) {
    auto list = make_list(*t.provider, {.from = started_at(t) - clock_tolerance,
                                        .model = std::string{t.known.model()},
                                        .page = t.search->page()});
    if (!list) {
        t.learn(std::move(list).error());
        return give_up_search(t);
    }
    t.request = std::make_unique<http_request>(*std::move(list));
    t.apply(task_event::list_sent);
    return t.send(now, t.policy->query_timeout);
}

/// Queries the prompt of the next candidate. Returns nothing if no candidate is left to query.
inline std::optional<step> send_candidate_query(task_core& t, time_point now) {
    if (t.known.prompt_hash == 0) return std::nullopt;
    while (const auto* c = t.search->next_candidate()) {
        auto query = make_task_request(*t.provider, t.dialect().query, c->task.task_id, {});
        if (!query) {
            t.search->skip_candidate();
            continue;
        }
        t.request = std::make_unique<http_request>(*std::move(query));
        t.apply(task_event::candidate_sent);
        return t.send(now, t.policy->query_timeout);
    }
    return std::nullopt;
}

inline bool may_submit_again(const task_core& t) noexcept {
    const auto& s = *t.submission;
    return t.policy->submit_again_if_not_listed && (s.unsent != nullptr || s.uploads != nullptr) &&
           s.attempts.unconfirmed < t.policy->max_lost_submits &&
           t.known.unusable_id()
               .empty(); // otherwise the provider accepted it, regardless of what its list shows
}

/// Adopts a listed task as this task. A task that may be the wrong one is polled in the same way: see
/// `is_guess`.
inline void adopt_listed(task_core& t, search_decision how, time_point now) {
    const auto& found = t.search->adopted(target_of(t), how).task;
    auto texts = t.known.texts;
    texts.set(task_texts::task_id, found.task_id);
    texts.set(task_texts::status, found.status);
    t.known.texts = std::move(texts);
    t.known.id = id_trust::inferred;
    t.known.inferred_from =
        how == search_decision::adopt_equal ? prompt_match::equal : prompt_match::not_reported;
    t.search.reset();
    t.submission.reset();
    t.request.reset();
    t.known.last.reset();
    t.set_accepted_at_start(now);
    t.pace.wake(now);
    t.apply(task_event::task_found);
}

inline std::optional<step> decide_search(task_core& t, time_point now) {
    const auto decision = t.search->decide(target_of(t), may_submit_again(t), t.is_canceling);
    switch (decision) {
    case search_decision::adopt_equal:
    case search_decision::adopt_only:
        adopt_listed(t, decision, now);
        // In a scheduler a cancel waits for its own turn; this turn was for a query.
        return t.is_canceling ? std::optional{step::wait(now)} : std::nullopt;
    case search_decision::give_up: return give_up_search(t);
    case search_decision::look_again:
        t.search->look_again();
        t.wake_after(now, t.policy->search_interval);
        return std::nullopt;
    case search_decision::submit_again: break;
    }
    t.request = std::move(t.submission->unsent);
    t.search.reset();
    t.known.last.reset();
    t.pace.wake(now);
    t.apply(task_event::submit_not_listed);
    return step::wait(now); // no request in this step: in a scheduler a submit waits for its turn
}

WAN_DECL std::optional<step> next_search(task_core& t, time_point now) {
    // First read the whole list, then query candidates, and decide only when no request can reveal more.
    if (t.search->state() == search_state::over) return give_up_search(t);
    if (t.search->state() == search_state::reading) return send_list(t, now);
    if (auto query = send_candidate_query(t, now)) return query;
    return decide_search(t, now);
}

/// Waits before the failed request is repeated. Keeps what previous requests revealed.
inline void wait_after_failure(task_core& t, std::optional<std::chrono::seconds> retry_after,
                               time_point now) noexcept {
    if (t.search->state() == search_state::over)
        t.pace.wake(now);
    else
        t.wake_after(now, t.policy->submit.after(t.search->failures() - 1), retry_after);
}

inline bool may_pass_later(const error& why) noexcept {
    return why.category == error_category::transport || may_pass(why.category);
}

/// Returns by how many seconds the provider's clock is ahead; nothing if that is unknown. Clocks that differ
/// by at most 10 seconds are treated as equal. If the provider's clock is further ahead, tasks from before
/// the submit would seem to be later than it. If the provider's clock is further behind, its list does not
/// show the task at all.
inline std::optional<std::int64_t> difference_of_clocks(const task_core& t, const http_result& response,
                                                        time_point now) noexcept {
    const auto here = t.clock.at(now);
    const auto date = here.is_known() ? date_of(response) : std::nullopt;
    if (!date) return std::nullopt;
    const auto difference =
        *date - here.time - std::chrono::seconds{1}; // both times are without their fractions of a second
    constexpr std::chrono::seconds same{10}; // network delay, and differences between the provider's machines
    return difference > same ? difference.count() : 0;
}

/// Returns whether the list still reaches back to the time of the submit.
inline bool is_within_list(const task_core& t, time_point now) noexcept {
    const auto here = t.clock.at(now);
    if (!here.is_known()) return false;
    const auto age = here.time - started_at(t);
    return age > -clock_tolerance && age < t.dialect().list.reach - std::chrono::hours{1};
}

/// Compares the clocks for one page. If the clock was fast at the submit, the task would seem to be older
/// than the submit. If the clock is correct now, that proves nothing about the clock of another process.
/// Within one process, every clock gives the correct age of the submit, because the clock advances evenly.
inline page_clocks clocks_of(const task_core& t, const http_result& response, time_point now) {
    const auto here = t.clock.at(now);
    const bool agree = agrees(here, response, now);
    const bool differ = !agree && here.is_known() && date_of(response);
    const bool was_right = t.known.clock == clock_trust::checked || (!t.is_resumed && agree);
    const bool is_age_right = !t.is_resumed || agree;
    return {agree, was_right && is_age_right && is_within_list(t, now),
            difference_of_clocks(t, response, now), differ};
}

/// Returns by how much the clock was fast at the submit. That is as much as it is fast now, because the clock
/// of one process advances evenly. Returns nothing if the clock was checked, or for a resumed task, whose
/// submit had the clock of another process.
inline std::optional<std::chrono::seconds> fast_at_submit(task_core& t, const http_result& response,
                                                          time_point now) noexcept {
    const auto date = date_of(response);
    if (!date || t.is_resumed || t.is_start_corrected || t.known.clock == clock_trust::checked)
        return std::nullopt;
    const auto sent_at = t.pace.wake_at() - t.request->timeout;
    return t.search->on_date(t.clock, {sent_at, now, *date});
}

/// Corrects the time of the submit and starts the search again. The pages so far were requested from a time
/// after the submit, so they do not show the submit's task.
inline void correct_start(task_core& t, std::chrono::seconds fast) noexcept {
    t.known.set_start(t.known.started_at - fast.count(), clock_trust::unchecked);
    t.is_start_corrected = true;
    t.search->start_over();
}

WAN_DECL void on_list(task_core& t, const http_result& response, time_point now) {
    auto page = parse_list(t.dialect(), response);
    if (!page) {
        auto why = std::move(page).error();
        const bool passes = may_pass_later(why);
        t.learn(std::move(why));
        t.search->on_failure(passes, t.policy->max_failed_queries);
        wait_after_failure(t, {}, now);
    } else if (const auto fast = fast_at_submit(t, response, now)) {
        correct_start(t, *fast);
        t.pace.wake(now);
    } else {
        redact(t.provider->key, page->tasks);
        t.search->on_page(target_of(t), *std::move(page), clocks_of(t, response, now), now);
        t.pace.wake(now);
    }
    t.apply(task_event::search_continues);
}

WAN_DECL void on_candidate(task_core& t, const http_result& response, time_point now) {
    const auto parsed = parse_query(t.dialect(), response, t.search->next_candidate()->task.task_id);
    const auto& prompt = parsed.reply.orig_prompt;
    candidate_report report{.created = parse_service_time(parsed.reply.submit_time),
                            .is_confirmed = parsed.verdict != query_verdict::retry &&
                                            parsed.verdict != query_verdict::lost,
                            .may_pass = !parsed.error || may_pass_later(*parsed.error)};
    if (!prompt.empty())
        report.prompt = t.known.has_prompt(prompt) ? t.known.prompt_hash : hash_of_prompt(prompt);
    if (t.search->on_candidate(target_of(t), report, t.policy->max_failed_queries))
        t.pace.wake(now);
    else
        wait_after_failure(t, parsed.retry_after, now);
    t.apply(task_event::search_continues);
}

} // namespace wan::inline WAN_ABI::detail
