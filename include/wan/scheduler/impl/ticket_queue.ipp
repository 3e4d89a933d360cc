// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/scheduler/detail/ticket_queue.hpp>

#include <algorithm>

namespace wan::inline WAN_ABI::detail {

WAN_DECL void ticket_queue::push_back(ticket next) {
    tickets_.push_back(next);
    ++valid_;
}

WAN_DECL void ticket_queue::push_front(ticket next) {
    if (begin_ > 0)
        tickets_[--begin_] = next;
    else
        tickets_.insert(tickets_.begin(), next);
    ++valid_;
}

WAN_DECL std::uint32_t ticket_queue::first(const queued_tasks& tasks) noexcept {
    while (begin_ < tickets_.size() && !tickets_[begin_].is_valid(tasks)) ++begin_;
    return begin_ < tickets_.size() ? tickets_[begin_].task : no_task;
}

WAN_DECL void ticket_queue::drop(const queued_tasks& tasks) noexcept {
    --valid_;
    constexpr std::size_t few = 16;
    if (tickets_.size() <= 2 * valid_ + few) return;
    const auto is_void = [&](const ticket& t) { return !t.is_valid(tasks); };
    const auto begin = tickets_.begin() + static_cast<std::ptrdiff_t>(begin_);
    const auto end = std::remove_if(begin, tickets_.end(), is_void);
    tickets_.erase(std::move(begin, end, tickets_.begin()), tickets_.end());
    begin_ = 0;
}

} // namespace wan::inline WAN_ABI::detail
