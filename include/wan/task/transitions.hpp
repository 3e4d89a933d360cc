// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Every state of a task and every way from one to another. There are no others.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/task/detail/find_transition.hpp>
#include <wan/task/state.hpp>
#include <wan/wire_name.hpp>

#include <algorithm>
#include <iterator>
#include <optional>

namespace wan::inline WAN_ABI {

/// What leads from one state to another.
enum class task_event {
    upload_sent,        ///< a request for a file's upload was handed to the caller
    upload_answered,    ///< it was answered, or will be sent again
    upload_complete,    ///< all files are in the store
    upload_refused,     ///< the service or its store said no, or failed too often
    upload_unreachable, ///< no answer came, too often
    upload_due,         ///< there are files that must be uploaded before a submit
    submit_sent,        ///< the submit was handed to the caller
    submit_accepted,    ///< answered with a task id
    submit_refused,     ///< answered with no, or with "later" too often
    submit_not_taken,   ///< certainly not accepted, and may be sent again
    submit_unreachable, ///< not one byte ever left, too often
    submit_ambiguous,   ///< may have been accepted
    submit_searchable,  ///< may have been accepted, and the service lists its tasks
    list_sent,          ///< the request for the list was handed to the caller
    candidate_sent,     ///< a query for a task that may be this one was handed to the caller
    search_continues,   ///< an answer came, or none; there is more to ask, or to decide
    task_found,         ///< exactly one listed task can be this one
    /// Seen twice, the list has no task that can be this one, and the policy submits again.
    submit_not_listed,
    search_failed, ///< no task, or several, or one that is not sure and was to be canceled
    query_sent,    ///< a query was handed to the caller
    task_running,  ///< the task is not at its end
    /// The listed task that was taken for this one has another prompt, or ended badly without telling it.
    task_mismatch,
    query_failed,      ///< nothing learned, and may be asked again
    query_lost,        ///< nothing learned, and asking again will not help or did not help too often
    result_elsewhere,  ///< the task succeeded; the video's URL is given elsewhere
    result_query_sent, ///< the request for the video's URL was handed to the caller
    task_succeeded,    ///< there is a video, and its URL is known
    task_failed,       ///< the service says that there will be no video
    task_canceled,     ///< the service says that the task was canceled
    task_expired,      ///< the service no longer knows the task
    cancel_sent,       ///< the request to cancel was handed to the caller
    cancel_answered,   ///< in whatever way: the next query tells what became of the task
    cancel,            ///< the caller does not want the video
    deadline_passed,   ///< the deadline passed
    stop,              ///< the caller wants no more
};
BOOST_DESCRIBE_ENUM(task_event, upload_sent, upload_answered, upload_complete, upload_refused,
                    upload_unreachable, upload_due, submit_sent, submit_accepted, submit_refused,
                    submit_not_taken, submit_unreachable, submit_ambiguous, submit_searchable, list_sent,
                    candidate_sent, search_continues, task_found, submit_not_listed, search_failed,
                    query_sent, task_running, task_mismatch, query_failed, query_lost, result_elsewhere,
                    result_query_sent, task_succeeded, task_failed, task_canceled, task_expired, cancel_sent,
                    cancel_answered, cancel, deadline_passed, stop)

/// In one state an event leads to another, or back to the same.
struct task_transition {
    task_state from; ///< the state before
    task_event on;   ///< what happened
    task_state to;   ///< the state after
};

/// The way back from `submitting` to a second submit leads through `submit_not_taken`, or through
/// `submit_not_listed` where the caller's policy says so. `deadline_passed` and `stop` wait for an answer
/// that is still out: it may name a task that is paid for.
inline constexpr task_transition task_transitions[] = {
    {task_state::uploading, task_event::upload_sent, task_state::uploading},
    {task_state::uploading, task_event::upload_answered, task_state::uploading},
    {task_state::uploading, task_event::upload_complete, task_state::ready},
    {task_state::uploading, task_event::upload_refused, task_state::refused},
    {task_state::uploading, task_event::upload_unreachable, task_state::interrupted},
    {task_state::uploading, task_event::cancel, task_state::canceled},
    {task_state::uploading, task_event::deadline_passed, task_state::deadline},
    {task_state::uploading, task_event::stop, task_state::interrupted},

    {task_state::ready, task_event::submit_sent, task_state::submitting},
    {task_state::ready, task_event::cancel, task_state::canceled},
    {task_state::ready, task_event::deadline_passed, task_state::deadline},
    {task_state::ready, task_event::stop, task_state::interrupted},

    {task_state::submitting, task_event::submit_accepted, task_state::waiting},
    {task_state::submitting, task_event::submit_refused, task_state::refused},
    {task_state::submitting, task_event::submit_not_taken, task_state::backing_off},
    {task_state::submitting, task_event::submit_unreachable, task_state::interrupted},
    {task_state::submitting, task_event::submit_ambiguous, task_state::submit_unknown},
    {task_state::submitting, task_event::submit_searchable, task_state::submit_lost},

    {task_state::submit_lost, task_event::list_sent, task_state::listing},
    {task_state::submit_lost, task_event::candidate_sent, task_state::identifying},
    {task_state::submit_lost, task_event::task_found, task_state::waiting},
    {task_state::submit_lost, task_event::submit_not_listed, task_state::backing_off},
    {task_state::submit_lost, task_event::search_failed, task_state::submit_unknown},
    {task_state::submit_lost, task_event::deadline_passed, task_state::submit_unknown},
    {task_state::submit_lost, task_event::stop, task_state::submit_unknown},

    {task_state::listing, task_event::search_continues, task_state::submit_lost},

    {task_state::identifying, task_event::search_continues, task_state::submit_lost},

    {task_state::backing_off, task_event::submit_sent, task_state::submitting},
    {task_state::backing_off, task_event::upload_due, task_state::uploading},
    {task_state::backing_off, task_event::cancel, task_state::canceled},
    {task_state::backing_off, task_event::deadline_passed, task_state::deadline},
    {task_state::backing_off, task_event::stop, task_state::interrupted},

    {task_state::waiting, task_event::query_sent, task_state::querying},
    {task_state::waiting, task_event::cancel_sent, task_state::canceling},
    {task_state::waiting, task_event::search_failed, task_state::submit_unknown},
    {task_state::waiting, task_event::deadline_passed, task_state::deadline},
    {task_state::waiting, task_event::stop, task_state::interrupted},

    {task_state::canceling, task_event::cancel_answered, task_state::waiting},

    {task_state::querying, task_event::task_running, task_state::waiting},
    {task_state::querying, task_event::task_mismatch, task_state::submit_unknown},
    {task_state::querying, task_event::query_failed, task_state::waiting},
    {task_state::querying, task_event::query_lost, task_state::interrupted},
    {task_state::querying, task_event::result_elsewhere, task_state::result_due},
    {task_state::querying, task_event::task_succeeded, task_state::succeeded},
    {task_state::querying, task_event::task_failed, task_state::failed},
    {task_state::querying, task_event::task_canceled, task_state::canceled},
    {task_state::querying, task_event::task_expired, task_state::expired},

    {task_state::result_due, task_event::result_query_sent, task_state::fetching_result},
    {task_state::result_due, task_event::deadline_passed, task_state::deadline},
    {task_state::result_due, task_event::stop, task_state::interrupted},

    {task_state::fetching_result, task_event::task_mismatch, task_state::submit_unknown},
    {task_state::fetching_result, task_event::query_failed, task_state::result_due},
    {task_state::fetching_result, task_event::query_lost, task_state::interrupted},
    {task_state::fetching_result, task_event::task_succeeded, task_state::succeeded},
    {task_state::fetching_result, task_event::task_failed, task_state::failed},
};

/// What the late response to a submit still changes, whose request was given up because its executor never
/// reported an end. Until then the task is at its end.
inline constexpr task_transition late_transitions[] = {
    {task_state::submit_unknown, task_event::submit_refused, task_state::refused},
    {task_state::submit_unknown, task_event::submit_unreachable, task_state::interrupted},
};

/// Returns where a late response leads; nothing if it changes no state.
constexpr std::optional<task_state> late_state(task_state from, task_event on) noexcept {
    const auto* const row = detail::find_transition(late_transitions, from, on);
    return row != nullptr ? std::optional{row->to} : std::nullopt;
}

/// Returns where an event leads; nothing if the state does not allow it.
constexpr std::optional<task_state> next_state(task_state from, task_event on) noexcept {
    const auto* const row = detail::find_transition(task_transitions, from, on);
    return row != nullptr ? std::optional{row->to} : std::nullopt;
}

/// Whether no event leads out of a state.
constexpr bool is_terminal(task_state state) noexcept {
    for (const auto& t : task_transitions)
        if (t.from == state) return false;
    return true;
}

/// Whether a submit may have been accepted without an answer that says so.
constexpr bool is_submit_open(task_state state) noexcept {
    constexpr task_state states[] = {task_state::submitting, task_state::submit_lost, task_state::listing,
                                     task_state::identifying, task_state::submit_unknown};
    return std::find(std::begin(states), std::end(states), state) != std::end(states);
}

/// Whether a request is out whose answer is awaited. Of `uploading` only the task knows.
constexpr bool is_in_flight(task_state state) noexcept {
    constexpr task_state states[] = {task_state::submitting,  task_state::listing,
                                     task_state::identifying, task_state::querying,
                                     task_state::canceling,   task_state::fetching_result};
    return std::find(std::begin(states), std::end(states), state) != std::end(states);
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
