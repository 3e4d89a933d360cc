// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Makes a video with callbacks, between the frames of a program such as a game: one thread, nothing blocks.
// Usage: engine_loop BASE_URL; the key is read from DASHSCOPE_API_KEY.
#include "executors/curl_multi.hpp"

#include <wan/run/callback.hpp>
#include <wan/wan.hpp>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <optional>
#include <thread>
#include <utility>

namespace {

class engine {
public:
    wan::executors::curl_multi http;

    void call_at(wan::time_point at, std::function<void()> callback) {
        timers_.emplace(at, std::move(callback));
    }

    void frame() {
        http.poll(std::chrono::milliseconds{0});
        while (!timers_.empty() && timers_.begin()->first <= std::chrono::steady_clock::now())
            timers_.extract(timers_.begin()).mapped()();
        std::this_thread::sleep_for(std::chrono::milliseconds{16}); // the engine's own work
    }

private:
    std::multimap<wan::time_point, std::function<void()>> timers_;
};

struct engine_timer {
    engine* on;

    wan::time_point now() const { return std::chrono::steady_clock::now(); }
    std::chrono::sys_seconds today() const {
        return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    }
    void call_at(wan::time_point at, std::function<void()> callback) const {
        on->call_at(at, std::move(callback));
    }
};

wan::running_task begin_video(engine& on, wan::provider provider, const wan::keyframe_to_video& shot,
                              std::function<void(wan::outcome)> on_done) {
    const auto begin_http = [&on](const wan::http_request& request, wan::http_done done) {
        on.http(request, std::move(done));
    };
    return wan::run_async(std::move(provider), shot, begin_http, engine_timer{&on}, {}, std::move(on_done));
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: engine_loop BASE_URL\n";
        return 2;
    }
    engine here;
    std::optional<wan::outcome> end;
    const auto running =
        begin_video(here, wan::dashscope::at(argv[1], std::getenv("DASHSCOPE_API_KEY")),
                    {.first_frame_url = "https://wanx.alicdn.com/material/20250318/first_frame.png",
                     .last_frame_url = "https://wanx.alicdn.com/material/20250318/last_frame.png"},
                    [&](wan::outcome o) { end = std::move(o); });
    while (!running.is_done()) here.frame();
    std::cout << to_string(*end) << '\n';
    return *end ? 0 : 1;
}
