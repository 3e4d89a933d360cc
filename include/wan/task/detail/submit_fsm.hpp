// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What the response to a submit leads to.
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
    unreachable, ///< no byte left
    postponed,   ///< certainly not accepted: the service is busy
    unconfirmed, ///< there may be a task
};

/// Counts the submits of one task, and decides after each whether there may be another one. It never sends
/// again what may have been accepted: see \ref task-states.
struct submit_fsm {
    unsigned unreachable = 0;
    unsigned postponed = 0;
    unsigned unconfirmed = 0;

    struct decision {
        task_event event;
        std::optional<milliseconds> wait = {}; ///< until the next request; not set: does not matter
    };

    /// `is_searchable`: an unconfirmed submit can be looked for in the service's task list.
    decision on(submit_response response, bool is_searchable, const policy& limits) noexcept;
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/submit_fsm.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
