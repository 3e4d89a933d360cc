// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "results.hpp"

#include "sample.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace bench {
namespace {

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const auto middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

std::string theme_of(std::string_view benchmark) {
    return std::string{benchmark.substr(0, benchmark.find(':'))};
}

std::string comparison(double ratio) {
    if (ratio > 0.95 && ratio < 1.05) return "alike";
    char text[32];
    std::snprintf(text, sizeof text, ratio < 1 ? "%.1fx faster" : "%.1fx slower",
                  ratio < 1 ? 1 / ratio : ratio);
    return text;
}

} // namespace

// The processor's time, not the wall's: a busy machine then only adds its cache misses. A benchmark that
// measures by itself gives it as the real one.
void results::ReportRuns(const std::vector<Run>& runs) {
    for (const auto& run : runs) {
        if (run.run_type != Run::RT_Iteration) continue;
        const auto& name = run.run_name.function_name;
        const bool is_manual = run.run_name.time_type == "manual_time";
        const auto adjusted = is_manual ? run.GetAdjustedRealTime() : run.GetAdjustedCPUTime();
        const auto nanoseconds = adjusted * 1e9 / benchmark::GetTimeUnitMultiplier(run.time_unit);
        std::printf("round %d of %d  %-36s %10.1f ns\n", round_, rounds, name.c_str(), nanoseconds);
        auto& kept = measured_[name];
        kept.nanoseconds.push_back(nanoseconds);
        for (const auto& [counter, value] : run.counters) kept.counters[counter].push_back(value.value);
    }
    std::fflush(stdout);
}

const results::figures* results::find(std::string_view benchmark) const {
    const auto found = measured_.find(benchmark);
    return found == measured_.end() ? nullptr : &found->second;
}

std::optional<double> results::nanoseconds(std::string_view benchmark) const {
    const auto* found = find(benchmark);
    return found == nullptr ? std::nullopt : std::optional{median(found->nanoseconds)};
}

std::optional<double> results::counter(std::string_view benchmark, std::string_view name) const {
    const auto* found = find(benchmark);
    if (found == nullptr) return std::nullopt;
    const auto value = found->counters.find(name);
    return value == found->counters.end() ? std::nullopt : std::optional{median(value->second)};
}

std::optional<double> results::ratio(std::string_view peer, std::string_view own) const {
    const auto theirs = nanoseconds(peer), ours = nanoseconds(own);
    return theirs && ours ? std::optional{*theirs / *ours} : std::nullopt;
}

void results::print_table() const {
    std::printf("\n%-36s %13s %14s %12s\n", "median of all rounds", "time", "against wan", "allocations");
    std::vector<std::pair<std::string, double>> rows;
    for (const auto& [name, kept] : measured_) rows.emplace_back(name, median(kept.nanoseconds));
    std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
        return std::pair{theme_of(a.first), a.second} < std::pair{theme_of(b.first), b.second};
    });
    for (const auto& [name, time] : rows) {
        const auto own = theme_of(name) + ": wan";
        const auto against = name == own ? std::nullopt : ratio(name, own);
        const auto allocations = counter(name, "allocations");
        std::printf("%-36s %10.1f ns %14s", name.c_str(), time, against ? comparison(*against).c_str() : "");
        if (allocations) std::printf(" %12.0f", *allocations);
        std::printf("\n");
    }
    if (const auto steps = counter("task: request, start and run", "steps per second"))
        std::printf("%-36s %10.2f million per second\n", "task: steps of the machine", *steps / 1e6);
}

} // namespace bench
