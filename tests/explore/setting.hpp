// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What the worlds of a scenario share.
#pragma once

#include "explore/scenarios.hpp"

#include <wan/wan.hpp>

#include <chrono>
#include <memory>

namespace explore {

/// What all worlds of a scenario share.
struct setting {
    const scenario* of;
    std::shared_ptr<const wan::provider> provider;
    std::shared_ptr<const wan::policy> policy;
    wan::keyframe_to_video request;
    wan::wall_clock clock = wan::no_wall_clock;

    static constexpr std::chrono::sys_seconds start{1'770'000'000s};
};

setting setting_of(const scenario& s);

} // namespace explore
