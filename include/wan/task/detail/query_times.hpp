// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The times at which a task is queried, if it is known how long similar tasks took.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/backoff.hpp>
#include <wan/config.hpp>

#include <array>
#include <cstddef>

namespace wan::inline WAN_ABI::detail {

/// The times at which a task is queried, counted from its accepted submit.
///
/// Theory of operation. The time until the end of a task is taken to be log-normal. If queries may be sent
/// `n(t)` times per second at the age `t`, a task costs the sum of `n(t)` over its life, and its end is
/// noticed `1 / 2n(t)` late on average. For a given number of queries, the lag is least if `n(t)` is
/// proportional to the root of the hazard: the probability that a task that still runs ends in the next
/// second. The factor is chosen so that a task takes as many queries, on average, as with the usual waits.
///
/// The estimate may be wrong, so three bounds hold. Before the expected end, no wait is longer than twice the
/// usual one, so that a model that has become faster is noticed. As long as no task of this run has confirmed
/// the estimate, no wait is longer than the usual one, which takes more queries. Tasks that run longer than
/// 999 of 1,000 would are queried with the usual waits, because the estimate does not fit them.
class query_times {
public:
    /// Chooses the times. `median` is in seconds; `spread` is the standard deviation of the logarithm.
    void choose(double median, double spread, bool is_confirmed, const backoff& usual) noexcept;
    bool empty() const noexcept { return count_ == 0; } ///< whether nothing was chosen yet

    /// Returns the wait until the next query of a task of this age.
    milliseconds wait_at(milliseconds age) const noexcept;
    /// Returns the wait before the query at this age, if the task was queried at the chosen times.
    milliseconds wait_before(milliseconds age) const noexcept;

private:
    std::size_t next_after(double seconds) const noexcept;
    double at(std::size_t i) const noexcept { return i == 0 ? 0.0 : static_cast<double>(at_[i - 1]); }

    std::array<float, 192> at_ = {}; ///< seconds, ascending
    std::size_t count_ = 0;
    milliseconds afterwards_{}; ///< the wait after the last of them
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/task/impl/query_times.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
