// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Tasks whose ends were reported while the response to their submit was still in flight.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/scheduler/detail/reserve_one.hpp>
#include <wan/task/detail/later.hpp>
#include <wan/task/wall_clock.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <vector>

namespace wan::inline WAN_ABI::detail {

/// Says how long such tasks are kept: a late response may still name the task that is paid for.
class late_responses {
public:
    /// Awaits the response to a task's submit, for an hour: an executor keeps its requests' timeouts, and an
    /// hour is more than any of them. This is for one that hangs.
    void await(std::uint32_t task, std::uint32_t generation, time_point now) {
        awaited_.push_back({task, generation, later(now, std::chrono::hours{1})});
    }

    /// Allocates room for one more response, so that `arrived` cannot fail.
    void reserve_one() { detail::reserve_one(arrived_); }
    /// The response arrived: the task is kept until the next `drop`.
    void arrived(std::uint32_t task, std::uint32_t generation) { arrived_.push_back({task, generation, {}}); }

    /// Calls `drop(task, generation)` for each whose response arrived, or was awaited long enough; that task
    /// may be gone already.
    template <class Drop>
    void drop(time_point now, Drop drop) {
        for (; !arrived_.empty(); arrived_.pop_back()) drop(arrived_.back().task, arrived_.back().generation);
        for (; !awaited_.empty() && awaited_.front().until <= now; awaited_.pop_front())
            drop(awaited_.front().task, awaited_.front().generation);
    }

private:
    struct awaited {
        std::uint32_t task;
        std::uint32_t generation;
        time_point until;
    };

    std::deque<awaited> awaited_; ///< the first reported first
    std::vector<awaited> arrived_;
};

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
