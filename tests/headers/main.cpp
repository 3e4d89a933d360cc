// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What windows.h defines for those who forget NOMINMAX.
#define min(a, b) (((a) < (b)) ? (a) : (b))
#define max(a, b) (((a) > (b)) ? (a) : (b))

#include <wan/wan.hpp>

#undef min
#undef max

#include <cstdio>

std::size_t encoded_elsewhere();

int main() {
    const auto here = wan::make_submit(wan::dashscope::singapore("k"), wan::keyframe_to_video{.first_frame_url = "https://x"});
    const bool same = here && here->body.size() == encoded_elsewhere();
    std::puts(same ? "two files agree" : "two files disagree");
    return same ? 0 : 1;
}
