// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What the search for a lost submit costs for each row of the service's list.
#include "sample.hpp"

#include <wan/protocol/list.hpp>
#include <wan/request/job.hpp>
#include <wan/task/start.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace bench {
namespace {

/// The pages of a list with so many tasks that may each be the lost one.
std::vector<std::string> pages_of(std::size_t rows) {
    const std::size_t most = (std::min)(rows, wan::max_listed_tasks);
    std::vector<std::string> pages;
    for (std::size_t row = 0; row < rows; ++row) {
        if (row % most == 0) pages.emplace_back("{\"data\":[");
        auto& page = pages.back();
        if (row % most != 0) page += ',';
        page.append("{\"task_id\":\"3f21a745-9f4b-4588-b643-")
            .append(std::to_string(1'000'000'000'000 + row))
            .append("\",\"gmt_create\":1770000001000}");
        if (row % most == most - 1) page += "]}";
    }
    return pages;
}

void search(benchmark::State& state, std::size_t rows) {
    const auto pages = pages_of(rows);
    const auto who = std::make_shared<const wan::provider>(
        wan::dashscope::provider("sk-benchmark", wan::region::singapore));
    const wan::wall_clock clock{std::chrono::sys_seconds{std::chrono::seconds{1'770'000'000}}, {}};
    const auto policy = std::make_shared<const wan::policy>();
    for (auto _ : state) {
        state.PauseTiming();
        auto task = *wan::make_task(who, sample_request(), clock, policy);
        wan::time_point now{};
        (void)task.next(now);
        task.receive(wan::transport_error{}, now);
        state.ResumeTiming();
        for (std::size_t page = 0; page < pages.size();) {
            const auto step = task.next(now);
            if (step.is_wait()) {
                now = step.wake_at();
                continue;
            }
            if (!step.is_send()) return state.SkipWithError("no request for the list");
            task.receive(wan::http_response{.status = 200, .body = pages[page++]}, now);
        }
        state.PauseTiming();
        { const auto gone = std::move(task); }
        state.ResumeTiming();
    }
    state.counters["per row"] =
        benchmark::Counter{static_cast<double>(rows),
                           benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert};
}
BENCHMARK_CAPTURE(search, few, 500)->Name("search: a list of 500 tasks")->MinTime(seconds_per_run);
BENCHMARK_CAPTURE(search, many, 50'000)->Name("search: a list of 50,000 tasks")->MinTime(seconds_per_run);

} // namespace
} // namespace bench
