// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "interrupt.hpp"

#include <csignal>

namespace cli {

namespace {

volatile std::sig_atomic_t flag = 0;

extern "C" void set_flag(int) { flag = 1; }

} // namespace

void watch_for_interrupts() {
    struct sigaction action {};
    action.sa_handler = set_flag;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

bool interrupted() { return flag != 0; }

} // namespace cli
