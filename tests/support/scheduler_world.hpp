// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Many tasks in virtual time, against a service that counts.
#pragma once

#include "support/doctest.hpp"
#include "support/scripted_peer.hpp"

#include <wan/scheduler/scheduler.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace support {

/// A service whose tasks take some time, and a host that drives a scheduler against it in virtual time. Every
/// answer takes a second.
class scheduler_world {
public:
    explicit scheduler_world(const wan::account_limits& account = {}, const wan::lane_limits& lane = {})
        : tasks(account, lane) {}
    explicit scheduler_world(const wan::provider& who) : tasks(who) {}

    /// To the end of all tasks.
    void run() {
        constexpr int plenty = 1'000'000;
        CHECK(steps(plenty) < plenty);
    }

    /// So many steps, unless the end of all comes first; how many it were.
    int steps(int most) {
        int made = 0;
        for (; made < most && (tasks.size() > 0 || !answers.empty()); ++made) {
            const auto todo = tasks.next(now);
            if (todo.step.is_send()) {
                send(todo);
            } else if (todo.step.is_done()) {
                outcomes.push_back(todo.step.outcome());
                done_order.push_back(todo.step.outcome().task_id);
                done_tags.push_back(todo.tag);
            } else {
                const auto answer_at = answers.empty() ? wan::time_point::max() : answers.front().at;
                const auto next = std::min(todo.step.wake_at(), answer_at);
                REQUIRE(next != wan::time_point::max());
                REQUIRE(next >= now);
                now = next;
                if (answer_at <= now) {
                    const auto a = answers.front();
                    answers.pop_front();
                    REQUIRE(tasks.receive(a.of, a.what, now));
                }
            }
        }
        return made;
    }

    wan::scheduler tasks;
    wan::time_point now{1h};
    std::chrono::seconds makes_in{60};
    std::vector<wan::outcome> outcomes;
    std::vector<std::string> done_order;
    std::vector<wan::time_point> submits, queries;
    std::vector<std::string> submitted_prompts;
    std::vector<std::uint64_t> done_tags;
    std::map<std::string, std::vector<wan::time_point>> submits_of; ///< by model
    std::map<std::string, std::size_t> most_running_of;             ///< by model
    std::size_t most_out = 0, most_running = 0;
    unsigned next_id = 0;

private:
    struct answer_due {
        wan::time_point at;
        wan::scheduler::handle of;
        wan::http_result what;
    };

    void send(const wan::scheduler::action& todo) {
        const auto& request = todo.step.request();
        wan::http_result reply = not_sent();
        if (request.method == wan::http_method::post) {
            submits.push_back(now);
            const auto body = *request.body.flatten();
            const auto member = [&](const std::string& name) {
                const auto at = body.find("\"" + name + "\":\"") + name.size() + 4;
                return body.substr(at, body.find('"', at) - at);
            };
            submitted_prompts.push_back(member("prompt"));
            submits_of[member("model")].push_back(now);
            const auto id = "task-" + std::to_string(++next_id);
            made_at[id] = now + makes_in;
            model_of[id] = member("model");
            reply = answer(200, R"({"output":{"task_status":"PENDING","task_id":")" + id + R"("}})");
        } else {
            queries.push_back(now);
            const auto id = request.url.substr(request.url.rfind('/') + 1);
            const bool done = made_at.at(id) <= now;
            reply =
                answer(200, R"({"output":{"task_id":")" + id + R"(","task_status":")" +
                                (done ? R"(SUCCEEDED","video_url":"https://x/a.mp4)" : "RUNNING") + R"("}})");
        }
        answers.push_back({now + 1s, todo.task, std::move(reply)});
        most_out = std::max(most_out, answers.size());
        std::size_t running = 0;
        std::map<std::string, std::size_t> running_of;
        for (const auto& [id, at] : made_at) running += at > now, running_of[model_of[id]] += at > now;
        for (const auto& [model, count] : running_of)
            most_running_of[model] = std::max(most_running_of[model], count);
        most_running = std::max(most_running, running);
    }

    std::deque<answer_due> answers;
    std::map<std::string, wan::time_point> made_at;
    std::map<std::string, std::string> model_of; ///< by id
};

/// How many of the times lie within any half-open second, or other duration.
inline std::size_t most_per_second(const std::vector<wan::time_point>& times,
                                   std::chrono::duration<double> second = 1s) {
    std::size_t most = 0, first = 0;
    for (std::size_t i = 0; i < times.size(); ++i) {
        while (times[i] - times[first] >= second) ++first;
        most = std::max(most, i - first + 1);
    }
    return most;
}

} // namespace support
