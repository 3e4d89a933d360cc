// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The transition table of a task: its states, its events, and every transition.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/task/detail/find_transition.hpp>
#include <wan/task/state.hpp>
#include <wan/wire_name.hpp>

#include <optional>

namespace wan::inline WAN_ABI {

/// The events that change the state of a task.
enum class task_event {
    upload_sent,         ///< a request for a file was returned to the caller
    upload_responded,    ///< a request for a file has its response, or is considered lost
    upload_complete,     ///< all files are in the store
    upload_rejected,     ///< the provider or its store rejected a file, or failed too often
    upload_unreachable,  ///< too many requests got no response
    upload_due,          ///< there are files that must be uploaded before a submit
    submit_sent,         ///< the submit was returned to the caller
    submit_accepted,     ///< the response has a task id
    submit_rejected,     ///< the provider rejected the submit, or postponed it too often
    submit_not_accepted, ///< the submit was certainly not accepted; it may be sent again
    submit_unreachable,  ///< too many submits failed before a byte was sent
    submit_ambiguous,    ///< the submit may have been accepted
    submit_searchable,   ///< the submit may have been accepted, and the provider has a task list
    list_sent,           ///< the request for the task list was returned to the caller
    candidate_sent,      ///< a query for a listed task that may be this one was returned to the caller
    search_continues,    ///< a request of the search completed or is considered lost; the search continues
    task_found,          ///< exactly one listed task can be this one
    /// Two complete reads of the list show no matching task, and the policy allows resubmission.
    submit_not_listed,
    /// No listed task matches, or several do, or the caller cancels a task whose id is only a guess.
    search_failed,
    query_sent,   ///< a query was returned to the caller
    task_running, ///< the task has not ended
    /// The listed task that was adopted has another prompt, or ended without a video and without a reported
    /// prompt.
    task_mismatch,
    query_failed,      ///< the query revealed nothing; it may be repeated
    query_lost,        ///< the query revealed nothing, and repeating it cannot help or has failed too often
    result_elsewhere,  ///< the task succeeded; another request returns the video's URL
    result_query_sent, ///< the request for the video's URL was returned to the caller
    task_succeeded,    ///< there is a video, and its URL is known
    task_failed,       ///< the provider reports that there will be no video
    task_canceled,     ///< the provider reports that the task was canceled
    task_expired,      ///< the provider no longer knows the task
    cancel_sent,       ///< the request to cancel was returned to the caller
    /// The cancel has its response, or is considered lost; the next query reports the state.
    cancel_responded,
    cancel,          ///< the caller cancels the task
    deadline_passed, ///< the deadline passed
    stop,            ///< the caller stops the task
};
BOOST_DESCRIBE_ENUM(task_event, upload_sent, upload_responded, upload_complete, upload_rejected,
                    upload_unreachable, upload_due, submit_sent, submit_accepted, submit_rejected,
                    submit_not_accepted, submit_unreachable, submit_ambiguous, submit_searchable, list_sent,
                    candidate_sent, search_continues, task_found, submit_not_listed, search_failed,
                    query_sent, task_running, task_mismatch, query_failed, query_lost, result_elsewhere,
                    result_query_sent, task_succeeded, task_failed, task_canceled, task_expired, cancel_sent,
                    cancel_responded, cancel, deadline_passed, stop)

/// A row of the table: in a given state, an event leads to a state (possibly the same) or to an ending.
struct task_transition {
    task_state from;                        ///< the state before
    task_event on;                          ///< what happened
    task_state to;                          ///< the state after
    std::optional<task_ending> ending = {}; ///< set if `to` is `ended`
};

/// Theory of operation.
///
/// A task passes through phases. Files are uploaded (`uploading`), and the request is submitted (`ready`,
/// `submitting`, `backing_off`). An unconfirmed submit is searched for (`submit_lost`, `listing`,
/// `identifying`). The task is polled (`waiting`, `querying`, `canceling`), and the video's URL is fetched
/// (`result_due`, `fetching_result`). Each phase has its own machine in task/detail that decides what a
/// response means. This table says where that decision leads; there are no other transitions.
///
/// At most one request is in flight, except during uploads, where each file may have one. While a request is
/// in flight, `stop`, `cancel` and `deadline_passed` wait for its response: it may name a task that is paid
/// for. A request that is not completed within twice its timeout is considered lost, and is treated as
/// possibly sent.
///
/// A submit is not idempotent: if it is accepted twice, it is paid for twice. So `submit_sent` is possible in
/// two states only. `backing_off` follows a submit that certainly created no task: its response says so
/// (`submit_not_accepted`), or a complete task list proves it and the policy allows another submit
/// (`submit_not_listed`). `ready` comes before the first submit, or after `backing_off` if files must be
/// uploaded first. The order of the steps in `task::next` ensures this: the function awaits the response,
/// then obeys the caller and the deadline, then waits, and only then returns one request.
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

/// A row of the table: how the late response to a submit corrects an ending.
struct late_transition {
    task_ending from; ///< the ending that was reported
    task_event on;    ///< what the response means
    task_ending to;   ///< the corrected ending
};

/// The corrections by a late response. If the executor never reports the completion of a submit, the submit
/// is given up and the task ends. The response to the submit may still arrive.
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

/// Returns how a late response corrects an ending; nothing if the response does not correct it.
constexpr std::optional<task_ending> late_ending(task_ending from, task_event on) noexcept {
    const auto* const row = detail::find_transition(late_transitions, from, on);
    return row != nullptr ? std::optional{row->to} : std::nullopt;
}

/// Returns whether the task has ended.
constexpr bool is_terminal(task_state state) noexcept { return state == task_state::ended; }

/// Returns whether, in this state, a submit that no response has confirmed may have been accepted. For a task
/// that has ended, see `task_ending::submit_unknown`.
constexpr bool is_submit_open(task_state state) noexcept {
    constexpr task_state states[] = {task_state::submitting, task_state::submit_lost, task_state::listing,
                                     task_state::identifying};
    for (const auto each : states)
        if (each == state) return true;
    return false;
}

/// Returns whether a request is in flight in this state. For `uploading`, only the task knows: see
/// `task::requests_in_flight`.
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
