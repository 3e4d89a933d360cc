// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/scheduler/detail/learned_time.hpp>
#include <wan/task/detail/clamp_policy.hpp>

#include <algorithm>
#include <cmath>

namespace wan::inline WAN_ABI::detail {

inline constexpr double most_tasks = 20;                                                 ///< that count
inline constexpr double shortest_generation = 0.1, longest_generation = 7 * 24 * 3600.0; ///< seconds

/// Returns the spread that the next task is expected to have.
WAN_DECL double learned_time::spread() const noexcept {
    constexpr double usual = 0.25, weight_of_usual = 2, least = 0.05, most = 1.5;
    const double variance = (weight_of_usual * usual * usual + squares_) / (weight_of_usual + tasks_);
    return sane(std::sqrt(variance * (1 + 1 / tasks_)), least, most);
}

WAN_DECL void learned_time::learn(milliseconds time, const backoff& usual) noexcept {
    const double seconds =
        sane(static_cast<double>(time.count()) / 1000, shortest_generation, longest_generation);
    const double value = std::log(seconds);
    constexpr double doubt = 2, surprise = 2.5, after_surprise = 1; // spreads, spreads, tasks
    const double spreads = tasks_ > 0 ? std::abs(value - mean_) / spread() : surprise;
    is_confirmed_ = spreads <= doubt;
    if (spreads > surprise && tasks_ > after_surprise) {
        squares_ *= after_surprise / tasks_;
        tasks_ = after_surprise;
    }
    const double keeps = tasks_ > most_tasks - 1 ? (most_tasks - 1) / tasks_ : 1;
    squares_ *= keeps;
    tasks_ = tasks_ * keeps + 1;
    const double off = value - mean_;
    mean_ += off / tasks_;
    squares_ += off * (value - mean_) * (tasks_ > 1 ? 1 : 0);
    times.choose(std::exp(mean_), spread(), is_confirmed_, usual);
}

WAN_DECL void learned_time::set(const generation_time& known, const backoff& usual) noexcept {
    const bool is_good = known.median > 0 && known.spread >= 0 && known.tasks > 0;
    if (!is_good) return;
    mean_ = std::log(sane(known.median, shortest_generation, longest_generation));
    tasks_ = sane(known.tasks, 1, most_tasks);
    const double spread_known = sane(known.spread, 0, 3);
    squares_ = spread_known * spread_known * tasks_;
    is_confirmed_ = false;
    times.choose(std::exp(mean_), spread(), is_confirmed_, usual);
}

WAN_DECL void learned_time::describe(generation_time& to) const noexcept {
    to.median = std::exp(mean_);
    to.spread = std::sqrt(squares_ / tasks_);
    to.tasks = tasks_;
}

} // namespace wan::inline WAN_ABI::detail
