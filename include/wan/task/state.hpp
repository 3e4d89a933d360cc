// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The states of a task, and its endings.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/wire_name.hpp>

#include <cstdint>

namespace wan::inline WAN_ABI {

/// The state of a task. Diagram: \ref task-states.
enum class task_state : std::uint8_t {
    uploading,       ///< files are uploaded to the provider's store, several at once; see `upload_state`
    ready,           ///< the request is valid and its files are uploaded; no submit was sent
    submitting,      ///< waiting for the response to the submit
    backing_off,     ///< the submit was certainly not accepted; it will be sent again
    submit_lost,     ///< the submit may have been accepted; the provider's task list must be searched
    listing,         ///< waiting for a page of the task list
    identifying,     ///< waiting for the response to a query for a listed task that may be this one
    waiting,         ///< the task has an id; the next query is not yet due
    querying,        ///< waiting for the response to a query
    canceling,       ///< waiting for the response to the request to cancel
    result_due,      ///< there is a video; the query for its URL is not yet due
    fetching_result, ///< waiting for the response with the video's URL
    ended,           ///< see `task_ending`
};
BOOST_DESCRIBE_ENUM(task_state, uploading, ready, submitting, backing_off, submit_lost, listing, identifying,
                    waiting, querying, canceling, result_due, fetching_result, ended)

/// How a task ended. What to do after each ending: \ref outcomes.
enum class task_ending : std::uint8_t {
    succeeded,      ///< there is a video
    failed,         ///< the provider reports that there will be no video
    canceled,       ///< canceled at the provider, or before it was submitted
    expired,        ///< the provider no longer knows the task (DashScope: after 24 hours)
    rejected,       ///< the provider rejected the request: there is no task
    invalid,        ///< the request was invalid; nothing was sent
    deadline,       ///< `policy::deadline` passed; can be resumed
    stopped,        ///< stopped by the caller; can be resumed
    unreachable,    ///< requests failed too often, or cannot succeed; can be resumed if there is a task
    submit_unknown, ///< there may be a task that will be paid for; never submitted again
};
BOOST_DESCRIBE_ENUM(task_ending, succeeded, failed, canceled, expired, rejected, invalid, deadline, stopped,
                    unreachable, submit_unknown)

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
