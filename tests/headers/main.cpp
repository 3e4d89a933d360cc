// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include <wan/wan.hpp>

#include <cstdio>

std::size_t encoded_elsewhere();

int main() {
    const auto here = wan::make_submit(wan::dashscope::singapore("k"), wan::keyframe_to_video{.first_frame_url = "https://x"});
    const bool same = here && here->body.size() == encoded_elsewhere();
    std::puts(same ? "two files agree" : "two files disagree");
    return same ? 0 : 1;
}
