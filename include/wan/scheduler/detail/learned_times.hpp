// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// How long the tasks of each kind take, and when they are queried.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/backoff.hpp>
#include <wan/config.hpp>
#include <wan/scheduler/detail/learned_time.hpp>
#include <wan/scheduler/generation_time.hpp>
#include <wan/task/detail/video_kind.hpp>
#include <wan/task/task.hpp>

#include <compare>
#include <cstdint>
#include <map>

namespace wan::inline WAN_ABI::detail {

/// The tasks that are likely to take equally long.
struct learned_kind {
    std::uint16_t lane;
    video_kind video;

    friend constexpr auto operator<=>(const learned_kind&, const learned_kind&) = default;
};

/// How long the tasks of each kind take. Tasks of a kind read the times at which they are queried from here,
/// so that each follows at its next query when something was learned.
class learned_times {
public:
    learned_times() = default;
    learned_times(const learned_times&) = delete;
    learned_times& operator=(const learned_times&) = delete;

    /// Lets the task be queried at the times of its kind, until `leave`. Does nothing if the task was resumed
    /// without its request, or if its policy says when to query.
    void follow(task& t, std::uint16_t lane);
    static void leave(task& t) noexcept { t.core_.times = nullptr; }

    /// Learns how long the task took, if it has succeeded.
    void learn(const task& t, std::uint16_t lane, time_point now) noexcept;

    /// Replaces what is known about a kind.
    void set(const generation_time& known, std::uint16_t lane, const backoff& usual) {
        kinds_[{lane, kind_of_video(known)}].set(known, usual);
    }

    /// Calls `visit(lane, row)` for each kind of which something is known. The row lacks the model.
    template <class Visitor>
    void for_each(Visitor visit) const {
        for (const auto& [kind, time] : kinds_)
            if (!time.empty()) visit(kind.lane, row_of(kind.video, time));
    }

private:
    static generation_time row_of(const video_kind& video, const learned_time& time);

    std::map<learned_kind, learned_time> kinds_;
};

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/scheduler/impl/learned_times.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
