// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The command line of wan-explore.
#pragma once

#include "explore/explorer.hpp"
#include "explore/scenarios.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

namespace explore {

struct options : exploration_options {
    std::string scenario = {};            ///< empty: all
    std::optional<std::string> path = {}; ///< to be replayed
    bool wants_help = false;
    bool compares = false; ///< runs with and without merging
};

inline void print_help() {
    std::puts(
        "wan-explore [--faults K] [--scenario NAME] [--threads N] [--compare] [--replay 'CHOICE...']\n"
        "\n"
        "Drives the task, its uploads and the scheduler through every sequence of events: each response,\n"
        "lost, late and repeated responses, time, cancel, stop and crashes. Equal states are merged. Every\n"
        "state is checked against the library's invariants, with a model of the provider as the reference.\n"
        "\n"
        "  --faults K        at most K faults per path (default 2); regular responses, time, cancel and "
        "stop\n"
        "                    are not faults\n"
        "  --scenario NAME   only this scenario (default: all)\n"
        "  --threads N       number of threads (default 2)\n"
        "  --no-merge        do not merge equal states; practical for K of 0 and 1\n"
        "  --by-replay       run each path from its start, instead of copying states\n"
        "  --compare         run all three modes; they must find the same outcomes and transitions\n"
        "  --replay 'A B C'  run one path of --scenario and print every request and response\n"
        "  --help            print this help\n"
        "\n"
        "Scenarios:");
    for (const auto& s : scenarios)
        std::printf("  %-10s %s\n", std::string{s.name}.c_str(), std::string{s.what}.c_str());
    std::puts("\nExit codes: 0 all invariants hold, and with all scenarios and K of 2 or more every "
              "transition was taken; 1 otherwise; 2 wrong usage.");
}

inline std::optional<options> read_options(int argc, char** argv) {
    options read;
    const auto number = [](std::string_view text, unsigned& value) {
        const auto* const end = text.data() + text.size();
        return std::from_chars(text.data(), end, value).ptr == end && !text.empty();
    };
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        if (name == "--help")
            read.wants_help = true;
        else if (name == "--no-merge")
            read.merges = false;
        else if (name == "--by-replay")
            read.replays = true;
        else if (name == "--compare")
            read.compares = true;
        else if (i + 1 == argc)
            return std::nullopt;
        else if (const std::string_view value = argv[++i]; name == "--scenario")
            read.scenario = value;
        else if (name == "--replay")
            read.path = value;
        else if (name == "--faults" && number(value, read.faults))
            continue;
        else if (name == "--threads" && number(value, read.threads) && read.threads > 0)
            continue;
        else
            return std::nullopt;
    }
    const bool is_known =
        read.scenario.empty() || std::any_of(std::begin(scenarios), std::end(scenarios),
                                             [&](const scenario& s) { return s.name == read.scenario; });
    if (!is_known || (read.path && read.scenario.empty())) return std::nullopt;
    return read;
}

} // namespace explore
