// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/interrupt.hpp"

#include <atomic>
#include <csignal>
#include <cstdint>
#include <ctime>

namespace cli {

namespace {

std::atomic<bool> flag = false; // read by several threads
static_assert(std::atomic<bool>::is_always_lock_free);

constexpr int signals[] = {SIGINT, SIGTERM, SIGHUP};
/// `timeout` and some shells send the same signal twice at once: to the program, and to its group.
constexpr std::int64_t same_signal_within = 300; // milliseconds
std::atomic<std::int64_t> first_signal_at = 0;   // milliseconds
static_assert(std::atomic<std::int64_t>::is_always_lock_free);

std::int64_t milliseconds_now() {
    timespec t{};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return std::int64_t{t.tv_sec} * 1000 + t.tv_nsec / 1'000'000;
}

extern "C" void on_signal(int number) {
    if (!flag.exchange(true)) {
        first_signal_at = milliseconds_now();
    } else if (milliseconds_now() - first_signal_at > same_signal_within) { // the user does not want to wait
        std::signal(number, SIG_DFL);
        std::raise(number);
    }
}

} // namespace

void watch_for_interrupts() {
    struct sigaction action{}, before{};
    action.sa_handler = on_signal;
    sigemptyset(&action.sa_mask);
    for (const int number : signals) {
        sigaction(number, nullptr, &before);
        if (before.sa_handler != SIG_IGN) sigaction(number, &action, nullptr); // of nohup
    }
}

bool interrupted() { return flag; }

} // namespace cli
