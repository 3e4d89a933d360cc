// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/interrupt.hpp"

#include <atomic>
#include <csignal>

namespace cli {

namespace {

std::atomic<bool> flag = false; // read by several threads
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void set_flag(int) { flag = true; }

} // namespace

void watch_for_interrupts() {
    struct sigaction action{};
    action.sa_handler = set_flag;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

bool interrupted() { return flag; }

} // namespace cli
