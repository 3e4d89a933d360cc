// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/scheduler/detail/learned_times.hpp>

namespace wan::inline WAN_ABI::detail {

WAN_DECL void learned_times::follow(task& t, std::uint16_t lane) {
    auto& core = t.core_;
    const bool may_follow = core.video.is_known && !core.policy->poll;
    core.times = may_follow ? &kinds_[{lane, core.video}].times : nullptr;
}

WAN_DECL void learned_times::learn(const task& t, std::uint16_t lane, time_point now) noexcept {
    const auto& core = t.core_;
    const bool has_succeeded = core.outcome != nullptr && core.outcome->ending == task_ending::succeeded;
    if (core.times == nullptr || !has_succeeded) return;
    const auto its = kinds_.find({lane, core.video});
    if (const auto took = core.generation_time(now); took && its != kinds_.end())
        its->second.learn(*took, core.poll_waits());
}

WAN_DECL generation_time learned_times::row_of(const video_kind& video, const learned_time& time) {
    generation_time row;
    if (video.tier != video_kind::not_set) row.resolution = static_cast<resolution>(video.tier);
    if (video.duration != video_kind::not_set) row.duration = video.duration;
    time.describe(row);
    return row;
}

} // namespace wan::inline WAN_ABI::detail
