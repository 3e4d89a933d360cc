// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "task.hpp"

#include "allocations.hpp"
#include "sample.hpp"

#include <wan/run/blocking.hpp>
#include <wan/task/transitions.hpp>

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdio>
#include <iterator>
#include <string>
#include <string_view>

namespace bench {
namespace {

class scripted_service {
public:
    wan::http_result operator()(const wan::http_request&) {
        constexpr std::string_view script[] = {accepted_reply, running_reply, running_reply, succeeded_reply};
        return wan::http_response{.status = 200,
                                  .body = std::string{script[exchanges_++ % std::size(script)]}};
    }

private:
    std::size_t exchanges_ = 0;
};

struct virtual_timer {
    wan::time_point at = {};

    wan::time_point now() const noexcept { return at; }
    void sleep_until(wan::time_point until) noexcept { at = until; }
};

wan::outcome whole_task(const wan::run_options& options = {}) {
    return wan::run(wan::dashscope::provider("sk-benchmark", wan::region::singapore), sample_request(),
                    scripted_service{}, options, virtual_timer{});
}

/// Calls of `next`, each of which but the last is announced, and of `receive`, which each request has.
double steps_of_whole_task() {
    double steps = 1;
    (void)whole_task(
        {.on_progress = [&](const wan::progress& at) { steps += is_in_flight(at.state) ? 2 : 1; }});
    return steps;
}

void task(benchmark::State& state) {
    const auto steps = steps_of_whole_task();
    const count_allocations counted{state};
    for (auto _ : state) {
        auto outcome = whole_task();
        benchmark::DoNotOptimize(outcome);
    }
    state.counters["steps per second"] =
        benchmark::Counter{steps * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate};
}
BENCHMARK(task)->Name("task: request, start and run")->MinTime(seconds_per_run);

} // namespace

bool task_succeeds() {
    const auto end = whole_task();
    if (!end.succeeded()) std::fprintf(stderr, "task: %s\n", to_string(end).c_str());
    return end.succeeded();
}

} // namespace bench
