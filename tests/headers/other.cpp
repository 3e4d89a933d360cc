// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "headers/all.hpp"
#include "headers/all.hpp"

std::size_t encoded_elsewhere();

std::size_t encoded_elsewhere() {
    const auto made = wan::make_submit(wan::dashscope::singapore("k"), wan::keyframe_to_video{.first_frame_url = "https://x"});
    return made ? static_cast<std::size_t>(made->body.size()) : 0;
}
