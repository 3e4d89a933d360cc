// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Every state of a task and every way from one to another. There are no others.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/task/detail/find_transition.hpp>
#include <wan/task/state.hpp>
#include <wan/wire_name.hpp>

#include <optional>

namespace wan::inline WAN_ABI {

/// What leads from one state to another.
enum class task_event {
    upload_sent,         ///< a request for a file was returned to the caller
    upload_responded,    ///< its response came, or it is considered lost
    upload_complete,     ///< all files are in the store
    upload_rejected,     ///< the service or its store rejected a file, or failed too often
    upload_unreachable,  ///< no response came, too often
    upload_due,          ///< there are files that must be uploaded before a submit
    submit_sent,         ///< the submit was returned to the caller
    submit_accepted,     ///< the response has a task id
    submit_rejected,     ///< the service rejected the submit, or postponed it too often
    submit_not_accepted, ///< certainly not accepted; it may be sent again
    submit_unreachable,  ///< no byte left, too often
    submit_ambiguous,    ///< may have been accepted
    submit_searchable,   ///< may have been accepted, and the service lists its tasks
    list_sent,           ///< the request for the task list was returned to the caller
    candidate_sent,      ///< a query for a listed task that may be this one was returned to the caller
    search_continues,    ///< a response came, or none; there is more to ask, or to decide
    task_found,          ///< exactly one listed task can be this one
    /// Two complete reads of the list show no matching task, and the policy allows resubmission.
    submit_not_listed,
    search_failed, ///< no task, or several, or one that is not sure and was to be canceled
    query_sent,    ///< a query was returned to the caller
    task_running,  ///< the task has not ended
    /// The listed task that was adopted has another prompt, or ended badly without reporting its prompt.
    task_mismatch,
    query_failed,      ///< nothing learned; the query may be repeated
    query_lost,        ///< nothing learned, and repeating the query cannot help or failed too often
    result_elsewhere,  ///< the task succeeded; the video's URL is given elsewhere
    result_query_sent, ///< the request for the video's URL was returned to the caller
    task_succeeded,    ///< there is a video, and its URL is known
    task_failed,       ///< the service says that there will be no video
    task_canceled,     ///< the service says that the task was canceled
    task_expired,      ///< the service no longer knows the task
    cancel_sent,       ///< the request to cancel was returned to the caller
    cancel_responded,  ///< whatever the response: the next query reports the task's state
    cancel,            ///< the caller does not want the video
    deadline_passed,   ///< the deadline passed
    stop,              ///< the caller stops the task
};
BOOST_DESCRIBE_ENUM(task_event, upload_sent, upload_responded, upload_complete, upload_rejected,
                    upload_unreachable, upload_due, submit_sent, submit_accepted, submit_rejected,
                    submit_not_accepted, submit_unreachable, submit_ambiguous, submit_searchable, list_sent,
                    candidate_sent, search_continues, task_found, submit_not_listed, search_failed,
                    query_sent, task_running, task_mismatch, query_failed, query_lost, result_elsewhere,
                    result_query_sent, task_succeeded, task_failed, task_canceled, task_expired, cancel_sent,
                    cancel_responded, cancel, deadline_passed, stop)

/// In one state an event leads to another, or back to the same, or to an ending.
struct task_transition {
    task_state from;                        ///< the state before
    task_event on;                          ///< what happened
    task_state to;                          ///< the state after
    std::optional<task_ending> ending = {}; ///< if that is `ended`
};

/// Theory of operation.
///
/// A task goes through phases: files are uploaded (`uploading`), the request is submitted (`ready`,
/// `submitting`, `backing_off`), an unconfirmed submit is searched for (`submit_lost`, `listing`,
/// `identifying`), the task is polled (`waiting`, `querying`, `canceling`), and the video's URL is fetched
/// (`result_due`, `fetching_result`). Each phase has a machine of its own in task/detail that decides what a
/// response means; this table says where that leads, and there is no other way.
///
/// In flight is at most one request, except while files are uploaded, when each file may have one. While a
/// request is in flight no other event is possible: `stop`, `cancel` and `deadline_passed` wait for the
/// response, because it may name a task that is paid for. A request that is never completed is considered
/// lost after twice its timeout, as if it may have been sent.
///
/// A submit is not idempotent: sent twice, it is paid for twice. So `submit_sent` is possible in two states
/// only. `ready` comes before the first submit, and nothing leads back to it from a submit. `backing_off`
/// comes after one, through `submit_not_accepted`, where the service certainly made no task, or through
/// `submit_not_listed`, where its complete list proves so and the caller's policy allows another submit.
/// `task::next` keeps this promise by its order: it awaits the response first, then obeys the caller and the
/// deadline, then waits, and only then hands out one request by the state.
inline constexpr task_transition task_transitions[] = {
    {task_state::uploading, task_event::upload_sent, task_state::uploading},
    {task_state::uploading, task_event::upload_responded, task_state::uploading},
    {task_state::uploading, task_event::upload_complete, task_state::ready},
    {task_state::uploading, task_event::upload_rejected, task_state::ended, task_ending::rejected},
    {task_state::uploading, task_event::upload_unreachable, task_state::ended, task_ending::unreachable},
    {task_state::uploading, task_event::cancel, task_state::ended, task_ending::canceled},
    {task_state::uploading, task_event::deadline_passed, task_state::ended, task_ending::deadline},
    {task_state::uploading, task_event::stop, task_state::ended, task_ending::stopped},

    {task_state::ready, task_event::submit_sent, task_state::submitting},
    {task_state::ready, task_event::cancel, task_state::ended, task_ending::canceled},
    {task_state::ready, task_event::deadline_passed, task_state::ended, task_ending::deadline},
    {task_state::ready, task_event::stop, task_state::ended, task_ending::stopped},

    {task_state::submitting, task_event::submit_accepted, task_state::waiting},
    {task_state::submitting, task_event::submit_rejected, task_state::ended, task_ending::rejected},
    {task_state::submitting, task_event::submit_not_accepted, task_state::backing_off},
    {task_state::submitting, task_event::submit_unreachable, task_state::ended, task_ending::unreachable},
    {task_state::submitting, task_event::submit_ambiguous, task_state::ended, task_ending::submit_unknown},
    {task_state::submitting, task_event::submit_searchable, task_state::submit_lost},

    {task_state::submit_lost, task_event::list_sent, task_state::listing},
    {task_state::submit_lost, task_event::candidate_sent, task_state::identifying},
    {task_state::submit_lost, task_event::task_found, task_state::waiting},
    {task_state::submit_lost, task_event::submit_not_listed, task_state::backing_off},
    {task_state::submit_lost, task_event::search_failed, task_state::ended, task_ending::submit_unknown},
    {task_state::submit_lost, task_event::deadline_passed, task_state::ended, task_ending::submit_unknown},
    {task_state::submit_lost, task_event::stop, task_state::ended, task_ending::submit_unknown},

    {task_state::listing, task_event::search_continues, task_state::submit_lost},

    {task_state::identifying, task_event::search_continues, task_state::submit_lost},

    {task_state::backing_off, task_event::submit_sent, task_state::submitting},
    {task_state::backing_off, task_event::upload_due, task_state::uploading},
    {task_state::backing_off, task_event::cancel, task_state::ended, task_ending::canceled},
    {task_state::backing_off, task_event::deadline_passed, task_state::ended, task_ending::deadline},
    {task_state::backing_off, task_event::stop, task_state::ended, task_ending::stopped},

    {task_state::waiting, task_event::query_sent, task_state::querying},
    {task_state::waiting, task_event::cancel_sent, task_state::canceling},
    {task_state::waiting, task_event::search_failed, task_state::ended, task_ending::submit_unknown},
    {task_state::waiting, task_event::deadline_passed, task_state::ended, task_ending::deadline},
    {task_state::waiting, task_event::stop, task_state::ended, task_ending::stopped},

    {task_state::canceling, task_event::cancel_responded, task_state::waiting},

    {task_state::querying, task_event::task_running, task_state::waiting},
    {task_state::querying, task_event::task_mismatch, task_state::ended, task_ending::submit_unknown},
    {task_state::querying, task_event::query_failed, task_state::waiting},
    {task_state::querying, task_event::query_lost, task_state::ended, task_ending::unreachable},
    {task_state::querying, task_event::result_elsewhere, task_state::result_due},
    {task_state::querying, task_event::task_succeeded, task_state::ended, task_ending::succeeded},
    {task_state::querying, task_event::task_failed, task_state::ended, task_ending::failed},
    {task_state::querying, task_event::task_canceled, task_state::ended, task_ending::canceled},
    {task_state::querying, task_event::task_expired, task_state::ended, task_ending::expired},

    {task_state::result_due, task_event::result_query_sent, task_state::fetching_result},
    {task_state::result_due, task_event::deadline_passed, task_state::ended, task_ending::deadline},
    {task_state::result_due, task_event::stop, task_state::ended, task_ending::stopped},

    {task_state::fetching_result, task_event::task_mismatch, task_state::ended, task_ending::submit_unknown},
    {task_state::fetching_result, task_event::query_failed, task_state::result_due},
    {task_state::fetching_result, task_event::query_lost, task_state::ended, task_ending::unreachable},
    {task_state::fetching_result, task_event::task_succeeded, task_state::ended, task_ending::succeeded},
    {task_state::fetching_result, task_event::task_failed, task_state::ended, task_ending::failed},
};

/// How the late response to a submit corrects an ending.
struct late_transition {
    task_ending from; ///< the ending that was reported
    task_event on;    ///< what the response says
    task_ending to;   ///< the ending now
};

/// A submit whose executor never reports an outcome is given up, and the task ends. What the response still
/// changes if it comes after all.
inline constexpr late_transition late_transitions[] = {
    {task_ending::submit_unknown, task_event::submit_rejected, task_ending::rejected},
    {task_ending::submit_unknown, task_event::submit_unreachable, task_ending::unreachable},
};

/// Returns the transition from a state on an event; null if the state does not allow it.
constexpr const task_transition* find_transition(task_state from, task_event on) noexcept {
    return detail::find_transition(task_transitions, from, on);
}

/// Returns where an event leads; nothing if the state does not allow it.
constexpr std::optional<task_state> next_state(task_state from, task_event on) noexcept {
    const auto* const row = find_transition(from, on);
    return row != nullptr ? std::optional{row->to} : std::nullopt;
}

/// Returns how a late response corrects an ending; nothing if it does not.
constexpr std::optional<task_ending> late_ending(task_ending from, task_event on) noexcept {
    const auto* const row = detail::find_transition(late_transitions, from, on);
    return row != nullptr ? std::optional{row->to} : std::nullopt;
}

/// Whether the task has ended.
constexpr bool is_terminal(task_state state) noexcept { return state == task_state::ended; }

/// Whether a submit may have been accepted in this state, without a response that confirms it. After the end:
/// `task_ending::submit_unknown`.
constexpr bool is_submit_open(task_state state) noexcept {
    constexpr task_state states[] = {task_state::submitting, task_state::submit_lost, task_state::listing,
                                     task_state::identifying};
    for (const auto each : states)
        if (each == state) return true;
    return false;
}

/// Whether a request is in flight in this state. Of `uploading` only the task knows.
constexpr bool is_in_flight(task_state state) noexcept {
    constexpr task_state states[] = {task_state::submitting,  task_state::listing,
                                     task_state::identifying, task_state::querying,
                                     task_state::canceling,   task_state::fetching_result};
    for (const auto each : states)
        if (each == state) return true;
    return false;
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
