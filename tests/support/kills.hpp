// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Kills a program at random moments.
#pragma once

#include "support/sandbox.hpp"

#include <chrono>
#include <csignal>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace support {

struct killed_runs {
    int killed = 0;
    int runs = 0;
};

/// Starts the program again and again, and kills each run after 10 ms to `longest`, until `kills` runs were
/// killed before they had ended, or there were `most_runs` runs.
inline killed_runs kill_at_random(const std::string& path, const std::vector<std::string>& arguments,
                                  const std::vector<std::string>& environment, std::mt19937& random,
                                  int kills, int most_runs, std::chrono::milliseconds longest) {
    killed_runs all;
    for (; all.killed < kills && all.runs < most_runs; ++all.runs) {
        program p{path, arguments, environment};
        const auto until = std::chrono::steady_clock::now() +
                           std::chrono::milliseconds{
                               std::uniform_int_distribution{10, static_cast<int>(longest.count())}(random)};
        while (p.runs() && std::chrono::steady_clock::now() < until)
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
        all.killed += p.runs();
        p.kill(SIGKILL);
        (void)wait_for(p);
    }
    return all;
}

} // namespace support
