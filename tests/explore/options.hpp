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
        "Drives the task, its uploads and the scheduler through every sequence of what their environment "
        "may do:\n"
        "each response, none, late and repeated ones, time, cancel, stop, deaths of the process. Equal "
        "states are\n"
        "merged. Every state is held against the promises of the library, by the ledger of a model of "
        "the service.\n"
        "\n"
        "  --faults K        of each path at most (2); good responses, time, cancel and stop cost "
        "nothing\n"
        "  --scenario NAME   only this one\n"
        "  --threads N       (2)\n"
        "  --no-merge        equal states are not merged: for K of 0 and 1\n"
        "  --by-replay       each path from its start, instead of copying states\n"
        "  --compare         all three ways; they must find the same ends and transitions\n"
        "  --replay 'A B C'  plays one path of --scenario, with every request and response\n"
        "  --help            this\n"
        "\n"
        "Scenarios:");
    for (const auto& s : scenarios)
        std::printf("  %-10s %s\n", std::string{s.name}.c_str(), std::string{s.what}.c_str());
    std::puts("\nExit codes: 0 all promises kept, and with all scenarios and K of 2 or more every transition "
              "taken; 1 not so; 2 usage.");
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
