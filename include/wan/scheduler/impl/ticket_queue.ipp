// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/scheduler/detail/ticket_queue.hpp>

#include <algorithm>

namespace wan::inline WAN_ABI::detail {

WAN_DECL void ticket_queue::push_back(ticket next) {
    tickets_.push_back(next);
    ++valid_;
}

/// Makes space for many tickets at once, so that the existing tickets rarely move.
WAN_DECL void ticket_queue::push_front(ticket next) {
    if (begin_ == 0) {
        const auto room = tickets_.size() / 2 + 4;
        tickets_.insert(tickets_.begin(), room, ticket{no_task, 0});
        begin_ = room;
    }
    tickets_[--begin_] = next;
    ++valid_;
}

WAN_DECL std::uint32_t ticket_queue::first(const queued_tasks& tasks) noexcept {
    while (begin_ < tickets_.size() && !tickets_[begin_].is_valid(tasks)) ++begin_;
    return begin_ < tickets_.size() ? tickets_[begin_].task : no_task;
}

WAN_DECL void ticket_queue::drop(const queued_tasks& tasks) noexcept {
    --valid_;
    constexpr std::size_t few = 16;
    if (tickets_.size() <= 3 * valid_ + few) return;
    // Valid tickets move to the front, but space is left there for tasks that are put back.
    const auto is_void = [&](const ticket& t) { return !t.is_valid(tasks); };
    const auto first = tickets_.begin() + static_cast<std::ptrdiff_t>(begin_);
    const auto count = std::remove_if(first, tickets_.end(), is_void) - first;
    const auto room = (std::min)(static_cast<std::size_t>(count) / 2 + 4, begin_);
    const auto to = tickets_.begin() + static_cast<std::ptrdiff_t>(room);
    tickets_.erase(std::move(first, first + count, to), tickets_.end());
    begin_ = room;
}

} // namespace wan::inline WAN_ABI::detail
