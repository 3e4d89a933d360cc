// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/protocol/cancel.hpp>
#include <wan/protocol/query.hpp>
#include <wan/task/detail/poll_fsm.hpp>
#include <wan/task/transitions.hpp>

namespace wan::inline WAN_ABI::detail {

WAN_DECL poll_fsm::query_decision poll_fsm::on_query(query_verdict verdict, bool is_cancel_wanted,
                                                     unsigned max_failures) noexcept {
    count(failures);
    const bool may_ask_again = failures < max_failures;
    switch (verdict) {
    case query_verdict::working: failures = 0; return {task_event::task_running, is_cancel_wanted};
    case query_verdict::result_due: failures = 0; return {task_event::result_elsewhere, true};
    case query_verdict::succeeded: return {task_event::task_succeeded};
    case query_verdict::failed: return {task_event::task_failed};
    case query_verdict::canceled: return {task_event::task_canceled};
    case query_verdict::expired: return {task_event::task_expired};
    case query_verdict::retry: return {may_ask_again ? task_event::query_failed : task_event::query_lost};
    case query_verdict::lost: break;
    }
    return {task_event::query_lost};
}

WAN_DECL poll_fsm::cancel_decision poll_fsm::on_cancel(cancel_verdict verdict,
                                                       unsigned max_cancels) const noexcept {
    if (verdict == cancel_verdict::canceled) return cancel_decision::query_now;
    if (verdict == cancel_verdict::retry && cancels < max_cancels) return cancel_decision::ask_again;
    return cancel_decision::query_later;
}

} // namespace wan::inline WAN_ABI::detail
