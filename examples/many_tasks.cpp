// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Makes many videos on one thread, within one account's limits, and saves each token before the submit.
// Usage: many_tasks BASE_URL COUNT [QUERIES_PER_SECOND]; the key is read from DASHSCOPE_API_KEY.
#include "executors/curl_multi.hpp"

#include <wan/wan.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace {

/// `save` stores a shot's token durably and returns whether it succeeded; `keep` receives the outcomes. A
/// task's tag is the number of its shot.
void make_all(wan::scheduler& tasks, wan::executors::curl_multi& http,
              const std::function<bool(std::uint64_t shot, const wan::resume_token&)>& save,
              const std::function<void(std::uint64_t shot, const wan::outcome&)>& keep) {
    using clock = std::chrono::steady_clock;
    constexpr std::chrono::milliseconds a_moment{100};
    while (tasks.size() != 0 || http.running() != 0) {
        const auto todo = tasks.next(clock::now());
        if (todo.step.is_send()) {
            // Without a saved token, a crash would lose the task.
            if (!save(todo.tag, tasks.find(todo.task)->token())) {
                tasks.stop_all();
                constexpr auto why = "the token was not saved, so the request was not sent; check the disk";
                tasks.receive(todo.task, wan::transport_error{wan::delivery::not_sent, why}, clock::now());
                continue;
            }
            http(todo.step.request(),
                 [&tasks, &save, of = todo.task, tag = todo.tag](wan::http_result response) {
                     if (tasks.receive(of, std::move(response), clock::now()))
                         (void)save(tag, tasks.find(of)->token());
                 });
        } else if (todo.step.is_done()) {
            keep(todo.tag, todo.step.outcome());
        } else {
            const auto until = (std::min)(todo.step.wake_at(), clock::now() + a_moment);
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - clock::now());
            if (!http.poll((std::max)(left, left.zero()))) std::this_thread::sleep_until(until);
        }
    }
}

} // namespace

int main(int argc, char** argv) {
    unsigned count = 0, queries_per_second = 0;
    const auto is_number = [](const char* text, unsigned& number) {
        const auto [end, failed] = std::from_chars(text, text + std::strlen(text), number);
        return failed == std::errc{} && *end == '\0';
    };
    if (argc < 3 || argc > 4 || !is_number(argv[2], count) || count == 0 ||
        (argc == 4 && !is_number(argv[3], queries_per_second))) {
        std::cerr << "usage: many_tasks BASE_URL COUNT [QUERIES_PER_SECOND]\n";
        return 2;
    }
    const auto provider =
        std::make_shared<const wan::provider>(wan::dashscope::at(argv[1], std::getenv("DASHSCOPE_API_KEY")));
    const wan::wall_clock clock{std::chrono::system_clock::now(), std::chrono::steady_clock::now()};
    const auto policy = std::make_shared<const wan::policy>();
    // 0: without a limit, for a test server. For your account: wan::scheduler tasks{*provider};
    wan::scheduler tasks{{.queries_per_second = static_cast<double>(queries_per_second)}};
    for (unsigned i = 0; i < count; ++i) {
        auto task =
            wan::make_task(provider,
                           wan::keyframe_to_video{
                               .first_frame_url = "https://wanx.alicdn.com/material/20250318/first_frame.png",
                               .last_frame_url = "https://wanx.alicdn.com/material/20250318/last_frame.png",
                               .prompt = "shot " + std::to_string(i),
                               .seed = i},
                           clock, policy);
        if (!task) {
            std::cerr << to_string(task.error()) << '\n';
            return 2;
        }
        tasks.add(*std::move(task), 0, i);
    }
    wan::executors::curl_multi http;
    std::vector<std::string> tokens(count); // a real program writes them to a file and syncs it
    unsigned ended = 0, made = 0;
    auto told_at = std::chrono::steady_clock::now();
    make_all(
        tasks, http,
        [&](std::uint64_t shot, const wan::resume_token& token) {
            tokens[static_cast<std::size_t>(shot)] = to_string(token);
            return true;
        },
        [&](std::uint64_t, const wan::outcome& end) {
            ++ended;
            made += end.succeeded();
            if (!end) std::cerr << to_string(end) << '\n';
            if (std::chrono::steady_clock::now() - told_at < std::chrono::seconds{1}) return;
            told_at = std::chrono::steady_clock::now();
            std::cerr << ended << " of " << count << " finished\n";
        });
    std::cout << made << " of " << count << " videos\n";
    return made == count ? 0 : 1;
}
