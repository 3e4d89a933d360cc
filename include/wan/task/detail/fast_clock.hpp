// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Detects by how much the wall clock is fast, from the Date headers of several responses.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/task/detail/clock_offset.hpp>
#include <wan/task/wall_clock.hpp>

#include <algorithm>
#include <chrono>
#include <optional>

namespace wan::inline WAN_ABI::detail {

/// The times of a response, and its Date header.
struct dated_response {
    time_point sent_at; ///< when its request was sent
    time_point came_at;
    std::chrono::sys_seconds date;
};

/// Measures by how much the wall clock is fast. Two responses some time apart must agree, because the Date
/// header of a cached response does not advance.
class fast_clock {
public:
    /// Returns by how many seconds the clock is fast. The result may be too large by the duration of a
    /// response, but is never too small. Returns nothing while the result is unknown, or if the clock may be
    /// correct.
    std::optional<std::chrono::seconds> on_response(const clock_offset& clock,
                                                    const dated_response& r) noexcept {
        using std::chrono::seconds;
        constexpr seconds slowest{5}, apart{8}, alike{6};
        const auto sent = clock.at(r.sent_at), came = clock.at(r.came_at);
        if (!sent.is_known() || r.came_at - r.sent_at > slowest) return std::nullopt;
        // All times are without their fractions of a second.
        if (sent.time - r.date <= seconds{1}) {
            first_.reset();
            return std::nullopt;
        }
        const reading now{r.came_at, came.time - r.date + seconds{1}};
        if (first_ && now.at - first_->at < apart) return std::nullopt;
        if (first_ && (std::max)(now.ahead, first_->ahead) - (std::min)(now.ahead, first_->ahead) <= alike)
            return (std::min)(now.ahead, first_->ahead);
        first_ = now;
        return std::nullopt;
    }

private:
    friend struct task_probe;

    struct reading {
        time_point at;
        std::chrono::seconds ahead;
    };

    std::optional<reading> first_ = {};
};

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
