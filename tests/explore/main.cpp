// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Drives the real task through every sequence of what its environment may do.
#include "explore/options.hpp"
#include "explore/replay.hpp"
#include "explore/run_scenario.hpp"

#include <cstdio>
#include <cstdlib>

#include <csignal>
#include <unistd.h>

namespace {

/// The library ends the program where a state does not allow an event: the path to it is printed.
void on_abort(int) {
    std::string text = "BROKEN: the program aborted\n";
    if (explore::name_current_path != nullptr && explore::current_path != nullptr)
        text += explore::replay_command(explore::current_scenario,
                                        explore::name_current_path(explore::current_path));
    (void)!write(STDOUT_FILENO, text.data(), text.size());
    _exit(1);
}

} // namespace

int main(int argc, char** argv) {
    const auto asked = explore::read_options(argc, argv);
    if (!asked) {
        std::fputs("usage: wan-explore [OPTION]...; see --help\n", stderr);
        return 2;
    }
    if (asked->wants_help) return explore::print_help(), 0;
    std::signal(SIGABRT, on_abort);
    if (asked->path) return explore::replay(*asked);
    return explore::run(*asked);
}
