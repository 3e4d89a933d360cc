// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Many tasks against a model of DashScope that fails at random: none is paid for twice, none that is paid for is lost.
#include "support/doctest.hpp"
#include "support/scripted_peer.hpp"

#include <deque>
#include <map>
#include <random>

TEST_SUITE_BEGIN("simulation");

using namespace support;
using wan::task_state;

namespace {

constexpr std::int64_t epoch = 1'770'000'000; ///< what the wall clock says at the beginning

/// DashScope on a bad day. Every call may go wrong before or after it did what it was to do.
class bad_day {
public:
    bad_day(unsigned seed, double fault_rate) : random_(seed), fault_rate_(fault_rate) {}

    wan::http_result operator()(const wan::http_request& request, std::chrono::seconds time) {
        time_ = time;
        const bool is_submit = request.method == wan::http_method::post;
        if (!chance(fault_rate_)) return is_submit ? submit(request) : read(request);
        switch (std::uniform_int_distribution{0, 9}(random_)) {
        case 0: return not_sent();
        case 1: return maybe_sent();
        case 2: return failure(429, "Throttling.RateQuota");
        case 3: return failure(503, "ModelUnavailable");
        case 4: return failure(500, "InternalError");
        case 5: return answer(502, "<html>Bad Gateway</html>");
        default: break;
        }
        const auto done = is_submit ? submit(request) : read(request); // and then its answer suffers
        switch (std::uniform_int_distribution{0, 3}(random_)) {
        case 0: return maybe_sent();
        case 1: return failure(500, "InternalError");
        case 2: return answer(200, "");
        default: return answer(200, done->body.substr(0, done->body.size() / 2));
        }
    }

    std::map<std::string, std::vector<std::string>> made; ///< ids of the tasks, by prompt

private:
    struct made_task {
        std::string prompt;
        std::chrono::seconds created;
    };

    bool chance(double p) { return std::bernoulli_distribution{p}(random_); }

    wan::http_result submit(const wan::http_request& request) {
        const auto body = request.body.flatten();
        const auto at = body.find(R"("prompt":")") + 10;
        const auto prompt = body.substr(at, body.find('"', at) - at);
        const auto id = "task-" + std::to_string(order_.size());
        made[prompt].push_back(id);
        tasks_[id] = {prompt, time_};
        order_.push_back(id);
        return answer(200, R"({"output":{"task_status":"PENDING","task_id":")" + id + R"("}})");
    }

    wan::http_result read(const wan::http_request& request) {
        if (const auto at = request.url.find("page_no="); at != std::string::npos) return list(std::stoul(request.url.substr(at + 8)));
        const auto id = request.url.substr(request.url.rfind('/') + 1);
        const auto found = tasks_.find(id);
        if (found == tasks_.end()) return answer(200, R"({"output":{"task_id":")" + id + R"(","task_status":"UNKNOWN"}})");
        const bool done = time_ >= found->second.created + 90s;
        return answer(200, R"({"output":{"task_id":")" + id + R"(","orig_prompt":")" + found->second.prompt + R"(","task_status":")" +
                               (done ? R"(SUCCEEDED","video_url":"https://x/a.mp4)" : "RUNNING") + R"("}})");
    }

    wan::http_result list(std::size_t page) {
        constexpr std::size_t size = 10;
        std::string rows;
        for (std::size_t i = (page - 1) * size; i < std::min(order_.size(), page * size); ++i)
            rows.append(rows.empty() ? "" : ",").append(R"({"task_id":")").append(order_[i]).append(R"(","model_name":"wan2.2-kf2v-flash","gmt_create":)")
                .append(std::to_string((epoch + tasks_[order_[i]].created.count()) * 1000)).append("}");
        const auto day = time_.count() + 9600; // 02:40:00
        char date[64];
        std::snprintf(date, sizeof date, "Mon, 02 Feb 2026 %02d:%02d:%02d GMT", static_cast<int>(day / 3600 % 24), static_cast<int>(day / 60 % 60),
                      static_cast<int>(day % 60));
        return answer(200, R"({"data":[)" + rows + R"(],"total_page":)" + std::to_string((order_.size() + size - 1) / size) + "}", {{"Date", date}});
    }

    std::mt19937 random_;
    double fault_rate_;
    std::chrono::seconds time_{};
    std::map<std::string, made_task> tasks_;
    std::vector<std::string> order_;
};

struct counts {
    int succeeded = 0, unknown = 0, other = 0;
};

/// Some tasks to their ends.
counts simulate(unsigned seed, int shots, bool submit_again) {
    CAPTURE(seed);
    constexpr wan::time_point start{1h};
    bad_day service{seed, 0.25};
    auto how = std::make_shared<wan::policy>();
    how->wall_clock = {std::chrono::sys_seconds{std::chrono::seconds{epoch}}, start};
    how->submit_again_if_not_listed = submit_again;
    how->jitter_seed = seed;
    const auto who = std::make_shared<const wan::provider>(test_provider());
    wan::scheduler tasks{{.submits_per_second = 2, .running_tasks = 5, .requests_at_once = 4}};
    std::map<std::uint32_t, std::string> prompt_of;
    for (int i = 0; i < shots; ++i) {
        auto request = test_shot();
        request.prompt = "shot " + std::to_string(i);
        auto made = wan::start(who, request, std::shared_ptr<const wan::policy>{how});
        REQUIRE(made);
        prompt_of[tasks.add(*std::move(made)).index] = *request.prompt;
    }
    struct due {
        wan::time_point at;
        wan::scheduler::handle of;
        wan::http_result what;
    };
    std::deque<due> answers;
    counts got;
    auto now = start;
    int steps = 0;
    for (; steps < 100'000 && tasks.size() > 0; ++steps) {
        const auto todo = tasks.next(now);
        if (todo.what.is_send()) {
            answers.push_back({now + 1s, todo.of, service(todo.what.request(), std::chrono::floor<std::chrono::seconds>(now - start))});
        } else if (todo.what.is_done()) {
            const auto& end = todo.what.outcome();
            const auto& ids = service.made[prompt_of[todo.of.index]];
            CHECK(ids.size() <= 1); // never paid for twice
            if (end.state == task_state::succeeded)
                ++got.succeeded;
            else if (end.state == task_state::submit_unknown)
                ++got.unknown;
            else
                ++got.other;
            if (end.state != task_state::submit_unknown) CHECK(end.task_id == (ids.empty() ? "" : ids[0])); // never lost
        } else {
            const auto answer_at = answers.empty() ? wan::time_point::max() : answers.front().at;
            now = std::min(todo.what.wake_at(), answer_at);
            REQUIRE(now != wan::time_point::max());
            if (answer_at > now) continue;
            const auto a = std::move(answers.front());
            answers.pop_front();
            REQUIRE(tasks.receive(a.of, a.what, now));
        }
    }
    CHECK(steps < 100'000); // never for ever
    return got;
}

} // namespace

TEST_CASE("a quarter of all calls goes wrong: no task is paid for twice, and none that is paid for is lost") {
    for (const bool submit_again : {false, true}) {
        counts all;
        for (unsigned seed = 0; seed < 200; ++seed) {
            const auto got = simulate(seed, 20, submit_again);
            all.succeeded += got.succeeded, all.unknown += got.unknown, all.other += got.other;
        }
        MESSAGE("submit again: " << submit_again << "; succeeded " << all.succeeded << ", unknown " << all.unknown << ", other " << all.other);
        CHECK(all.succeeded > 3000);
    }
}
