// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// One scheduler for an account: a lane for each model, and limits over all of them.
#include "support/doctest.hpp"
#include "support/scheduler_world.hpp"
#include "support/scripted_peer.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("lanes");

using namespace support;
using wan::scheduler;

namespace {

const auto account = std::make_shared<const wan::provider>(test_provider());
const auto policy = std::make_shared<const wan::policy>(exact_policy());
constexpr const char* models[] = {"wan2.2-kf2v-flash", "wan2.1-kf2v-plus", "wan-of-tomorrow"};

wan::task shot(const std::string& model, const std::string& prompt = "p") {
    auto request = test_shot();
    request.model = model;
    request.prompt = prompt;
    return *wan::make_task(account, request, wan::no_wall_clock, policy, wan::strictness::off);
}

/// How many submits go out before the first wait.
std::size_t submits_at_once(scheduler& tasks, wan::time_point now) {
    std::size_t sent = 0;
    for (auto todo = tasks.next(now); todo.step.is_send(); todo = tasks.next(now))
        sent += todo.step.request_kind() == wan::request_kind::submit;
    return sent;
}

} // namespace

TEST_CASE(
    "three models of one account: each keeps its limits, and the queries of all together the account's") {
    scheduler_world w{{.queries_per_second = 5}};
    const std::map<std::string, wan::lane_limits> limits{
        {models[0], {.submits_per_second = 5, .running_tasks = 20}},
        {models[1], {.submits_per_second = 2, .running_tasks = 5}},
        {models[2], {.submits_per_second = 1}}};
    for (const auto& [model, lane] : limits) w.tasks.set_limits(model, lane);
    for (int i = 0; i < 40; ++i)
        for (const auto* model : models) w.tasks.add(shot(model));
    w.run();
    CHECK(w.outcomes.size() == 120);
    CHECK(w.queries.size() > 120);
    CHECK(most_per_second(w.queries) <= 5);
    for (const auto& each : limits) {
        const auto& model = each.first;
        const auto& lane = each.second;
        CAPTURE(model);
        CHECK(w.submits_of[model].size() == 40);
        CHECK(most_per_second(w.submits_of[model]) <= lane.submits_per_second);
        if (lane.running_tasks != 0) CHECK(w.most_running_of[model] <= lane.running_tasks);
        if (lane.running_tasks != 0) CHECK(w.most_running_of[model] == lane.running_tasks);
    }
    // Each used what it had: the lanes did not wait for each other.
    const auto& third = w.submits_of[models[2]];
    CHECK(third.back() - third.front() <= 39 * 1100ms);
    CHECK(w.tasks.running() == 0);
}

TEST_CASE("a scheduler of a provider has the documented limits of its account and of all of its models") {
    scheduler tasks{*account};
    CHECK(tasks.limits() == wan::limits_of(*account));
    CHECK(tasks.limits(models[0]) == wan::limits_of(*account, models[0]));
    CHECK(tasks.limits(models[0]).running_tasks == 2);
    CHECK(tasks.limits("wan-of-tomorrow").running_tasks == 0);
    for (int i = 0; i < 10; ++i) tasks.add(shot(models[0]));
    for (int i = 0; i < 10; ++i) tasks.add(shot("wan-of-tomorrow"));
    const wan::time_point now{1h};
    CHECK(submits_at_once(tasks, now) == 11);
    CHECK(tasks.running(models[0]) == 1);
    CHECK(tasks.running("wan-of-tomorrow") == 10);
    CHECK(tasks.running("another") == 0);
    CHECK(tasks.running() == 11);
    CHECK(submits_at_once(tasks, now + 1100ms) == 1);
    CHECK(submits_at_once(tasks, now + 2200ms) == 0);
    CHECK(tasks.running(models[0]) == 2);
}

TEST_CASE("without a provider, a model that was not set up has the limits that were given for each") {
    scheduler tasks{{}, {.running_tasks = 3}};
    tasks.set_limits(models[1], {.running_tasks = 1});
    for (const auto* model : models)
        for (int i = 0; i < 5; ++i) tasks.add(shot(model));
    CHECK(submits_at_once(tasks, {}) == 7);

    scheduler free;
    CHECK(free.limits("any") == wan::lane_limits{});
    for (int i = 0; i < 5; ++i) free.add(shot(models[0]));
    CHECK(submits_at_once(free, {}) == 5);
}

TEST_CASE("limits that were set before a model has tasks are kept, over the documented ones") {
    scheduler tasks{*account};
    tasks.set_limits(models[0], {.submits_per_second = 0, .running_tasks = 7});
    CHECK(tasks.limits(models[0]).running_tasks == 7);
    for (int i = 0; i < 10; ++i) tasks.add(shot(models[0]));
    CHECK(submits_at_once(tasks, {}) == 7);
}

TEST_CASE("a caller with one shot waits neither for the thousands of another one in its lane nor in others") {
    scheduler_world w{{.requests_at_once = 1}};
    for (int i = 0; i < 300; ++i)
        for (const auto* model : models) w.tasks.add(shot(model, "many"), 1);
    w.tasks.add(shot(models[1], "single"), 2);
    w.steps(60);
    const auto at = std::find(w.submitted_prompts.begin(), w.submitted_prompts.end(), "single");
    CHECK(at - w.submitted_prompts.begin() <= 6); // a turn of each lane and of each group
}

TEST_CASE("groups that submit take turns, whatever other groups upload meanwhile") {
    // Two groups submit; a third one, whose number is higher, sends queries and submits to another model.
    scheduler_world w{{}, {.submits_per_second = 1}};
    for (int i = 0; i < 10; ++i) {
        w.tasks.add(shot(models[0], "first"), 1);
        w.tasks.add(shot(models[0], "second"), 2);
        w.tasks.add(shot(models[1], "third"), 3);
    }
    w.run();
    std::vector<std::string> of_first_lane;
    for (const auto& prompt : w.submitted_prompts)
        if (prompt != "third") of_first_lane.push_back(prompt);
    for (std::size_t i = 1; i < of_first_lane.size(); ++i) CHECK(of_first_lane[i] != of_first_lane[i - 1]);
}

TEST_CASE("limits change at run time: what is sent from then on keeps the new ones") {
    scheduler tasks{{}, {.submits_per_second = 20}};
    for (int i = 0; i < 200; ++i) tasks.add(shot(models[0]));
    std::vector<wan::time_point> sent;
    unsigned id = 0;
    wan::time_point now{1h};
    const auto drive = [&](wan::time_point until) {
        sent.clear();
        while (now < until) {
            const auto todo = tasks.next(now);
            if (!todo.step.is_send()) {
                now = std::min(todo.step.wake_at(), until);
                continue;
            }
            if (todo.step.request_kind() == wan::request_kind::submit) sent.push_back(now);
            REQUIRE(tasks.receive(
                todo.task,
                todo.step.request_kind() == wan::request_kind::submit
                    ? answer(200, R"({"output":{"task_id":"task-)" + std::to_string(++id) + R"("}})")
                    : status("RUNNING"),
                now));
        }
    };
    drive(now + 2s);
    CHECK(sent.size() >= 38);
    const auto last = sent.back();
    tasks.set_limits(models[0], {.submits_per_second = 2});
    drive(now + 10s);
    CHECK(sent.front() - last >= 500ms);
    CHECK(most_per_second(sent) <= 2);
    CHECK(sent.size() >= 18);
    tasks.set_limits(models[0], {.submits_per_second = 10});
    const auto changed = now;
    drive(now + 2s);
    CHECK(sent.front() - changed <= 105ms);
    CHECK(most_per_second(sent) <= 10);
    CHECK(sent.size() >= 18);
}

TEST_CASE("fewer running tasks, and fewer requests at once, count as soon as they are set") {
    scheduler_world w{{.requests_at_once = 10}, {.running_tasks = 10}};
    for (int i = 0; i < 30; ++i) w.tasks.add(shot(models[0]));
    w.steps(15);
    CHECK(w.most_running == 10);
    w.tasks.set_limits(models[0], {.running_tasks = 2});
    w.tasks.set_limits({.requests_at_once = 1});
    CHECK(w.tasks.limits().requests_at_once == 1);
    w.most_out = 0;
    while (w.tasks.running() > 2) w.steps(1);
    const auto before = w.submits.size();
    CHECK(before == 10);
    w.most_running = 0;
    w.run();
    CHECK(w.submits.size() == 30);
    CHECK(w.most_running <= 2);
    w.tasks.set_limits({.requests_at_once = 0}); // one at least
    CHECK(w.tasks.limits().requests_at_once == 1);
}

TEST_CASE("a limit of the account that changes holds for all lanes") {
    scheduler_world w{{.queries_per_second = 20}};
    for (int i = 0; i < 30; ++i)
        for (const auto* model : models) w.tasks.add(shot(model));
    w.steps(150);
    w.tasks.set_limits({.queries_per_second = 3});
    w.queries.clear();
    w.run();
    CHECK(most_per_second(w.queries) <= 3);
    CHECK(w.outcomes.size() == 90);
}

namespace {

wan::task lost_shot(const std::string& model) {
    auto how = exact_policy();
    how.sole_user = true;
    auto request = test_shot();
    request.model = model;
    request.prompt = "p";
    return *wan::make_task(account, request, test_clock, how, wan::strictness::off);
}

/// The service's list has one task, of the model that is asked for, or of one that it does not tell. All have
/// the same prompt.
wan::http_result answer_of_list(const wan::http_request& request, bool tells_models) {
    if (request.method == wan::http_method::post) return maybe_sent();
    if (const auto at = request.url.find("model_name="); at != std::string::npos) {
        const auto begin = at + std::string{"model_name="}.size();
        const auto model = request.url.substr(begin, request.url.find('&', at) - begin);
        const auto told = tells_models ? R"(","model_name":")" + model : std::string{};
        return answer(200, R"({"data":[{"task_id":"task-)" + (tells_models ? model : "x") + told +
                               R"("}],"total_page":1})");
    }
    const auto id = request.url.substr(request.url.rfind('/') + 1);
    return answer(200,
                  R"({"output":{"task_id":")" + id +
                      R"(","task_status":"SUCCEEDED","video_url":"https://x/a.mp4","orig_prompt":"p"}})");
}

/// How many tasks end with a video.
std::size_t videos(scheduler& tasks, bool tells_models = true) {
    std::size_t found = 0;
    for (wan::time_point now{1h}; tasks.size() > 0;) {
        const auto todo = tasks.next(now);
        if (todo.step.is_send())
            REQUIRE(tasks.receive(todo.task, answer_of_list(todo.step.request(), tells_models), now));
        else if (todo.step.is_done())
            found += todo.step.outcome().succeeded();
        else
            now = todo.step.wake_at();
        REQUIRE(now < wan::time_point::max());
    }
    return found;
}

} // namespace

TEST_CASE("lost submits of one prompt and several models find their own tasks") {
    scheduler tasks;
    for (const auto* model : models) tasks.add(lost_shot(model));
    CHECK(videos(tasks) == 3);
}

TEST_CASE("lost submits of one prompt, whose models the list does not tell, take no task") {
    scheduler tasks;
    for (const auto* model : models) tasks.add(lost_shot(model));
    CHECK(videos(tasks, false) == 0);
}

TEST_CASE("a submit elsewhere contests the listed tasks of its own model") {
    scheduler tasks;
    const auto prompt = lost_shot(models[0]).prompt_hash();
    wan::resume_token token{.dialect = "dashscope",
                            .base_url = account->base_url,
                            .model = "WAN2.2-kf2v-flash",
                            .state = wan::task_state::submitting};
    std::size_t found = 2;
    SUBCASE("by token") {
        token.prompt_hash = lost_shot(models[0]).token().prompt_hash;
        tasks.contest(token);
    }
    SUBCASE("by prompt and model") { tasks.contest_prompt(prompt, models[0]); }
    SUBCASE("by prompt, of whichever model") {
        tasks.contest_prompt(prompt);
        found = 0;
    }
    SUBCASE("that was removed") {
        const auto removed = tasks.add(lost_shot(models[0]));
        REQUIRE(tasks.next(wan::time_point{1h}).step.is_send());
        REQUIRE(tasks.receive(removed, maybe_sent(), wan::time_point{1h}));
        REQUIRE(tasks.remove(removed));
    }
    SUBCASE("and is settled") {
        tasks.contest_prompt(prompt, models[0]);
        CHECK_FALSE(tasks.settle_prompt(prompt, models[1]));
        CHECK(tasks.settle_prompt(prompt, models[0]));
        found = 3;
    }
    SUBCASE("of two models, of which one is settled, whichever it was") {
        tasks.contest_prompt(prompt, models[0]);
        tasks.contest_prompt(prompt, models[1]);
        CHECK(tasks.settle_prompt(prompt));
        found = 0;
    }
    for (const auto* model : models) tasks.add(lost_shot(model));
    CHECK(videos(tasks) == found);
}
