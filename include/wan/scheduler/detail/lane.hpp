// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The lane of one model: its limits, and the tasks that wait for them.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/scheduler/account_limits.hpp>
#include <wan/scheduler/detail/fair_queue.hpp>
#include <wan/scheduler/detail/rate_gate.hpp>
#include <wan/scheduler/detail/ticket_queue.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

/// The lane of one model of an account. Arrays are indexed by `lane_number`.
struct lane {
    lane(std::string_view name, const lane_limits& of_model) : model(name) { set_limits(of_model); }

    void set_limits(const lane_limits& changed) noexcept {
        limits = changed;
        gates[lane_number(request_kind::submit)].set_limit(changed.submits_per_second);
        gates[lane_number(request_kind::upload_policy)].set_limit(changed.upload_policies_per_second);
    }

    /// Returns whether another task may take a running place.
    bool has_room() const noexcept { return limits.running_tasks == 0 || running < limits.running_tasks; }

    /// Returns whether a task is queued for a request of this kind, and has or may take a running place.
    bool has_work(request_kind kind) const noexcept {
        return !placed[lane_number(kind)].empty() || (has_room() && !waiting.empty(kind));
    }

    std::string model;
    lane_limits limits;
    std::array<rate_gate, lane_kinds> gates; ///< the gate of uploads is always open
    std::array<ticket_queue, lane_kinds> placed;
    fair_queue waiting;
    std::size_t running = 0; ///< tasks that have a running place
};

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
