// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Many tasks under one account's limits, against a service that counts.
#include "support/doctest.hpp"
#include "support/scripted_peer.hpp"

#include <deque>
#include <map>
#include <set>

TEST_SUITE_BEGIN("scheduler");

using namespace support;
using wan::scheduler;
using wan::task_state;

namespace {

const auto service_name = std::make_shared<const wan::provider>(test_provider());
const auto policy = std::make_shared<const wan::policy>(exact_policy());

wan::task shot(const std::string& prompt = "p") {
    auto request = test_shot();
    request.prompt = prompt;
    return *wan::start(service_name, request, policy);
}

/// A service whose tasks take some time, and a host that drives a scheduler against it in virtual time. Every answer takes
/// a second.
class world {
public:
    explicit world(const wan::account_limits& limits) : tasks(limits) {}

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
            if (todo.what.is_send()) {
                send(todo);
            } else if (todo.what.is_done()) {
                outcomes.push_back(todo.what.outcome());
                done_order.push_back(todo.what.outcome().task_id);
            } else {
                const auto answer_at = answers.empty() ? wan::time_point::max() : answers.front().at;
                const auto next = std::min(todo.what.wake_at(), answer_at);
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

    scheduler tasks;
    wan::time_point now{1h};
    std::chrono::seconds makes_in{60};
    std::vector<wan::outcome> outcomes;
    std::vector<std::string> done_order;
    std::vector<wan::time_point> submits, queries;
    std::vector<std::string> submitted_prompts;
    std::size_t most_out = 0, most_running = 0;
    unsigned next_id = 0;

private:
    struct answer_due {
        wan::time_point at;
        scheduler::handle of;
        wan::http_result what;
    };

    void send(const scheduler::action& todo) {
        const auto& request = todo.what.request();
        wan::http_result reply = not_sent();
        if (request.method == wan::http_method::post) {
            submits.push_back(now);
            const auto body = request.body.flatten();
            const auto at = body.find(R"("prompt":")") + 10;
            submitted_prompts.push_back(body.substr(at, body.find('"', at) - at));
            const auto id = "task-" + std::to_string(++next_id);
            made_at[id] = now + makes_in;
            reply = answer(200, R"({"output":{"task_status":"PENDING","task_id":")" + id + R"("}})");
        } else {
            queries.push_back(now);
            const auto id = request.url.substr(request.url.rfind('/') + 1);
            const bool done = made_at.at(id) <= now;
            reply = answer(200, R"({"output":{"task_id":")" + id + R"(","task_status":")" +
                                    (done ? R"(SUCCEEDED","video_url":"https://x/a.mp4)" : "RUNNING") + R"("}})");
        }
        answers.push_back({now + 1s, todo.of, std::move(reply)});
        most_out = std::max(most_out, answers.size());
        std::size_t running = 0;
        for (const auto& [id, at] : made_at) running += at > now;
        most_running = std::max(most_running, running);
    }

    std::deque<answer_due> answers;
    std::map<std::string, wan::time_point> made_at;
};

/// How many of the times lie within any second.
std::size_t most_per_second(const std::vector<wan::time_point>& times) {
    std::size_t most = 0, first = 0;
    for (std::size_t i = 0; i < times.size(); ++i) {
        while (times[i] - times[first] >= 1s) ++first;
        most = std::max(most, i - first + 1);
    }
    return most;
}

} // namespace

TEST_CASE("all tasks come to their videos, and none is submitted twice") {
    world w{{}};
    for (int i = 0; i < 300; ++i) w.tasks.add(shot("p" + std::to_string(i)));
    w.run();
    CHECK(w.outcomes.size() == 300);
    for (const auto& o : w.outcomes) CHECK(o.succeeded());
    CHECK(std::set<std::string>(w.submitted_prompts.begin(), w.submitted_prompts.end()).size() == 300);
    CHECK(w.submits.size() == 300);
    CHECK(w.tasks.size() == 0);
    CHECK(w.tasks.running() == 0);
    CHECK(w.tasks.requests_out() == 0);
}

TEST_CASE("an account's limits are kept: nobody is told to slow down") {
    world w{{.submits_per_second = 2, .running_tasks = 5, .queries_per_second = 3, .requests_at_once = 4}};
    for (int i = 0; i < 60; ++i) w.tasks.add(shot());
    w.run();
    CHECK(w.outcomes.size() == 60);
    CHECK(most_per_second(w.submits) <= 4); // a second's worth at once, and what the second brings
    CHECK(most_per_second(w.queries) <= 6);
    CHECK(w.most_out <= 4);
    CHECK(w.most_running <= 5);
}

TEST_CASE("a caller with one shot does not wait for one with hundreds") {
    world w{{.running_tasks = 2}};
    for (int i = 0; i < 100; ++i) w.tasks.add(shot("many"), 1);
    w.tasks.add(shot("single"), 2);
    w.steps(200);
    const auto at = std::find(w.submitted_prompts.begin(), w.submitted_prompts.end(), "single");
    CHECK(at - w.submitted_prompts.begin() <= 2);
}

TEST_CASE("one request at a time is enough") {
    world w{{.requests_at_once = 0}};
    for (int i = 0; i < 5; ++i) w.tasks.add(shot());
    w.run();
    CHECK(w.outcomes.size() == 5);
    CHECK(w.most_out == 1);
}

TEST_CASE("stop: what was not submitted never is, what is out is awaited, and what runs can be resumed") {
    world w{{.running_tasks = 3}};
    for (int i = 0; i < 10; ++i) w.tasks.add(shot());
    w.steps(12);
    const auto stopped_at = w.now;
    w.tasks.stop_all();
    w.run();
    CHECK(w.now - stopped_at <= 2s);
    CHECK(w.submits.size() == 3);
    CHECK(w.outcomes.size() == 10);
    std::size_t resumable = 0;
    for (const auto& o : w.outcomes) {
        CHECK(o.state == task_state::interrupted);
        resumable += !o.task_id.empty();
    }
    CHECK(resumable == 3);
}

TEST_CASE("one of many is canceled before its turn comes") {
    world w{{.running_tasks = 1}};
    w.tasks.add(shot("first"));
    const auto second = w.tasks.add(shot("second"));
    w.tasks.add(shot("third"));
    w.steps(4);
    REQUIRE(w.tasks.cancel(second));
    w.run();
    CHECK(w.submitted_prompts == std::vector<std::string>{"first", "third"});
    std::size_t canceled = 0;
    for (const auto& o : w.outcomes) canceled += o.state == task_state::canceled;
    CHECK(canceled == 1);
}

TEST_CASE("a handle names its task only until the task is done") {
    world w{{}};
    const auto first = w.tasks.add(shot());
    REQUIRE(w.tasks.find(first) != nullptr);
    CHECK(w.tasks.find(first)->state() == task_state::ready);
    w.run();
    w.tasks.next(w.now);
    CHECK(w.tasks.find(first) == nullptr);
    const auto second = w.tasks.add(shot());
    CHECK(second.index == first.index);
    CHECK_FALSE(second == first);
    CHECK(w.tasks.cancel(first).error().category == wan::error_category::misuse);
    CHECK(w.tasks.stop(first).error().category == wan::error_category::misuse);
    CHECK(w.tasks.receive(first, not_sent(), w.now).error().category == wan::error_category::misuse);
    CHECK(w.tasks.receive(second, not_sent(), w.now).error().category == wan::error_category::misuse);
}

TEST_CASE("an executor that never tells the end of its requests holds nobody up for ever") {
    scheduler tasks{{.requests_at_once = 1}};
    tasks.add(shot("lost"));
    tasks.add(shot("next"));
    wan::time_point now{};
    auto todo = tasks.next(now);
    REQUIRE(todo.what.is_send());
    std::string ends;
    for (int i = 0; i < 20 && tasks.size() > 0; ++i) {
        todo = tasks.next(now);
        if (todo.what.is_wait()) now = std::max(now, todo.what.wake_at());
        if (todo.what.is_done()) ends.append(to_wire(todo.what.outcome().state)).append(" ");
    }
    CHECK(ends == "submit_unknown submit_unknown ");
    CHECK(tasks.requests_out() == 0);
}

TEST_CASE("tasks that were resumed take the account's places") {
    world w{{.running_tasks = 1}};
    wan::resume_token token{.dialect = "dashscope", .base_url = service_name->base_url, .model = "wan2.2-kf2v-flash", .state = task_state::waiting, .task_id = "old"};
    w.tasks.add(*wan::resume(service_name, token, policy));
    w.tasks.add(shot());
    const auto todo = w.tasks.next(w.now);
    REQUIRE(todo.what.is_send());
    CHECK(todo.what.request().method == wan::http_method::get);
    CHECK(w.tasks.next(w.now).what.is_wait());
}

TEST_CASE("the limits of a model are those of its row") {
    const auto limits = wan::limits_of(*service_name, "wan2.6-i2v");
    CHECK(limits.submits_per_second == 5);
    CHECK(limits.running_tasks == 5);
    CHECK(limits.queries_per_second == 20);
    CHECK(wan::limits_of(*service_name, "unheard of").running_tasks == 0);
}
