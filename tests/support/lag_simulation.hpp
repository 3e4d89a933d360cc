// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// How late a scheduler learns that a video is there, in virtual time, with tasks whose times are log-normal.
#pragma once

#include <wan/wan.hpp>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace support {

/// Tasks of one kind, made one after another as far as `running` allows.
struct lag_setting {
    double median = 300; ///< seconds from the submit to the video
    double sigma = 0.2;  ///< standard deviation of the logarithm
    unsigned tasks = 1000;
    unsigned running = 5;        ///< at once
    bool is_timed = true;        ///< false: the usual waits, as with `policy::poll`
    bool reports_times = true;   ///< the replies say when the task was submitted and ended
    double believed_median = 0;  ///< what the scheduler knows at the beginning; 0: nothing
    double believed_sigma = 0.2; ///< used with `believed_median`
    std::uint64_t seed = 1;
};

struct lag_result {
    double lag = 0;         ///< seconds from the video to the response that names it, on average
    double longest_lag = 0; ///< seconds
    double queries = 0;     ///< for each task, on average
    double learned_median = 0;
    double learned_spread = 0;
};

class lag_simulation {
public:
    explicit lag_simulation(const lag_setting& how) : how_(how), random_(how.seed) {
        const auto who =
            std::make_shared<const wan::provider>(wan::dashscope::provider("key", wan::region::singapore));
        wan::scheduler tasks{*who};
        tasks.set_limits(model, {.submits_per_second = 0, .running_tasks = how.running});
        if (how.believed_median > 0)
            tasks.set_learned(std::vector<wan::generation_time>{
                {model, wan::resolution::p720, 5, how.believed_median, how.believed_sigma, 20}});
        wan::policy policy;
        policy.deadline = std::chrono::hours{24 * 300};
        policy.jitter_seed = how.seed;
        if (!how.is_timed) policy.poll = who->dialect->poll;
        const auto shared = std::make_shared<const wan::policy>(policy);
        wan::text_to_video request{.prompt = "a cat", .model = model};
        request.resolution = wan::resolution::p720;
        request.duration = 5;
        for (unsigned i = 0; i < how.tasks; ++i) {
            request.prompt = "cat " + std::to_string(i);
            tasks.add(*wan::make_task(who, request, wan::no_wall_clock, shared), 0, i);
        }
        ends_.resize(how.tasks);
        run(tasks);
        for (const auto& each : tasks.learned()) {
            result_.learned_median = each.median;
            result_.learned_spread = each.spread;
        }
        result_.lag /= how.tasks;
        result_.queries /= how.tasks;
    }

    const lag_result& result() const noexcept { return result_; }

private:
    static constexpr const char* model = "wan2.7-t2v";

    struct times {
        wan::time_point submitted, ended;
    };

    void run(wan::scheduler& tasks) {
        while (tasks.size() != 0) {
            const auto todo = tasks.next(now_);
            if (todo.step.is_send())
                tasks.receive(todo.task, answer(todo), now_);
            else if (!todo.step.is_done())
                now_ = todo.step.wake_at();
        }
    }

    wan::http_result answer(const wan::scheduler::action& todo) {
        auto& its = ends_[static_cast<std::size_t>(todo.tag)];
        const auto id = "task-" + std::to_string(todo.tag);
        if (todo.step.request_kind() == wan::request_kind::submit) {
            const double seconds = how_.median * std::exp(how_.sigma * normal_(random_));
            its = {now_, now_ + std::chrono::duration_cast<wan::time_point::duration>(
                                    std::chrono::duration<double>{seconds})};
            return wan::http_response{
                .status = 200, .body = R"({"output":{"task_id":")" + id + R"(","task_status":"PENDING"}})"};
        }
        ++result_.queries;
        if (now_ < its.ended)
            return wan::http_response{
                .status = 200, .body = R"({"output":{"task_id":")" + id + R"(","task_status":"RUNNING"}})"};
        const double late = std::chrono::duration<double>(now_ - its.ended).count();
        result_.lag += late;
        result_.longest_lag = (std::max)(result_.longest_lag, late);
        const auto reported = how_.reports_times ? R"(,"submit_time":")" + service_time(its.submitted) +
                                                       R"(","end_time":")" + service_time(its.ended) + "\""
                                                 : std::string{};
        return wan::http_response{.status = 200,
                                  .body = R"({"output":{"task_id":")" + id +
                                          R"(","task_status":"SUCCEEDED")" + reported +
                                          R"(,"video_url":"https://videos.example/v.mp4"}})"};
    }

    /// As DashScope writes it: "2025-04-18 10:36:58.394".
    static std::string service_time(wan::time_point at) {
        const auto since = std::chrono::floor<std::chrono::milliseconds>(at.time_since_epoch());
        const auto when = std::chrono::sys_days{std::chrono::year{2025} / 10 / 1} + since;
        const auto day = std::chrono::floor<std::chrono::days>(when);
        const std::chrono::year_month_day date{day};
        const std::chrono::hh_mm_ss time{when - day};
        char text[48];
        std::snprintf(text, sizeof text, "%04d-%02u-%02u %02d:%02d:%02d.%03d", static_cast<int>(date.year()),
                      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                      static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                      static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count()));
        return text;
    }

    lag_setting how_;
    std::mt19937_64 random_;
    std::normal_distribution<double> normal_;
    wan::time_point now_{std::chrono::hours{1}};
    std::vector<times> ends_;
    lag_result result_;
};

inline lag_result simulate_lag(const lag_setting& how) { return lag_simulation{how}.result(); }

} // namespace support
