// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Every job of every service, header-only, where there are no exceptions and no RTTI.
#include <wan/wan.hpp>

#include <cstdio>

namespace {

template <class Request>
int count_refused(const Request& request) {
    const wan::provider services[] = {wan::dashscope::provider("key", wan::region::singapore),
                                      wan::sinancode::provider("key"), wan::jiekou::provider("key")};
    int refused = 0;
    for (const auto& who : services)
        if (auto task = wan::make_task(who, request, wan::no_wall_clock); !task) {
            std::puts(to_string(task.error()).c_str());
            ++refused;
        }
    return refused;
}

} // namespace

int main() {
    const int refused = count_refused(wan::keyframe_to_video{.first_frame_url = "https://x/a.png"}) +
                        count_refused(wan::image_to_video{.image_url = "https://x/a.png"}) +
                        count_refused(wan::video_continuation{.first_clip_url = "https://x/a.mp4"});
    return refused == 1 ? 0 : 1; // SinanCode does not continue clips
}
