// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A video in 20 lines. Usage: first_video [BASE_URL]; the key is read from DASHSCOPE_API_KEY.
#include "executors/curl.hpp"

#include <wan/wan.hpp>

#include <cstdlib>
#include <iostream>

int main(int argc, char** argv) {
    const char* key = std::getenv("DASHSCOPE_API_KEY");
    auto provider =
        argc > 1 ? wan::dashscope::at(argv[1], key) : wan::dashscope::provider(key, wan::region::singapore);

    wan::keyframe_to_video shot{
        .first_frame_url = "https://wanx.alicdn.com/material/20250318/first_frame.png",
        .last_frame_url = "https://wanx.alicdn.com/material/20250318/last_frame.png",
        .prompt =
            "A curious black kitten looks up at the sky; the camera rises and looks down into its eyes.",
        .resolution = wan::resolution::p720,
    };

    const auto end = wan::run(provider, shot, wan::executors::curl{});
    if (!end) {
        std::cerr << to_string(end) << '\n';
        return 1;
    }
    std::cout << end.video->url << '\n';
}
