// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/task/detail/submit_fsm.hpp>

namespace wan::inline WAN_ABI::detail {

WAN_DECL submit_fsm::decision submit_fsm::on(submit_response response, bool is_searchable,
                                             const policy& limits) noexcept {
    switch (response) {
    case submit_response::accepted: return {task_event::submit_accepted};
    case submit_response::rejected: return {task_event::submit_rejected};
    case submit_response::unreachable: {
        const auto wait = limits.submit.after(unreachable);
        const bool again = ++unreachable < limits.max_unreachable_submits;
        return {again ? task_event::submit_not_accepted : task_event::submit_unreachable, wait};
    }
    case submit_response::postponed: {
        const auto wait = limits.submit.after(postponed);
        const bool again = ++postponed < limits.max_throttled_submits;
        return {again ? task_event::submit_not_accepted : task_event::submit_rejected, wait};
    }
    case submit_response::unconfirmed: break;
    }
    if (!is_searchable) return {task_event::submit_ambiguous};
    ++unconfirmed;
    return {task_event::submit_searchable, limits.submit.after(0)};
}

} // namespace wan::inline WAN_ABI::detail
