// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A queue of groups that take turns.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/scheduler/detail/ticket_queue.hpp>
#include <wan/task/request_kind.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>

namespace wan::inline WAN_ABI::detail {

/// Number of request kinds that begin a task. These kinds are limited for each model.
inline constexpr std::size_t lane_kinds = 3;

/// Returns whether this kind of request is limited for each model, not for the account.
constexpr bool is_of_lane(request_kind kind) noexcept {
    return kind == request_kind::submit || kind == request_kind::upload_policy ||
           kind == request_kind::upload;
}

/// Returns the index of a kind that begins a task; it is less than `lane_kinds`.
constexpr std::size_t lane_number(request_kind kind) noexcept {
    return kind == request_kind::submit ? 0 : kind == request_kind::upload_policy ? 1 : 2;
}

/// A queue of tasks in groups. The groups take turns, and the tasks of a group keep their order. A task that
/// waits for its kind of request delays the tasks behind it in its group, but no other group. Each call takes
/// time logarithmic in the number of groups.
class fair_queue {
public:
    /// Returns whether no task can get a turn for a request of this kind.
    bool empty(request_kind kind) const noexcept { return groups_[lane_number(kind)].empty(); }

    /// Appends a task to its group, or puts it in front. The task's next ticket is not valid yet. If this
    /// throws, nothing has changed.
    void push(ticket_queue::ticket next, const queued_task& task, request_kind kind, bool in_front);

    /// Returns the first task of the group whose turn it is for a request of this kind; `no_task` if there is
    /// no such group. The task leaves the queue when its ticket becomes void, which `drop` reports.
    std::uint32_t next(request_kind kind, const queued_tasks& tasks) noexcept;

    /// Reports that the ticket of a queued task of this group became void.
    void drop(unsigned group, const queued_tasks& tasks) noexcept;

private:
    using groups = std::map<unsigned, ticket_queue>;

    groups* groups_with(unsigned group) noexcept;
    void file(groups& from, groups::iterator group, const queued_tasks& tasks) noexcept;

    std::array<groups, lane_kinds> groups_;         ///< by the kind of the group's first task
    std::array<unsigned, lane_kinds> last_group_{}; ///< the group that had the latest turn, by kind
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/scheduler/impl/fair_queue.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
