// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Runs the task machine in your own loop: the library uses no clock, no socket and no thread.
// Usage: own_loop BASE_URL; the key is read from DASHSCOPE_API_KEY.
#include "executors/curl.hpp"

#include <wan/wan.hpp>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <thread>

namespace {

wan::executors::curl my_http;
wan::time_point now() { return std::chrono::steady_clock::now(); }
std::chrono::system_clock::time_point today() { return std::chrono::system_clock::now(); }
void sleep_until(wan::time_point until) { std::this_thread::sleep_until(until); }
void save(const std::string& token) { std::cerr << "token: " << token << '\n'; }

wan::outcome make_video(wan::provider provider, const wan::keyframe_to_video& shot) {
    // With the wall clock, a submit whose response was lost can be found again.
    auto task = wan::make_task(provider, shot, {today(), now()});
    if (!task) return {.ending = wan::task_ending::invalid, .error = task.error()};

    for (auto step = task->next(now()); !step.is_done(); step = task->next(now())) {
        if (step.is_send()) {
            save(to_string(task->token())); // before the submit leaves: from here on a crash loses nothing
            task->receive(my_http(step.request()), now());
            save(to_string(task->token()));
        } else {
            sleep_until(step.wake_at());
        }
    }
    return *task->outcome();
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: own_loop BASE_URL\n";
        return 2;
    }
    const auto end =
        make_video(wan::dashscope::at(argv[1], std::getenv("DASHSCOPE_API_KEY")),
                   {.first_frame_url = "https://wanx.alicdn.com/material/20250318/first_frame.png",
                    .last_frame_url = "https://wanx.alicdn.com/material/20250318/last_frame.png"});
    std::cout << to_string(end) << '\n';
    return end ? 0 : 1;
}
