// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The requests and policies that inputs choose for tasks.
#pragma once

#include "services.hpp"
#include "target.hpp"

#include <wan/byte_source.hpp>
#include <wan/provider/dashscope.hpp>
#include <wan/provider/provider.hpp>
#include <wan/request/keyframe_to_video.hpp>
#include <wan/task/policy.hpp>

#include <chrono>
#include <memory>
#include <span>
#include <string_view>

namespace fuzz {

using namespace std::chrono_literals;

// An image of 512 x 512.
inline constexpr std::string_view png{
    "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\2\0\0\0\2\0\x08\2\0\0\0\0\0\0\0\0\0\0\0IDAT\0\0\0\0", 45};

inline wan::keyframe_to_video shot_of(input& in, const wan::provider& provider) {
    wan::keyframe_to_video shot{.first_frame_url = "https://frames.example/1.png"};
    if (in.flag()) shot.prompt = "a kitten";
    if (provider.dialect != &wan::dashscope::api || !in.flag()) return shot;
    const wan::media file{std::make_shared<wan::borrowed_bytes>(std::as_bytes(std::span{png})), "a.png",
                          wan::media_transfer::upload};
    shot.first_frame_url = file;
    if (in.flag()) shot.last_frame_url = file;
    return shot;
}

inline wan::policy policy_of(input& in) {
    constexpr wan::milliseconds deadlines[] = {1h, 30s, 0s, 26h};
    wan::policy policy;
    policy.deadline = in.one_of(deadlines);
    policy.sole_user = in.flag();
    policy.submit_again_if_not_listed = in.flag();
    policy.max_failed_queries = 1 + static_cast<unsigned>(in.below(3));
    policy.jitter = 0;
    return policy;
}

} // namespace fuzz
