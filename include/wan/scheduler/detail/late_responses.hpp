// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Tasks whose outcomes were reported while their submits were still in flight.
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

/// Decides how long such tasks are kept, because a late response may still name a task that is paid for.
class late_responses {
public:
    /// Awaits the response to a task's submit, for an hour. Executors enforce the timeouts of their requests,
    /// which are shorter than an hour; this limit is for an executor that hangs.
    void await(std::uint32_t task, std::uint32_t generation, time_point now) {
        awaited_.push_back({task, generation, later(now, std::chrono::hours{1})});
    }

    /// Allocates memory for one more response, so that `arrived` cannot fail.
    void reserve_one() { detail::reserve_one(arrived_); }
    /// Reports that the response arrived. The task is kept until the next `drop`.
    void arrived(std::uint32_t task, std::uint32_t generation) { arrived_.push_back({task, generation, {}}); }

    /// Calls `drop(task, generation)` for each task whose response arrived or was awaited for an hour. The
    /// task may already be gone.
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

    std::deque<awaited> awaited_; ///< in the order in which the outcomes were reported
    std::vector<awaited> arrived_;
};

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
