// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Where a task is, and how it ended.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/wire_name.hpp>

#include <cstdint>

namespace wan::inline WAN_ABI {

/// Where a task is. With a diagram: \ref task-states.
enum class task_state : std::uint8_t {
    uploading,       ///< files go to the service's store, several at once: see `upload_state`
    ready,           ///< valid, files uploaded, and no submit sent
    submitting,      ///< waiting for the response to the submit
    backing_off,     ///< the submit was certainly not accepted; it will be sent again
    submit_lost,     ///< the submit may have been accepted; the service's task list is to be searched
    listing,         ///< waiting for a page of that list
    identifying,     ///< waiting for the response to a query for a listed task that may be this one
    waiting,         ///< there is a task with a known id; the next query is not yet due
    querying,        ///< waiting for the response to a query
    canceling,       ///< waiting for the response to the request to cancel
    result_due,      ///< there is a video; its URL must be asked for, and that is not yet due
    fetching_result, ///< waiting for the response with the video's URL
    ended,           ///< see `task_ending`
};
BOOST_DESCRIBE_ENUM(task_state, uploading, ready, submitting, backing_off, submit_lost, listing, identifying,
                    waiting, querying, canceling, result_due, fetching_result, ended)

/// How a task ended. What to do then: \ref outcomes.
enum class task_ending : std::uint8_t {
    succeeded,      ///< there is a video
    failed,         ///< the service says that there will be none
    canceled,       ///< canceled at the service, or before it was submitted
    expired,        ///< the service no longer knows the task (DashScope: after 24 hours)
    rejected,       ///< the service did not accept the request: there is no task
    invalid,        ///< the request was found to be invalid before anything was sent
    deadline,       ///< `policy::deadline` passed; can be resumed
    stopped,        ///< stopped by the caller; can be resumed
    unreachable,    ///< requests failed too often, or cannot succeed; can be resumed if there is a task
    submit_unknown, ///< there may be a task that will be paid for. Never submitted again
};
BOOST_DESCRIBE_ENUM(task_ending, succeeded, failed, canceled, expired, rejected, invalid, deadline, stopped,
                    unreachable, submit_unknown)

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
