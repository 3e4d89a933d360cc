// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "scale.hpp"

#include "sample.hpp"

#include <wan/scheduler/scheduler.hpp>
#include <wan/task/start.hpp>

#include <benchmark/benchmark.h>

#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace bench {
namespace {

/// 0 where there is no /proc.
std::size_t resident_bytes() {
    std::size_t whole = 0, resident = 0;
    std::ifstream{"/proc/self/statm"} >> whole >> resident;
    return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

/// The same reply for every task, as the documents have it but for the id, which has the 36 characters of a
/// real one.
class reply_about {
public:
    explicit reply_about(std::string_view sample) {
        constexpr std::string_view sample_id = "3f21a745-9f4b-4588-b643-xxxxxx";
        const auto at = sample.find(sample_id);
        text_.append(sample.substr(0, at)).append(id_size, 'x').append(sample.substr(at + sample_id.size()));
        at_ = at;
    }
    wan::http_response operator()(std::string_view id) {
        text_.replace(at_, id_size, id);
        return {.status = 200, .body = text_};
    }

    static constexpr std::size_t id_size = 36;

private:
    std::string text_;
    std::size_t at_;
};

class waiting_tasks {
public:
    explicit waiting_tasks(std::size_t count) : tasks_({.queries_per_second = 0}) {
        const auto before = resident_bytes();
        const auto who = std::make_shared<const wan::provider>(
            wan::dashscope::provider("sk-benchmark", wan::region::singapore));
        // its jitter makes them be asked for in another order than that in which they lie in memory
        wan::policy patient;
        patient.deadline = std::chrono::hours{24 * 365};
        const auto how = std::make_shared<const wan::policy>(patient);
        const auto request = sample_request();
        // all of them, the first query's wait
        const std::chrono::nanoseconds apart = std::chrono::seconds{10};
        reply_about accepted{accepted_reply};
        for (std::size_t i = 0; i < count; ++i) {
            const auto added = tasks_.add(*wan::make_task(who, request, wan::no_wall_clock, how));
            char id[48];
            std::snprintf(id, sizeof id, "3f21a745-9f4b-4588-b643-%012zu", i);
            // queries of the first ones take turns with it
            for (auto todo = tasks_.next(now_);; todo = tasks_.next(now_)) {
                const bool is_submit = todo.task == added;
                tasks_.receive(todo.task, is_submit ? accepted(id) : running_(asked_for(todo)), now_);
                if (is_submit) break;
            }
            now_ += apart / static_cast<std::int64_t>(count);
        }
        for (std::size_t i = 0; i < 3 * count; ++i) (void)step();
        bytes_per_task_ = static_cast<double>(resident_bytes() - before) / static_cast<double>(count);
        calls_ = 0;
    }

    /// One query, its answer, and the wait for the next one. Whether that is what it was.
    bool step() {
        auto todo = next();
        while (todo.step.is_wait()) {
            if (todo.step.wake_at() <= now_) return false;
            now_ = todo.step.wake_at();
            todo = next();
        }
        if (!todo.step.is_send()) return false;
        ++calls_;
        return tasks_.receive(todo.task, running_(asked_for(todo)), now_).has_value();
    }

    double bytes_per_task() const noexcept { return bytes_per_task_; }
    double calls() const noexcept { return static_cast<double>(calls_); } ///< of the machine so far
    void forget_calls() noexcept { calls_ = 0; }

private:
    static std::string_view asked_for(const wan::scheduler::action& query) {
        const std::string_view url = query.step.request().url;
        return url.substr(url.size() - reply_about::id_size);
    }

    wan::scheduler::action next() {
        ++calls_;
        return tasks_.next(now_);
    }

    reply_about running_{running_reply};
    wan::scheduler tasks_;
    wan::time_point now_{};
    double bytes_per_task_ = 0;
    std::uint64_t calls_ = 0;
};

/// Made once: it takes some seconds.
waiting_tasks& tasks_of(std::size_t count) {
    static std::unique_ptr<waiting_tasks> few, many;
    auto& made = count < 1'000'000 ? few : many;
    if (made == nullptr) made = std::make_unique<waiting_tasks>(count);
    return *made;
}

void scale(benchmark::State& state, std::size_t count) {
    auto& tasks = tasks_of(count);
    tasks.forget_calls();
    for (auto _ : state)
        if (!tasks.step()) state.SkipWithError("no query");
    state.counters["steps per second"] = benchmark::Counter{tasks.calls(), benchmark::Counter::kIsRate};
    if (tasks.bytes_per_task() > 0) state.counters["bytes per task"] = tasks.bytes_per_task();
}
BENCHMARK_CAPTURE(scale, few, 1'000)->Name("scale: 1,000 tasks, a query of one")->MinTime(seconds_per_run);
BENCHMARK_CAPTURE(scale, many, 1'000'000)
    ->Name("scale: 1,000,000 tasks, a query of one")
    ->MinTime(seconds_per_run);

} // namespace

bool waiting_tasks_take_turns() {
    waiting_tasks tasks{10};
    for (int i = 0; i < 100; ++i)
        if (!tasks.step()) {
            std::fprintf(stderr, "scale: a step is no query\n");
            return false;
        }
    return true;
}

} // namespace bench
