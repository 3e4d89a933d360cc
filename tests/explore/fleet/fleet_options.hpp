// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The command line of wan-explore-fleet.
#pragma once

#include "explore/explorer.hpp"
#include "explore/fleet/rules.hpp"

#include <charconv>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace explore::fleet {

struct options : exploration_options {
    std::string scenario = {};            ///< empty: all
    std::string broken_rule = {};         ///< a mutant's name; empty: none
    std::optional<std::string> path = {}; ///< to be replayed
    bool wants_help = false;
    bool finds_mutants = false;
    bool compares = false; ///< runs with and without merging
};

inline void print_help() {
    std::puts(
        "wan-explore-fleet [--faults K] [--scenario NAME] [--threads N] [--compare] [--mutant NAME] "
        "[--mutants]\n"
        "                  [--replay 'EVENT...']\n"
        "\n"
        "Drives two workers, which share a database and an account, through every sequence of events: each\n"
        "statement commits, fails, or commits without a response; workers die, are stopped, and sleep;\n"
        "submits arrive at once, late or never. Equal states are merged. Every state is checked: no shot is\n"
        "paid for twice, no accepted task is lost, and every shot ends.\n"
        "\n"
        "  --faults K        at most K faults per path (default 2); one less with two shots, unless\n"
        "                    --scenario names the scenario\n"
        "  --scenario NAME   only this scenario (default: all)\n"
        "  --threads N       number of threads (default 2)\n"
        "  --no-merge        do not merge equal states; practical for K of 0 and 1\n"
        "  --by-replay       run each path from its start, instead of copying states\n"
        "  --compare         run all three modes; they must find the same ends\n"
        "  --mutant NAME     break one rule of the workers\n"
        "  --mutants         break each rule in turn; each must be found, with at most K faults\n"
        "  --replay 'A B C'  run one path of --scenario and print every event\n"
        "  --help            print this help\n"
        "\n"
        "Scenarios:");
    for (const auto& s : fleet_scenarios)
        std::printf("  %-13s %s\n", std::string{s.account.name}.c_str(), std::string{s.account.what}.c_str());
    std::puts("\nMutants:");
    for (const auto& m : mutants)
        std::printf("  %-21s %s\n", std::string{m.name}.c_str(), std::string{m.what}.c_str());
    std::puts(
        "\nExit codes: 0 all promises hold (--mutants: each mutant was found); 1 otherwise; 2 wrong usage.");
}

inline const fleet_scenario* find_scenario(std::string_view name) {
    for (const auto& s : fleet_scenarios)
        if (s.account.name == name) return &s;
    return nullptr;
}

inline const mutant* find_mutant(std::string_view name) {
    for (const auto& m : mutants)
        if (m.name == name) return &m;
    return nullptr;
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
        else if (name == "--mutants")
            read.finds_mutants = true;
        else if (name == "--by-replay")
            read.replays = true;
        else if (name == "--no-merge")
            read.merges = false;
        else if (name == "--compare")
            read.compares = true;
        else if (i + 1 == argc)
            return std::nullopt;
        else if (const std::string_view value = argv[++i]; name == "--scenario")
            read.scenario = value;
        else if (name == "--mutant")
            read.broken_rule = value;
        else if (name == "--replay")
            read.path = value;
        else if (name == "--faults" && number(value, read.faults))
            continue;
        else if (name == "--threads" && number(value, read.threads) && read.threads > 0)
            continue;
        else
            return std::nullopt;
    }
    if (!read.scenario.empty() && find_scenario(read.scenario) == nullptr) return std::nullopt;
    if (!read.broken_rule.empty() && find_mutant(read.broken_rule) == nullptr) return std::nullopt;
    if (read.path && read.scenario.empty()) return std::nullopt;
    return read;
}

} // namespace explore::fleet
