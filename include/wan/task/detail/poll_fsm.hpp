// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The state machine of polling: decides the next event after a query or a cancel.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>

#include <cstdint>

namespace wan::inline WAN_ABI {

enum class cancel_verdict;
enum class query_verdict;
enum class task_event;

namespace detail {

/// Counts the queries and cancels of one task, and decides the next event after each.
///
/// Theory of operation. Polling begins when the task has an id. It ends when the provider reports an ending,
/// or when queries are abandoned. At most one request is in flight: a query, a query for the video's URL, or
/// a cancel. None of them creates a task, so each may be repeated after a failure without a second payment. A
/// successful query resets the count of failures. After too many failures in a row the task ends as
/// `unreachable`, and can be resumed. The response to a cancel proves nothing: in any case, the next query
/// reports the task's state.
struct poll_fsm {
    unsigned queries = 0;
    // Small, because a million tasks may wait. A full counter stops; a limit above it never applies.
    std::uint16_t failures = 0; ///< failed queries in a row
    std::uint16_t cancels = 0;

    static void count(std::uint16_t& events) noexcept {
        if (events != 0xFFFF) ++events;
    }

    struct query_decision {
        task_event event;
        bool is_at_once = false; ///< the next request is due now, without the usual wait
    };
    query_decision on_query(query_verdict verdict, bool is_cancel_wanted, unsigned max_failures) noexcept;

    enum class cancel_decision {
        ask_again,   ///< cancel again, after a wait
        query_now,   ///< the provider canceled the task; query it now
        query_later, ///< the task was not canceled; continue polling
    };
    cancel_decision on_cancel(cancel_verdict verdict, unsigned max_cancels) const noexcept;
};

} // namespace detail

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/poll_fsm.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
