// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Explores scenarios and prints what was found.
#pragma once

#include "explore/explorer.hpp"
#include "explore/options.hpp"
#include "explore/pair_world.hpp"
#include "explore/task_world.hpp"

#include <chrono>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace explore {

inline double seconds_since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// A line every two seconds.
class progress_line {
public:
    explicit progress_line(std::string_view of) : of_(of) {}

    void operator()(const exploration& e, std::size_t depth, std::size_t width) {
        if (seconds_since(shown_) < 2) return;
        shown_ = std::chrono::steady_clock::now();
        std::printf("  %s: %zu choices deep, %llu states, %zu at this depth\n", of_.c_str(), depth,
                    static_cast<unsigned long long>(e.states), width);
        std::fflush(stdout);
    }

private:
    std::string of_;
    std::chrono::steady_clock::time_point shown_ = std::chrono::steady_clock::now();
};

/// For what ends the program.
inline std::string_view current_scenario;

/// The line that says how to play a path.
inline std::string replay_command(std::string_view scenario, const std::string& path) {
    return "  path: wan-explore --scenario " + std::string{scenario} + " --replay '" + path + "'\n";
}

inline exploration explore_scenario(const scenario& s, const exploration_options& how) {
    current_scenario = s.name;
    const auto settings = setting_of(s);
    if (s.tasks > 1)
        return explorer<pair_world>{[&] { return pair_world{settings}; }, broken_pair_invariant, how}.run(
            progress_line{s.name});
    explorer<task_world> all{[&] { return task_world{settings}; }, broken_invariant, how};
    return all.run(progress_line{s.name});
}

inline void print(const scenario& s, const exploration& e, double seconds) {
    std::printf("%-10s %11llu %11llu %11llu %9zu %8zu %8.1f\n", std::string{s.name}.c_str(),
                static_cast<unsigned long long>(e.paths), static_cast<unsigned long long>(e.choices),
                static_cast<unsigned long long>(e.states), e.ends.size(), e.longest, seconds);
    if (e.is_cut) std::puts("BROKEN: a path never ends");
    if (e.violation.empty()) return;
    std::printf("BROKEN %s\n%s", e.violation.c_str(), replay_command(s.name, e.path).c_str());
}

inline int compare(const scenario& s, exploration_options how);

inline int run(const options& asked) {
    std::printf("%-10s %11s %11s %11s %9s %8s %8s\n", "scenario", "paths", "choices", "states", "ends",
                "longest", "seconds");
    coverage covered;
    bool is_kept = true;
    const auto begin = std::chrono::steady_clock::now();
    for (const auto& s : scenarios) {
        if (!asked.scenario.empty() && s.name != asked.scenario) continue;
        exploration_options how = asked;
        // Two tasks have too many paths with a fault to explore each of them without merging.
        if (s.tasks > 1 && asked.scenario.empty() && asked.compares) how.faults = 0;
        if (asked.compares) {
            is_kept = compare(s, how) == 0 && is_kept;
            continue;
        }
        const auto since = std::chrono::steady_clock::now();
        const auto found = explore_scenario(s, how);
        print(s, found, seconds_since(since));
        std::fflush(stdout);
        covered += found.covered;
        is_kept = is_kept && found.violation.empty() && !found.is_cut;
    }
    if (asked.compares) return is_kept ? 0 : 1;
    const auto missing = covered.missing();
    std::printf("%zu of %zu transitions taken, %.1f s\n", coverage::rows() - missing.size(), coverage::rows(),
                seconds_since(begin));
    for (const auto& row : missing) std::printf("  not taken: %s\n", row.c_str());
    const bool must_be_all = asked.scenario.empty() && asked.faults >= 2;
    std::puts(is_kept ? "all invariants hold" : "an invariant is broken");
    return is_kept && (missing.empty() || !must_be_all) ? 0 : 1;
}

/// The same scenario in three ways, which must find the same.
inline int compare(const scenario& s, exploration_options how) {
    struct way {
        const char* name;
        bool merges, replays;
    };
    constexpr way ways[] = {{"merged", true, false}, {"replayed", true, true}, {"not merged", false, false}};
    int result = 0;
    std::optional<exploration> first;
    for (const auto& w : ways) {
        how.merges = w.merges;
        how.replays = w.replays;
        const auto since = std::chrono::steady_clock::now();
        auto found = explore_scenario(s, how);
        print(s, found, seconds_since(since));
        if (!first)
            first = std::move(found);
        else if (found.ends != first->ends || found.violation != first->violation ||
                 found.covered.missing() != first->covered.missing()) {
            std::printf("BROKEN: %s finds other outcomes or transitions\n", w.name);
            result = 1;
        }
    }
    return result;
}

} // namespace explore
