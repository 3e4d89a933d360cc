// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/hash.hpp>
#include <wan/protocol/detail/request_parts.hpp>
#include <wan/provider/dialect.hpp>
#include <wan/task/detail/poll_phase.hpp>
#include <wan/task/detail/search_fsm.hpp>
#include <wan/task/detail/search_phase.hpp>
#include <wan/task/detail/submit_phase.hpp>
#include <wan/task/detail/upload_phase.hpp>
#include <wan/task/task.hpp>
#include <wan/task/transitions.hpp>
#include <wan/wire_name.hpp>

#include <algorithm>
#include <utility>

namespace wan::inline WAN_ABI {

WAN_DECL task::task(detail::task_core&& core) noexcept : core_(std::move(core)) {}
WAN_DECL task::task(task&&) noexcept = default;
WAN_DECL task& task::operator=(task&&) noexcept = default;
WAN_DECL task::~task() = default;

WAN_DECL step task::next(time_point now) {
    if (!core_.is_started) core_.start_clock(now);
    // If a dispatch returns no action, it has changed the state; the next dispatch acts on the new state.
    for (;;)
        if (auto todo = dispatch(now)) return *todo;
}

/// Returns the next action, or nothing if the state has changed. The order of the blocks ensures that nothing
/// is paid for twice: see the theory of operation in transitions.hpp.
WAN_DECL std::optional<step> task::dispatch(time_point now) {
    auto& t = core_;
    // An ended task only returns its outcome. Uploads have a separate machine, and may have several requests
    // in flight.
    if (is_terminal(t.state)) return step::done(*t.outcome);
    if (t.state == task_state::uploading) return detail::next_upload(t, now);

    // First await the response, whatever the caller wants and the clock shows, because the response may name
    // a task that is paid for. A submit without a response is given up as possibly sent, and never repeated
    // here.
    if (is_in_flight(t.state)) {
        if (now < t.lost_at()) return step::awaiting(t.lost_at());
        t.is_submit_abandoned = t.state == task_state::submitting;
        take(transport_error{delivery::maybe_sent, detail::never_reported(t.request.get())}, now);
        return std::nullopt;
    }

    // Then obey the caller: no request is in flight, so the task can end without losing a response. An
    // unconfirmed submit can only be left as it is. If the id is a guess, it must not be canceled, because it
    // may belong to another program's task.
    if (t.is_stopping) return t.finish(task_event::stop);
    const bool has_id = !t.known.task_id().empty();
    if (t.is_canceling && !has_id && t.state != task_state::submit_lost) return t.finish(task_event::cancel);
    if (t.is_canceling && t.known.is_guess() && t.state == task_state::waiting) {
        t.end_in_doubt(task_event::search_failed, "was not canceled because it may be someone else's");
        return std::nullopt;
    }
    // Then check the deadline, and wait until the next request is due.
    if (now >= t.pace.deadline()) return t.finish(task_event::deadline_passed);
    if (now < t.pace.wake_at()) return step::wait(t.pace.due_at());

    // Then return one request, depending on the state. A submit is returned only here, in the state `ready`
    // or `backing_off`; in all other states, and for every task with an id, the function has already
    // returned.
    if (t.state == task_state::result_due) return detail::send_result_query(t, now);
    if (t.state == task_state::submit_lost) return detail::next_search(t, now);
    if (has_id) return t.is_canceling ? detail::send_cancel(t, now) : detail::send_query(t, now);
    if (t.uploads() != nullptr) {
        t.apply(task_event::upload_due);
        return std::nullopt;
    }
    return detail::send_submit(t, now);
}

WAN_DECL receipt task::receive(http_result response, time_point now) {
    return receive(0, std::move(response), now);
}

WAN_DECL receipt task::receive(unsigned number, http_result response, time_point now) {
    auto& t = core_;
    if (t.is_submit_abandoned && number == 0 && is_terminal(t.state)) {
        detail::on_late_submit(t, std::move(response));
        return {};
    }
    const auto misuse = [&](std::string_view why, std::string_view advice) {
        return error{.category = error_category::misuse,
                     .message = std::string{"receive: "}
                                    .append(why)
                                    .append("; the task is ")
                                    .append(t.state_name())
                                    .append(advice)};
    };
    const auto in_flight = requests_in_flight();
    if (in_flight == 0) return misuse("no request is in flight", detail::complete_once);
    if (in_flight > 1 && number == 0)
        return misuse("several requests are in flight; pass the step's number to say which one completed",
                      {});
    auto* const file = t.uploads() != nullptr ? t.uploads()->with(number) : nullptr;
    if (number != 0 && file == nullptr)
        return misuse("that request has already completed", detail::complete_once);
    const auto most = t.policy->max_reply_bytes;
    // If the response to a submit proves something, it is read whatever its size, because the task may be
    // paid for.
    if (response && response->body.size() > most &&
        !(t.state == task_state::submitting && detail::is_certain(t, response)))
        response = transport_error{delivery::maybe_sent,
                                   "the response has " + std::to_string(response->body.size()) +
                                       " bytes; policy::max_reply_bytes allows " + std::to_string(most) +
                                       ": raise it, or check the base URL"};
    t.is_submit_abandoned = false; // still set only if memory ran out when the submit was given up
    if (file != nullptr)
        detail::on_upload(t, *file, response, now);
    else
        take(std::move(response), now);
    return {};
}

WAN_DECL void task::take(http_result response, time_point now) {
    switch (core_.state) {
    case task_state::submitting: return detail::on_submit(core_, std::move(response), now);
    case task_state::listing: return detail::on_list(core_, response, now);
    case task_state::identifying: return detail::on_candidate(core_, response, now);
    case task_state::canceling: return detail::on_cancel(core_, response, now);
    case task_state::fetching_result: return detail::on_result(core_, std::move(response), now);
    default: return detail::on_query(core_, std::move(response), now);
    }
}

/// Follows the order of `dispatch`. After a lost request, a task either ends or waits before the next
/// attempt.
WAN_DECL bool task::needs_no_request(time_point now) const noexcept {
    const auto& t = core_;
    if (is_terminal(t.state) || is_in_flight(t.state) || t.is_stopping) return true;
    const bool has_id = !t.known.task_id().empty();
    if (t.is_canceling &&
        (has_id ? t.known.is_guess() && t.state == task_state::waiting : t.state != task_state::submit_lost))
        return true;
    if (!t.is_started) return t.policy->deadline == milliseconds{0};
    if (now >= t.pace.deadline()) return true;
    if (t.state != task_state::uploading)
        return now < t.pace.wake_at() ||
               (t.search != nullptr && t.search->state() == detail::search_state::over);
    const auto& files = *t.uploads();
    return files.lost_at() <= now || files.end || (!files.complete() && files.wake_at() > now);
}

WAN_DECL time_point task::times_out_at() const noexcept {
    const auto* const files = core_.state == task_state::uploading ? core_.uploads() : nullptr;
    return files != nullptr ? (std::min)(deadline(), files->lost_at()) : deadline();
}

WAN_DECL request_kind task::next_request(time_point now) const noexcept {
    const auto& t = core_;
    if (is_in_flight(t.state)) return detail::kind_of(t.state);
    if (t.state == task_state::submit_lost)
        return t.search != nullptr && t.search->state() != detail::search_state::checking
                   ? request_kind::list
                   : request_kind::query;
    if (!t.known.task_id().empty())
        return t.is_canceling && t.state == task_state::waiting ? request_kind::cancel : request_kind::query;
    return t.uploads() != nullptr ? t.uploads()->next_request(now) : request_kind::submit;
}

WAN_DECL unsigned task::requests_in_flight() const noexcept {
    return core_.state == task_state::uploading ? core_.uploads()->in_flight() : is_in_flight(core_.state);
}

WAN_DECL result<void> task::cancel() {
    auto& t = core_;
    if (is_terminal(t.state))
        return error{.category = error_category::misuse,
                     .message = "cancel: the task has already ended: " + std::string{t.state_name()}};
    if (!t.known.task_id().empty() && !t.dialect().cancel.offered())
        return detail::cancel_not_offered(*t.provider);
    t.is_canceling = true;
    if (!is_in_flight(t.state) && t.is_started) t.pace.wake({});
    return {};
}

WAN_DECL void task::mix_seed(std::uint64_t number) noexcept { core_.pace.mix(detail::spread(number)); }

WAN_DECL resume_token task::token() const {
    resume_token token{.dialect = std::string{core_.dialect().name},
                       .base_url = core_.provider->base_url,
                       .state = core_.state};
    if (core_.outcome != nullptr) token.ending = core_.outcome->ending;
    core_.known.describe(token, core_.provider->base_url);
    return token;
}

WAN_DECL bool task::is_submit_open() const noexcept {
    return wan::is_submit_open(core_.state) ||
           (core_.outcome != nullptr && core_.outcome->ending == task_ending::submit_unknown);
}

WAN_DECL bool task::may_adopt_listed() const noexcept {
    return core_.policy->sole_user && core_.dialect().list.offered();
}

WAN_DECL wan::progress task::progress() const noexcept {
    wan::progress p{.state = core_.state,
                    .task_id = {},
                    .status = {},
                    .queries = core_.poll.queries,
                    .wake_at = core_.pace.due_at(),
                    .trouble = nullptr};
    core_.known.describe(p);
    if (const auto* const end = outcome()) {
        p.ending = end->ending;
        p.trouble = end->error ? &*end->error : nullptr;
    }
    return p;
}

} // namespace wan::inline WAN_ABI
