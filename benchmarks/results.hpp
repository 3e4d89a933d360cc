// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// What was measured, over all rounds.
#pragma once

#include <benchmark/benchmark.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// Prints a line for each benchmark that ends, and keeps its figures.
class results : public benchmark::BenchmarkReporter {
public:
    void begin_round(int round) noexcept { round_ = round; }
    bool empty() const noexcept { return measured_.empty(); }

    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override;

    /// Medians of all rounds; nothing if the benchmark did not run or has no such counter.
    std::optional<double> nanoseconds(std::string_view benchmark) const;
    std::optional<double> counter(std::string_view benchmark, std::string_view name) const;

    /// How many times as long the peer takes.
    std::optional<double> ratio(std::string_view peer, std::string_view own) const;

    void print_table() const;

private:
    struct figures {
        std::vector<double> nanoseconds;
        std::map<std::string, std::vector<double>, std::less<>> counters;
    };
    const figures* find(std::string_view benchmark) const;

    std::map<std::string, figures, std::less<>> measured_;
    int round_ = 0;
};

} // namespace bench
