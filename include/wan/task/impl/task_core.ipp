// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/hash.hpp>
#include <wan/model/catalog.hpp>
#include <wan/printable.hpp>
#include <wan/protocol/detail/request_parts.hpp>
#include <wan/protocol/detail/submit_draft.hpp>
#include <wan/provider/detail/service_time.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/task/detail/clamp_policy.hpp>
#include <wan/task/detail/later.hpp>
#include <wan/task/detail/query_times.hpp>
#include <wan/task/detail/search_fsm.hpp>
#include <wan/task/detail/submission.hpp>
#include <wan/task/detail/task_core.hpp>
#include <wan/task/transitions.hpp>
#include <wan/wire_name.hpp>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>

namespace wan::inline WAN_ABI::detail {

/// The request is null only if memory ran out while its response was handled.
WAN_DECL std::string never_reported(const http_request* request) {
    std::string text = "the executor did not report the outcome within ";
    if (request != nullptr) text.append(std::to_string((2 * request->timeout).count())).append(" ms, ");
    return text.append("twice the timeout; it must complete every request");
}

WAN_DECL task_core::task_core(std::shared_ptr<const wan::provider> at,
                              std::shared_ptr<const wan::policy> limits, const wall_clock& clock_now,
                              std::string_view model_id, task_state first)
    : provider(std::move(at)), policy(sane(std::move(limits))), clock(clock_now), pace(policy->jitter_seed),
      state(first) {
    known.texts.set(task_texts::model, model_id);
}

WAN_DECL task_core::task_core(task_core&&) noexcept = default;
WAN_DECL task_core& task_core::operator=(task_core&&) noexcept = default;
WAN_DECL task_core::~task_core() = default;

WAN_DECL backoff task_core::poll_waits() const noexcept {
    return policy->poll ? *policy->poll : sane(dialect().poll);
}

WAN_DECL upload_fsm* task_core::uploads() const noexcept {
    return submission != nullptr ? submission->uploads.get() : nullptr;
}

WAN_DECL void task_core::start_clock(time_point now) noexcept {
    is_started = true;
    if (policy->jitter_seed == 0)
        pace.mix(spread(static_cast<std::uint64_t>(now.time_since_epoch().count())));
    pace.start(now, policy->deadline);
    if (is_resumed && !known.task_id().empty()) set_accepted_at_start(now);
    if (search != nullptr) search->set_arrived_by(later(now, policy->submit_timeout));
}

WAN_DECL void task_core::wake_after(time_point now, milliseconds wait,
                                    std::optional<std::chrono::seconds> retry_after) noexcept {
    pace.wake_after(now, wait, policy->jitter, retry_after);
}

WAN_DECL void task_core::wake_for_query(time_point now,
                                        std::optional<std::chrono::seconds> retry_after) noexcept {
    const auto age = times != nullptr && !times->empty() ? age_at(now) : std::nullopt;
    wake_after(now, age ? times->wait_at(*age) : poll_waits().after(poll.queries), retry_after);
}

WAN_DECL void task_core::set_accepted_at_start(time_point now) noexcept {
    const auto here = clock.at(now);
    if (known.started_at == 0 || !here.is_known()) return;
    const auto age = here.time - std::chrono::sys_seconds{std::chrono::seconds{known.started_at}};
    if (age.count() >= 0) accepted_at = now - age;
}

WAN_DECL std::optional<milliseconds> task_core::age_at(time_point now) const noexcept {
    if (accepted_at > now) return std::nullopt;
    return std::chrono::floor<milliseconds>(now - accepted_at);
}

WAN_DECL std::optional<milliseconds> task_core::generation_time(time_point now) const noexcept {
    const auto& reply = outcome->reply;
    const auto begin = parse_service_time(reply.submit_time), end = parse_service_time(reply.end_time);
    if (begin && end && *end >= *begin) return *end - *begin;
    const auto age = age_at(now);
    if (!age) return std::nullopt;
    const bool is_timed = times != nullptr && !times->empty();
    const auto last_wait =
        is_timed ? times->wait_before(*age) : poll_waits().after(poll.queries > 0 ? poll.queries - 1 : 0);
    return (std::max)(*age - last_wait / 2, *age / 2); // the task ended some time during the last wait
}

/// The request is null only if memory ran out while the response was handled.
WAN_DECL time_point task_core::lost_at() const noexcept {
    return request != nullptr ? later(pace.wake_at(), request->timeout) : pace.wake_at();
}

WAN_DECL void task_core::learn(error failure) { known.learn(provider->key, std::move(failure)); }

WAN_DECL void task_core::apply(task_event event) {
    const auto* const row = wan::find_transition(state, event);
    if (row == nullptr) std::abort();
    if (row->ending)
        end(*row->ending, known.task_id());
    else
        state = row->to;
}

WAN_DECL step task_core::finish(task_event event) {
    if (search != nullptr && event == task_event::stop)
        search->give_up(
            "the submit is unconfirmed, and the search for its task was stopped; resume to continue it");
    if (search != nullptr && event == task_event::deadline_passed)
        search->give_up("the submit is unconfirmed, and the deadline passed before its task was found; "
                        "resume to continue");
    apply(event);
    return step::done(*outcome);
}

/// Throwing operations come first: if memory runs out, the task is unchanged.
WAN_DECL void task_core::end(task_ending ending, std::string_view task_id) {
    auto ended = std::make_unique<wan::outcome>();
    auto& o = *ended;
    o.ending = ending;
    known.describe(o, task_id);
    std::string doubt;
    if (search != nullptr) {
        o.candidates.reserve(search->candidates().size());
        doubt = search->doubt();
    }
    const bool is_given = !doubt.empty(); // then it says what to do
    if (!is_given && ending == task_ending::submit_unknown && known.last != nullptr && known.last->error)
        doubt
            .append(known.last->error->message.empty() ? "the submit is unconfirmed"
                                                       : known.last->error->message)
            .append(search != nullptr ? check_console : may_exist);
    if (is_given && !known.unusable_id().empty())
        doubt.append("; the provider named the task by an unusable ID: ")
            .append(quoted(known.unusable_id(), shown_whole));
    if (is_given && known.last != nullptr && known.last->error && !known.last->error->message.empty())
        doubt.append("; last error: ").append(known.last->error->message);
    if (ending == task_ending::succeeded) {
        const auto* row = find_model(models_of(*provider), known.model());
        o.video = video_of(known.last->reply, (row != nullptr ? *row : general_limits).video_url_lifetime);
    }
    if (search != nullptr) search->move_candidates(o.candidates, known.prompt_hash);
    known.move_last(o);
    if (!doubt.empty()) {
        if (!o.error) o.error.emplace().category = error_category::protocol;
        o.error->message = std::move(doubt);
    }
    search.reset();
    request.reset();
    submission.reset();
    known.texts.set(task_texts::task_id, task_id); // is the same or empty, so nothing is allocated
    outcome = std::move(ended);
    state = task_state::ended;
}

WAN_DECL void task_core::end_in_doubt(task_event event, std::string_view why) {
    const auto* const row = wan::find_transition(state, event);
    if (row == nullptr || !row->ending) std::abort();
    auto failure = error{.category = error_category::protocol,
                         .message = "the submit is unconfirmed, and the only candidate task, " +
                                    printable(known.task_id()) + ", "};
    failure.message.append(why);
    auto left = std::make_unique<search_fsm>();
    left->leave({.task_id = std::string{known.task_id()},
                 .status = std::string{known.status()},
                 .model = std::string{known.model()}});
    if (known.last == nullptr) known.last = std::make_unique<last_response>();
    known.last->error = std::move(failure);
    known.last->is_recovered = false;
    search = std::move(left);
    end(*row->ending, {});
}

WAN_DECL std::string_view task_core::state_name() const noexcept {
    return outcome != nullptr ? to_wire(outcome->ending) : to_wire(state);
}

WAN_DECL step task_core::send(time_point now, milliseconds timeout) noexcept {
    request->timeout = timeout;
    // This size is enough for the id of an accepted submit, even if the policy's limit is lower.
    constexpr std::size_t least_for_submit = 64 * 1024;
    request->max_reply_bytes = state == task_state::submitting
                                   ? (std::max)(policy->max_reply_bytes, least_for_submit)
                                   : policy->max_reply_bytes;
    pace.wake(later(now, timeout));
    return step::send(*request, 0, kind_of(state));
}

WAN_DECL void task_core::set_draft(submit_draft&& draft) {
    if (draft.needs_uploads())
        submission->uploads = std::make_unique<upload_fsm>(std::move(draft));
    else
        request = std::make_unique<http_request>(finished(*provider, std::move(draft), {}));
}

} // namespace wan::inline WAN_ABI::detail
