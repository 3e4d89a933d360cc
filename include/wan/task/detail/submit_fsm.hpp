// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The state machine of submits: decides the next event after the response to a submit.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/task/policy.hpp>
#include <wan/task/transitions.hpp>

#include <cstdint>
#include <optional>

namespace wan::inline WAN_ABI::detail {

/// The classes of responses to a submit.
enum class submit_response : std::uint8_t {
    accepted,    ///< there is a task, and its id is known
    rejected,    ///< there is no task, and another submit would be rejected as well
    unreachable, ///< not one byte was sent
    postponed,   ///< certainly not accepted: the provider is busy
    unconfirmed, ///< there may be a task
};

/// Counts the submits of one task, and after each of them decides whether another submit is allowed.
///
/// Theory of operation. A submit is not idempotent: every accepted submit creates a task that is paid for. At
/// most one submit is in flight, and its response is classified before anything else happens. Another submit
/// is allowed only after `unreachable` or `postponed`, because then certainly no task was created. Each of
/// these two classes has a count and a limit, so the attempts end. After `unconfirmed` there may be a task,
/// which is searched for in the provider's task list. Without such a list, the task ends as `submit_unknown`.
/// Only a search that proves that there is no task can lead to another submit. See \ref task-states.
struct submit_fsm {
    unsigned unreachable = 0;
    unsigned postponed = 0;
    unsigned unconfirmed = 0;

    struct decision {
        task_event event;
        std::optional<milliseconds> wait = {}; ///< until the next request; unset if there is no next request
    };

    /// `is_searchable`: an unconfirmed submit can be searched for in the provider's task list.
    decision on(submit_response response, bool is_searchable, const policy& limits) noexcept;
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/submit_fsm.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
