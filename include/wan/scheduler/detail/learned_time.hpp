// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// How long the tasks of one kind take, learned from those that succeeded.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/backoff.hpp>
#include <wan/config.hpp>
#include <wan/scheduler/generation_time.hpp>
#include <wan/task/detail/query_times.hpp>

namespace wan::inline WAN_ABI::detail {

/// How long the tasks of one kind take.
///
/// Theory of operation. The logarithms of the times have a mean and a sum of squared deviations, which count
/// the last 20 tasks or so: older ones lose weight. As long as there are few, a usual spread has some weight
/// too. A task that took much longer or shorter than expected takes most of the weight from the earlier ones,
/// so that a provider that became faster or slower is followed after a few tasks.
class learned_time {
public:
    void learn(milliseconds time, const backoff& usual) noexcept;

    /// Replaces what was learned. Ignores values that are out of range.
    void set(const generation_time& known, const backoff& usual) noexcept;
    /// Sets the numbers of the result.
    void describe(generation_time& to) const noexcept;

    bool empty() const noexcept { return tasks_ == 0; } ///< whether nothing was learned yet

    query_times times = {};

private:
    double spread() const noexcept;

    double mean_ = 0; ///< of the logarithm of the seconds
    double squares_ = 0;
    double tasks_ = 0;
    bool is_confirmed_ = false; ///< the last task of this run took about as long as expected
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/scheduler/impl/learned_time.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
