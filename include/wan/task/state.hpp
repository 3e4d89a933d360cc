// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Where a task stands.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/wire_name.hpp>

#include <cstdint>

namespace wan::inline WAN_ABI {

/// Where a task is. With a diagram: \ref task-states.
enum class task_state : std::uint8_t {
    /// Files are on their way to the service's store, several at once: see `upload_state`. Nothing is
    /// submitted.
    uploading,
    ready,       ///< valid, files uploaded, and no submit sent
    submitting,  ///< the submit is out, its answer awaited
    backing_off, ///< the submit was certainly not accepted; it will be sent again
    /// The submit may have been accepted; the service's list of tasks is to be looked through.
    submit_lost,
    listing,         ///< the request for that list is out, its answer awaited
    identifying,     ///< a query for a task that may be this one is out, its answer awaited
    waiting,         ///< there is a task with a known id; the next query is not yet due
    querying,        ///< a query is out, its answer awaited
    canceling,       ///< the request to cancel is out, its answer awaited
    result_due,      ///< there is a video; where it is must be asked for, and that is not yet due
    fetching_result, ///< the request for the video's URL is out, its answer awaited
    succeeded,       ///< there is a video
    failed,          ///< the service says that there will be none
    canceled,        ///< canceled at the service, or before it was submitted
    expired,         ///< the service no longer knows the task (DashScope: after 24 hours)
    refused,         ///< the service did not take the request: there is no task
    deadline,        ///< the time was up; resumable
    submit_unknown,  ///< nobody knows whether there is a task that will be paid for. Never submitted again
    interrupted,     ///< stopped by the caller, or the service could not be asked any more; resumable
};
BOOST_DESCRIBE_ENUM(task_state, uploading, ready, submitting, backing_off, submit_lost, listing, identifying,
                    waiting, querying, canceling, result_due, fetching_result, succeeded, failed, canceled,
                    expired, refused, deadline, submit_unknown, interrupted)

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
