// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// All headers in two files of one program: here after, there before a program's macros.
#include <cstdio>

#include "headers/hostile.hpp"

#include "headers/all.hpp"

#include "headers/hostile.hpp"
#include "headers/hostile_after.hpp"

#include "headers/video.hpp"

std::size_t encoded_elsewhere();

int main() {
    const auto here = wan::make_submit(wan::dashscope::singapore("k"), wan::keyframe_to_video{.first_frame_url = "https://x"});
    const bool same = here && here->body.size() == encoded_elsewhere();
    std::puts(same ? "two files agree" : "two files disagree");
    return same && make_video(wan::dashscope::singapore("k")) == 2 ? 0 : 1;
}
