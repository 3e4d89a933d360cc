// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Makes a video in a coroutine, with Boost.Asio and Boost.Beast.
// Usage: asio_coroutine BASE_URL; the key is read from DASHSCOPE_API_KEY.
#include "executors/beast.hpp"

#include <wan/run/coroutine.hpp>
#include <wan/wan.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <optional>
#include <utility>

namespace {

boost::asio::awaitable<wan::outcome> make_video(wan::provider provider, wan::keyframe_to_video shot) {
    const wan::executors::beast http;
    const wan::executors::asio_timer timer;
    co_return co_await wan::run_as<boost::asio::awaitable<wan::outcome>>(std::move(provider), shot, http,
                                                                         timer);
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: asio_coroutine BASE_URL\n";
        return 2;
    }
    boost::asio::io_context context;
    std::optional<wan::outcome> end;
    auto video = make_video(wan::dashscope::at(argv[1], std::getenv("DASHSCOPE_API_KEY")),
                            {.first_frame_url = "https://wanx.alicdn.com/material/20250318/first_frame.png",
                             .last_frame_url = "https://wanx.alicdn.com/material/20250318/last_frame.png"});
    boost::asio::co_spawn(context, std::move(video), [&](std::exception_ptr thrown, wan::outcome o) {
        if (!thrown) end = std::move(o);
    });
    context.run();
    if (end) std::cout << to_string(*end) << '\n';
    return end && *end ? 0 : 1;
}
