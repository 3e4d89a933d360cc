// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What the responses to queries and cancels lead to.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>

namespace wan::inline WAN_ABI {

enum class cancel_verdict;
enum class query_verdict;
enum class task_event;

namespace detail {

/// Counts the queries and cancels of one task, and decides after each what follows.
struct poll_fsm {
    unsigned queries = 0;
    unsigned failures = 0; ///< of queries, in a row
    unsigned cancels = 0;

    struct query_decision {
        task_event event;
        bool is_at_once = false; ///< the next request is due now, not after the usual wait
    };
    query_decision on_query(query_verdict verdict, bool is_cancel_wanted, unsigned max_failures) noexcept;

    enum class cancel_decision {
        ask_again,   ///< cancel again, after a wait
        query_now,   ///< the service canceled the task; the next query tells
        query_later, ///< the service does not cancel it: poll on
    };
    cancel_decision on_cancel(cancel_verdict verdict, unsigned max_cancels) const noexcept;
};

} // namespace detail

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/poll_fsm.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
