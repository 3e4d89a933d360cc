// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/scheduler/detail/request_queues.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace wan::inline WAN_ABI::detail {

WAN_DECL void request_queues::set_limits(const account_limits& limits) noexcept {
    limits_ = limits;
    limits_.requests_at_once = (std::max)(limits.requests_at_once, 1u);
    const auto set = [&](request_kind kind, double per_second) {
        gates_[static_cast<std::size_t>(kind)].set_limit(per_second);
    };
    set(request_kind::query, limits.queries_per_second);
    set(request_kind::list, limits.lists_per_second);
    set(request_kind::cancel, limits.cancels_per_second);
}

WAN_DECL const lane* request_queues::find_lane(std::string_view model) const noexcept {
    const auto is_its = [&](const lane& l) { return l.model == model; };
    const auto found = std::find_if(lanes_.begin(), lanes_.end(), is_its);
    return found != lanes_.end() ? &*found : nullptr;
}

WAN_DECL std::uint16_t request_queues::lane_of(std::string_view model, const lane_limits& of_new) {
    // Programs use few models. If a program uses more than this number, the further models share the last
    // lane.
    constexpr std::size_t most = (std::numeric_limits<std::uint16_t>::max)();
    std::size_t number = 0;
    while (number < lanes_.size() && lanes_[number].model != model) ++number;
    if (number == lanes_.size() && number < most) lanes_.emplace_back(model, of_new);
    return static_cast<std::uint16_t>((std::min)(number, lanes_.size() - 1));
}

WAN_DECL void request_queues::assign(std::uint32_t task, std::uint16_t lane, unsigned group) noexcept {
    tasks_[task].lane = lane;
    tasks_[task].group = group;
}

WAN_DECL void request_queues::remove(std::uint32_t task) noexcept {
    leave(task);
    free_running_place(task);
}

WAN_DECL void request_queues::push(std::uint32_t number, request_kind kind, bool in_front) {
    auto& task = tasks_[number];
    const auto append = [&](ticket_queue& queue, ticket_queue::ticket next) {
        in_front ? queue.push_front(next) : queue.push_back(next);
    };
    const ticket_queue::ticket next{number, task.ticket + 1};
    auto place = queue_place::account;
    if (!is_of_lane(kind)) {
        append(account_[static_cast<std::size_t>(kind)], next);
    } else if (task.is_running) {
        append(lanes_[task.lane].placed[lane_number(kind)], next);
        place = queue_place::placed;
    } else {
        lanes_[task.lane].waiting.push(next, task, kind, in_front);
        place = queue_place::waiting;
    }
    // The ticket is valid from here on.
    task.ticket = next.number;
    task.place = place;
    task.kind = kind;
}

WAN_DECL void request_queues::push_urgent(std::uint32_t number) {
    auto& task = tasks_[number];
    if (task.place == queue_place::urgent) return;
    urgent_.push_back({number, task.ticket + 1});
    leave(number);
    ++task.ticket;
    task.place = queue_place::urgent;
}

WAN_DECL void request_queues::leave(std::uint32_t number) noexcept {
    auto& task = tasks_[number];
    auto& its_lane = lanes_[task.lane];
    switch (std::exchange(task.place, queue_place::none)) {
    case queue_place::none:
    case queue_place::held: return;
    case queue_place::waiting: return its_lane.waiting.drop(task.group, tasks_);
    case queue_place::placed: return its_lane.placed[lane_number(task.kind)].drop(tasks_);
    case queue_place::account: return account_[static_cast<std::size_t>(task.kind)].drop(tasks_);
    case queue_place::urgent: return urgent_.drop(tasks_);
    }
}

WAN_DECL request_queues::turn request_queues::pop(time_point now, time_point& wake_at) noexcept {
    // Start after the kind that had the last turn, so that no kind is starved by another.
    for (std::size_t i = 0; i < request_kinds; ++i) {
        const auto number = (kind_turn_ + i) % request_kinds;
        const auto kind = static_cast<request_kind>(number);
        const auto task = is_of_lane(kind) ? pop_lane(kind, now, wake_at) : pop_account(kind, now, wake_at);
        if (task == no_task) continue;
        kind_turn_ = (number + 1) % request_kinds;
        leave(task);
        return {task, kind};
    }
    return {};
}

WAN_DECL std::uint32_t request_queues::pop_account(request_kind kind, time_point now,
                                                   time_point& wake_at) noexcept {
    const auto number = static_cast<std::size_t>(kind);
    if (account_[number].empty()) return no_task;
    // A closed gate delays this kind only; the caller must wake when it opens.
    const auto opens = gates_[number].opens_at(now);
    if (opens <= now) return account_[number].first(tasks_);
    wake_at = (std::min)(wake_at, opens);
    return no_task;
}

WAN_DECL std::uint32_t request_queues::pop_lane(request_kind kind, time_point now,
                                                time_point& wake_at) noexcept {
    // Start after the lane that had the last turn. Skip lanes without work, full lanes and closed gates.
    auto& first = lane_turn_[static_cast<std::size_t>(kind)];
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
        const auto number = (first + i) % lanes_.size();
        auto& l = lanes_[number];
        if (!l.has_work(kind)) continue;
        const auto opens = l.gates[lane_number(kind)].opens_at(now);
        if (opens > now) {
            wake_at = (std::min)(wake_at, opens);
            continue;
        }
        first = (number + 1) % lanes_.size();
        // Tasks with a running place come first, because they take no further place.
        auto& placed = l.placed[lane_number(kind)];
        return placed.empty() ? l.waiting.next(kind, tasks_) : placed.first(tasks_);
    }
    return no_task;
}

WAN_DECL std::uint32_t request_queues::pop_urgent() noexcept {
    if (urgent_.empty()) return no_task;
    const auto task = urgent_.first(tasks_);
    leave(task);
    return task;
}

WAN_DECL rate_gate& request_queues::gate_of(std::uint32_t task, request_kind kind) noexcept {
    return is_of_lane(kind) ? lanes_[tasks_[task].lane].gates[lane_number(kind)]
                            : gates_[static_cast<std::size_t>(kind)];
}

WAN_DECL bool request_queues::may_send(std::uint32_t task, request_kind kind, time_point now) noexcept {
    return gate_of(task, kind).opens_at(now) <= now;
}

WAN_DECL void request_queues::sent(std::uint32_t task, request_kind kind, time_point now) noexcept {
    gate_of(task, kind).pass(now);
    if (is_of_lane(kind)) take_running_place(task);
}

WAN_DECL void request_queues::take_running_place(std::uint32_t number) noexcept {
    auto& task = tasks_[number];
    if (task.is_running) return;
    task.is_running = true;
    ++lanes_[task.lane].running;
    ++running_;
}

WAN_DECL void request_queues::free_running_place(std::uint32_t number) noexcept {
    auto& task = tasks_[number];
    if (!task.is_running) return;
    task.is_running = false;
    --lanes_[task.lane].running;
    --running_;
}

} // namespace wan::inline WAN_ABI::detail
