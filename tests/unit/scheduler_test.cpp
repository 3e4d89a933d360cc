// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Many tasks under one account's limits, against a service that counts.
#include "support/doctest.hpp"
#include "support/files.hpp"
#include "support/scheduler_world.hpp"
#include "support/scripted_peer.hpp"
#include "support/store_peer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <deque>
#include <limits>
#include <map>
#include <set>
#include <stdexcept>

TEST_SUITE_BEGIN("scheduler");

using namespace support;
using wan::scheduler;
using wan::task_ending;
using wan::task_state;

namespace {

const auto service_name = std::make_shared<const wan::provider>(test_provider());
const auto policy = std::make_shared<const wan::policy>(exact_policy());

wan::task shot(const std::string& prompt = "p") {
    auto request = test_shot();
    request.prompt = prompt;
    return *wan::make_task(service_name, request, wan::no_wall_clock, policy);
}

} // namespace

TEST_CASE("all tasks come to their videos, and none is submitted twice") {
    scheduler_world w;
    for (int i = 0; i < 300; ++i) w.tasks.add(shot(std::to_string(i)));
    w.run();
    CHECK(w.outcomes.size() == 300);
    for (const auto& o : w.outcomes) CHECK(o.succeeded());
    CHECK(std::set<std::string>(w.submitted_prompts.begin(), w.submitted_prompts.end()).size() == 300);
    CHECK(w.submits.size() == 300);
    CHECK(w.tasks.size() == 0);
    CHECK(w.tasks.running() == 0);
    CHECK(w.tasks.requests_in_flight() == 0);
}

TEST_CASE("an account's limits are kept: nobody is told to slow down") {
    scheduler_world w{{.queries_per_second = 3, .requests_at_once = 4},
                      {.submits_per_second = 2, .running_tasks = 5}};
    for (int i = 0; i < 60; ++i) w.tasks.add(shot());
    w.run();
    CHECK(w.outcomes.size() == 60);
    CHECK(most_per_second(w.submits) <= 2);
    CHECK(most_per_second(w.queries) <= 3);
    CHECK(w.most_out <= 4);
    CHECK(w.most_running <= 5);
}

TEST_CASE("a caller with one shot does not wait for one with hundreds") {
    scheduler_world w{{}, {.running_tasks = 2}};
    for (int i = 0; i < 100; ++i) w.tasks.add(shot("many"), 1);
    w.tasks.add(shot("single"), 2);
    w.steps(200);
    const auto at = std::find(w.submitted_prompts.begin(), w.submitted_prompts.end(), "single");
    CHECK(at - w.submitted_prompts.begin() <= 2);
}

TEST_CASE("one request at a time is enough") {
    scheduler_world w{{.requests_at_once = 0}};
    for (int i = 0; i < 5; ++i) w.tasks.add(shot());
    w.run();
    CHECK(w.outcomes.size() == 5);
    CHECK(w.most_out == 1);
}

TEST_CASE("stop: what was not submitted never is, what is out is awaited, and what runs can be resumed") {
    scheduler_world w{{}, {.running_tasks = 3}};
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
        CHECK(o.ending == task_ending::stopped);
        resumable += !o.task_id.empty();
    }
    CHECK(resumable == 3);
}

TEST_CASE("one of many is canceled before its turn comes") {
    scheduler_world w{{}, {.running_tasks = 1}};
    w.tasks.add(shot("first"));
    const auto second = w.tasks.add(shot("second"));
    w.tasks.add(shot("third"));
    w.steps(4);
    REQUIRE(w.tasks.cancel(second));
    w.run();
    CHECK(w.submitted_prompts == std::vector<std::string>{"first", "third"});
    std::size_t canceled = 0;
    for (const auto& o : w.outcomes) canceled += o.ending == task_ending::canceled;
    CHECK(canceled == 1);
}

TEST_CASE("requests to cancel wait for their turn as well") {
    wan::time_point now{};
    scheduler tasks{{.cancels_per_second = 1, .requests_at_once = 2}};
    const std::array all{tasks.add(shot("a")), tasks.add(shot("b")), tasks.add(shot("c"))};
    for (int sent = 0; sent < 3; ++sent) {
        const auto todo = tasks.next(now);
        REQUIRE(todo.step.is_send());
        REQUIRE(tasks.receive(todo.task,
                              answer(200, R"({"output":{"task_status":"PENDING","task_id":"task-)" +
                                              std::to_string(sent) + R"("}})"),
                              now));
    }
    for (const auto one : all) REQUIRE(tasks.cancel(one));
    for (int sent = 0; sent < 2; ++sent) {
        CHECK(tasks.next(now).step.request().url.ends_with("/cancel"));
        const auto wait = tasks.next(now).step;
        REQUIRE(wait.is_wait());
        if (sent == 0) CHECK(wait.wake_at() == now + 1030ms);
        now += 1100ms;
    }
    CHECK(tasks.requests_in_flight() == 2);
    CHECK(tasks.next(now).step.is_wait());
    CHECK(tasks.requests_in_flight() == 2);
}

TEST_CASE("the end of one request is not taken for that of the next, however late or often it is told") {
    wan::time_point now{};
    scheduler tasks;
    const auto handle = tasks.add(shot());
    const auto first = tasks.next(now);
    REQUIRE(first.step.is_send());
    REQUIRE(tasks.receive(first.task, failure(429, "Throttling"), now));
    now = tasks.next(now).step.wake_at();
    const auto second = tasks.next(now);
    REQUIRE(second.step.is_send());
    CHECK(first.task == second.task);
    CHECK(handle == second.task);

    // It would be sent a third time, though the second one was accepted.
    CHECK(tasks.receive(first.task, failure(429, "Throttling"), now).error().category ==
          wan::error_category::misuse);
    CHECK(tasks.find(handle)->state() == task_state::submitting);
    CHECK(tasks.requests_in_flight() == 1);
    CHECK(tasks.receive(second.task, submitted(), now));
    CHECK(tasks.find(handle)->task_id() == "task-1");
}

TEST_CASE("a handle names its task only until the task is done") {
    scheduler_world w;
    const auto first = w.tasks.add(shot());
    REQUIRE(w.tasks.find(first) != nullptr);
    CHECK(w.tasks.find(first)->state() == task_state::ready);
    w.run();
    (void)w.tasks.next(w.now);
    CHECK(w.tasks.find(first) == nullptr);
    const auto second = w.tasks.add(shot());
    CHECK(second.index == first.index);
    CHECK_FALSE(second == first);
    CHECK(w.tasks.cancel(first).error().category == wan::error_category::misuse);
    CHECK(w.tasks.stop(first).error().category == wan::error_category::misuse);
    CHECK(w.tasks.receive(first, not_sent(), w.now).error().category == wan::error_category::misuse);
    CHECK(w.tasks.receive(second, not_sent(), w.now).error().category == wan::error_category::misuse);
}

TEST_CASE("the answer to a submit that was given up names the task, however late it comes") {
    scheduler tasks;
    const auto late = tasks.add(shot());
    wan::time_point now{};
    const auto sent = tasks.next(now);
    REQUIRE(sent.step.is_send());
    now += 150s; // the host stood still
    const auto done = tasks.next(now);
    REQUIRE(done.step.is_done());
    CHECK(done.step.outcome().ending == task_ending::submit_unknown);
    CHECK(tasks.size() == 0);
    SUBCASE("after other steps") {
        CHECK(tasks.next(now).step.is_wait());
        const auto other = tasks.add(shot("other"));
        CHECK_FALSE(other == late);
        CHECK_FALSE(tasks.stop(late));
        CHECK_FALSE(tasks.cancel(late));
        tasks.stop_all();
        REQUIRE(tasks.next(now).task == other);
        CHECK(tasks.next(now).step.is_wait());
    }
    SUBCASE("at once") {}
    REQUIRE(tasks.receive(sent.task, submitted(), now));
    REQUIRE(tasks.find(late) != nullptr);
    const auto token = tasks.find(late)->token();
    CHECK(token.task_id == "task-1");
    CHECK(wan::resume_task(test_provider(), token, wan::no_wall_clock));
    CHECK(tasks.next(now).step.is_wait());
    CHECK(tasks.find(late) == nullptr);
    CHECK_FALSE(tasks.receive(sent.task, submitted(), now));
    CHECK(tasks.size() == 0);
}

#ifdef __cpp_exceptions
TEST_CASE("what a function of the host's throws, in whichever call, leaves the task where it was") {
    struct calls {
        int made, bad;
    } count{0, 1};
    SUBCASE("while an answer is read") {}
    SUBCASE("while a step is made") { count.bad = 2; }

    auto how = exact_policy();
    how.sole_user = true;
    how.known = {[](const void* context, std::string_view) -> bool {
                     auto& [made, bad] = *static_cast<calls*>(const_cast<void*>(context));
                     if (++made == bad) throw std::runtime_error("the host's");
                     return false;
                 },
                 &count};
    auto request = test_shot();
    request.prompt = "a lamp";
    scheduler tasks;
    tasks.add(*wan::make_task(service_name, request, test_clock, std::make_shared<const wan::policy>(how)));
    const auto peer = [](const wan::http_request& sent) {
        if (sent.method == wan::http_method::post) return maybe_sent();
        if (sent.url.find("/tasks/?") != std::string::npos)
            return answer(
                200, R"({"data":[{"task_id":"task-1","model_name":"wan2.2-kf2v-flash"}],"total_page":1})");
        return answer(
            200,
            R"({"output":{"task_id":"task-1","task_status":"SUCCEEDED","video_url":"https://x/v.mp4","orig_prompt":"a lamp"}})");
    };
    wan::time_point now{};
    int thrown = 0, told = 0;
    for (int i = 0; i < 1000 && told == 0; ++i) {
        try {
            const auto todo = tasks.next(now);
            REQUIRE((todo.step.is_send() || todo.step.is_done() ||
                     todo.step.wake_at() != wan::time_point::max()));
            if (todo.step.is_send())
                tasks.receive(todo.task, peer(todo.step.request()), now);
            else if (todo.step.is_done())
                told += todo.step.outcome().ending == task_ending::succeeded;
            else
                now = todo.step.wake_at();
        } catch (const std::runtime_error&) { ++thrown; }
    }
    CHECK(thrown == 1);
    CHECK(told == 1);
}
#endif

TEST_CASE("an executor that never tells the end of its requests holds nobody up for ever") {
    scheduler tasks{{.requests_at_once = 1}};
    tasks.add(shot("lost"));
    tasks.add(shot("next"));
    wan::time_point now{};
    auto todo = tasks.next(now);
    REQUIRE(todo.step.is_send());
    std::string ends;
    for (int i = 0; i < 20 && tasks.size() > 0; ++i) {
        todo = tasks.next(now);
        if (todo.step.is_wait()) now = std::max(now, todo.step.wake_at());
        if (todo.step.is_done()) ends.append(to_wire(todo.step.outcome().ending)).append(" ");
    }
    CHECK(ends == "submit_unknown submit_unknown ");
    CHECK(tasks.requests_in_flight() == 0);
}

TEST_CASE("tasks that were resumed take the account's places") {
    scheduler_world w{{}, {.running_tasks = 1}};
    wan::resume_token token{.dialect = "dashscope",
                            .base_url = service_name->base_url,
                            .model = "wan2.2-kf2v-flash",
                            .state = task_state::waiting,
                            .task_id = "old"};
    w.tasks.add(*wan::resume_task(service_name, token, wan::no_wall_clock, policy));
    w.tasks.add(shot());
    const auto todo = w.tasks.next(w.now);
    REQUIRE(todo.step.is_send());
    CHECK(todo.step.request().method == wan::http_method::get);
    CHECK(w.tasks.next(w.now).step.is_wait());
}

TEST_CASE("the limits of an account are those of its provider, and of a model those of its row") {
    const auto account = wan::limits_of(*service_name);
    CHECK(account.queries_per_second == 20);
    CHECK(account.lists_per_second == 20);
    CHECK(account.cancels_per_second == 20);
    const auto lane = wan::limits_of(*service_name, "wan2.6-i2v");
    CHECK(lane.submits_per_second == 5);
    CHECK(lane.running_tasks == 5);
    CHECK(lane.upload_policies_per_second == 100);
    CHECK(wan::limits_of(*service_name, "unheard of").running_tasks == 0);
}

TEST_CASE("a task that queues for its next query ends at its deadline, not when its turn comes") {
    scheduler_world w{{.queries_per_second = 0.001}};
    auto how = exact_policy();
    how.deadline = 5min;
    for (int i = 0; i < 3; ++i)
        w.tasks.add(*wan::make_task(service_name, test_shot(), wan::no_wall_clock,
                                    std::make_shared<const wan::policy>(how)));
    const auto begin = w.now;
    w.run();
    REQUIRE(w.outcomes.size() == 3);
    CHECK(std::count_if(w.outcomes.begin(), w.outcomes.end(), [](const auto& o) {
              return o.ending == task_ending::deadline && !o.task_id.empty();
          }) >= 2);
    CHECK(w.now == begin + 5min);
}

TEST_CASE("a rate of next to nothing lets the second one wait for its deadline") {
    for (const double rate : {1e-12, 1e-18, 1e-300, std::numeric_limits<double>::denorm_min()}) {
        CAPTURE(rate);
        scheduler_world w{{}, {.submits_per_second = rate}};
        for (int i = 0; i < 2; ++i) w.tasks.add(shot(std::to_string(i)));
        REQUIRE(w.tasks.next(w.now).step.is_send());
        const auto rest = w.tasks.next(w.now).step;
        REQUIRE(rest.is_wait());
        CHECK(rest.wake_at() >= w.now + 1min);
    }
}

TEST_CASE("all tokens can be had at any time") {
    scheduler_world w{{}, {.submits_per_second = 1}};
    for (int i = 0; i < 3; ++i) w.tasks.add(shot(std::to_string(i)));
    w.steps(1);
    std::map<task_state, int> states;
    w.tasks.for_each([&](scheduler::handle of, const wan::task& t) {
        CHECK(w.tasks.find(of) == &t);
        ++states[t.token().state];
    });
    CHECK(states[task_state::ready] == 2);
    CHECK(states[task_state::submitting] == 1);
}

namespace {

/// A list of tasks without prompts, all made after the wall clock's time.
wan::http_result listed(std::initializer_list<const char*> ids) {
    std::string rows;
    for (const auto* id : ids)
        rows.append(rows.empty() ? "" : ",")
            .append(R"({"task_id":")")
            .append(id)
            .append(R"(","model_name":"wan2.2-kf2v-flash"})");
    return answer(200, R"({"data":[)" + rows + R"(],"total_page":1})");
}

wan::policy of_sole_user() {
    auto how = exact_policy();
    how.poll = {30min, 1, 30min}; // so that a search comes first
    how.submit_timeout = 1s;      // so that the first look counts
    how.sole_user = true;         // so that a listed task may be taken at all
    return how;
}
wan::task without_prompt() { return *wan::make_task(service_name, test_shot(), test_clock, of_sole_user()); }
/// It does not wait for those without.
wan::task with_prompt() {
    auto request = test_shot();
    request.prompt = "p";
    return *wan::make_task(service_name, request, test_clock, of_sole_user());
}
/// Another process sent its submit, and died.
wan::task lost_without_prompt() {
    auto one = without_prompt();
    REQUIRE(one.next({}).is_send());
    return *wan::resume_task(service_name, one.token(), test_clock,
                             std::make_shared<const wan::policy>(of_sole_user()));
}

/// The next request of a task, whatever comes before it.
const wan::http_request& next_request(scheduler& tasks, scheduler::handle of, wan::time_point& now) {
    for (int i = 0; i < 100; ++i) {
        const auto todo = tasks.next(now);
        if (todo.step.is_send()) {
            REQUIRE(todo.task == of);
            return todo.step.request();
        }
        REQUIRE(todo.step.is_wait());
        now = todo.step.wake_at();
    }
    FAIL("no request");
    std::abort();
}

} // namespace

TEST_CASE("a lost submit is not taken to be a sibling's task that has ended already") {
    wan::time_point now{};
    scheduler tasks;
    const auto first = tasks.add(without_prompt());
    next_request(tasks, first, now);
    REQUIRE(tasks.receive(first, submitted(), now));
    next_request(tasks, first, now);
    REQUIRE(tasks.receive(first, succeeded(), now));
    REQUIRE(tasks.next(now).step.is_done());

    const auto second = tasks.add(without_prompt());
    next_request(tasks, second, now);
    REQUIRE(tasks.receive(second, maybe_sent(), now));
    for (int look = 0; look < 2; ++look) {
        CHECK(next_request(tasks, second, now).url.find("/tasks/?") != std::string::npos);
        REQUIRE(tasks.receive(second, listed({"task-1"}), now));
    }
    const auto end = tasks.next(now);
    REQUIRE(end.step.is_done());
    CHECK(end.step.outcome().ending == task_ending::submit_unknown);
    CHECK(end.step.outcome().candidates.empty());
}

TEST_CASE("a lost submit is not taken to be the task of a sibling whose answer is still to come") {
    wan::time_point now{};
    scheduler tasks;
    const auto lost = tasks.add(without_prompt());
    next_request(tasks, lost, now);
    REQUIRE(tasks.receive(lost, maybe_sent(), now));
    const auto slow = tasks.add(with_prompt());
    REQUIRE(tasks.next(now).task == slow);
    next_request(tasks, lost, now);
    REQUIRE(tasks.receive(lost, listed({"task-1"}), now));

    // Nobody knows yet whose it is.
    REQUIRE(tasks.next(now).step.is_wait());
    SUBCASE("it was the sibling's") {
        REQUIRE(tasks.receive(slow, submitted(), now));
        for (int look = 0; look < 2; ++look) {
            CHECK(next_request(tasks, lost, now).url.find("/tasks/?") != std::string::npos);
            REQUIRE(tasks.receive(lost, listed({"task-1"}), now));
            if (look == 0) continue;
            const auto end = tasks.next(now);
            REQUIRE(end.step.is_done());
            CHECK(end.step.outcome().ending == task_ending::submit_unknown);
            CHECK(end.step.outcome().candidates.empty());
        }
    }
    SUBCASE("it was not") {
        REQUIRE(tasks.receive(slow, answer(200, R"({"output":{"task_status":"PENDING","task_id":"task-2"}})"),
                              now));
        auto asked = next_request(tasks, lost, now).url;
        unsigned looks = 0;
        for (; asked.find("/tasks/?") != std::string::npos && looks < 20; ++looks) {
            REQUIRE(tasks.receive(lost, listed({"task-1", "task-2"}), now));
            asked = next_request(tasks, lost, now).url;
        }
        CHECK(asked.ends_with("/tasks/task-1"));
        CHECK(looks >= wan::policy{}.max_searches - 1); // without a prompt it is a guess
    }
}

TEST_CASE("a lost submit is not taken to be the task of a submit outside of the scheduler") {
    wan::time_point now{};
    scheduler tasks;
    tasks.contest_prompt(0); // without a prompt
    const auto lost = tasks.add(without_prompt());
    next_request(tasks, lost, now);
    REQUIRE(tasks.receive(lost, maybe_sent(), now));
    for (int i = 0; i < 100; ++i) {
        const auto todo = tasks.next(now);
        if (todo.step.is_done()) {
            CHECK(todo.step.outcome().ending == task_ending::submit_unknown);
            CHECK(todo.step.outcome().candidates.size() == 1);
            return;
        }
        if (todo.step.is_send()) {
            CHECK(todo.step.request().url.find("/tasks/?") != std::string::npos);
            REQUIRE(tasks.receive(todo.task, listed({"task-1"}), now));
        } else {
            now = todo.step.wake_at();
        }
    }
    FAIL("no end");
}

TEST_CASE("thousands of submits do not keep tasks that run from being asked for") {
    scheduler_world w{{.requests_at_once = 1}};
    w.makes_in = 1s;
    for (int i = 0; i < 300; ++i) w.tasks.add(shot(std::to_string(i)));
    w.steps(300);
    CHECK(w.queries.size() > 20);
    w.run();
}

TEST_CASE("of two lost submits with the same prompt, neither takes the only task that is listed") {
    wan::time_point now{};
    scheduler tasks;
    for (int i = 0; i < 2; ++i) tasks.add(lost_without_prompt());
    int ends = 0;
    for (int i = 0; i < 100 && ends < 2; ++i) {
        const auto todo = tasks.next(now);
        if (todo.step.is_send()) {
            REQUIRE(todo.step.request().url.find("/tasks/?") != std::string::npos);
            REQUIRE(tasks.receive(todo.task, listed({"task-1"}), now));
        } else if (todo.step.is_done()) {
            ++ends;
            CHECK(todo.step.outcome().ending == task_ending::submit_unknown);
            CHECK(todo.step.outcome().candidates.size() == 1);
        } else {
            now = todo.step.wake_at();
        }
    }
    CHECK(ends == 2);
}

TEST_CASE("tasks that share a policy and are accepted at once are not asked for at once") {
    auto how = exact_policy();
    how.jitter = 0.1;
    const auto shared = std::make_shared<const wan::policy>(how);
    scheduler tasks;
    std::set<wan::time_point> wakes;
    for (int i = 0; i < 20; ++i) {
        const auto one = tasks.add(*wan::make_task(service_name, test_shot(), wan::no_wall_clock, shared));
        const auto todo = tasks.next({});
        REQUIRE(todo.task == one);
        REQUIRE(tasks.receive(
            todo.task, answer(200, R"({"output":{"task_id":"task-)" + std::to_string(i) + R"("}})"), {}));
        wakes.insert(tasks.find(one)->progress().wake_at);
    }
    CHECK(wakes.size() > 15);
}

TEST_CASE("a submit that is sent again because it is not listed waits for its turn like any other") {
    wan::time_point now{};
    auto how = exact_policy();
    how.submit_again_if_not_listed = true;
    how.submit_timeout = 1s; // so that the first look counts
    scheduler tasks{{}, {.submits_per_second = 0.01}};
    const auto lost = tasks.add(*wan::make_task(service_name, test_shot(), checked_clock, how));
    next_request(tasks, lost, now);
    REQUIRE(tasks.receive(lost, maybe_sent(), now));
    for (int look = 0; look < 2; ++look) {
        CHECK(next_request(tasks, lost, now).url.find("/tasks/?") != std::string::npos);
        REQUIRE(tasks.receive(lost, listed({}), now));
    }
    CHECK(next_request(tasks, lost, now).method == wan::http_method::post);
    CHECK(now == wan::time_point{105s - 20ms});
}

namespace {

/// When the submits of many tasks go out that are due at once, by a host that looks at its tasks at these
/// times: when it is told to, or once a frame. Each submit is accepted at once.
std::vector<wan::time_point> submits_at(double limit, std::chrono::milliseconds frame, std::size_t count) {
    scheduler tasks{{.requests_at_once = 1000}, {.submits_per_second = limit}};
    for (std::size_t i = 0; i < count; ++i) tasks.add(shot());
    std::vector<wan::time_point> sent;
    wan::time_point now{1h};
    while (sent.size() < count) {
        const auto todo = tasks.next(now);
        if (!todo.step.is_send()) {
            now = frame > 0ms ? now + frame : todo.step.wake_at();
        } else if (todo.step.request_kind() == wan::request_kind::submit) {
            sent.push_back(now);
            REQUIRE(tasks.receive(
                todo.task,
                answer(200, R"({"output":{"task_id":"task-)" + std::to_string(sent.size()) + R"("}})"), now));
        } else {
            REQUIRE(tasks.receive(todo.task, status("RUNNING"), now));
        }
    }
    return sent;
}

} // namespace

namespace {

/// When a task that starts then submits again, if every submit is put off.
std::vector<std::chrono::nanoseconds> resubmits(const std::string& prompt, const wan::policy& how,
                                                wan::time_point start) {
    auto request = test_shot();
    request.prompt = prompt;
    auto task = *wan::make_task(service_name, request, wan::no_wall_clock, how);
    std::vector<std::chrono::nanoseconds> times;
    for (auto now = start; times.size() < 5;) {
        const auto step = task.next(now);
        if (step.is_wait()) {
            now = step.wake_at();
            continue;
        }
        times.push_back(now - start);
        REQUIRE(task.receive(failure(429, "Throttling.RateQuota"), now));
    }
    return times;
}

} // namespace

TEST_CASE("processes whose submits are all put off at once do not submit again at once") {
    std::set<std::vector<std::chrono::nanoseconds>> times;
    for (int process = 0; process < 5; ++process)
        times.insert(resubmits("shot " + std::to_string(process), {}, wan::time_point{1h}));
    CHECK(times.size() == 5); // other prompts
    for (int process = 1; process < 5; ++process)
        times.insert(resubmits("shot 0", {}, wan::time_point{1h + process * 1us}));
    CHECK(times.size() == 9); // the same prompt, other clocks

    wan::policy seeded;
    seeded.jitter_seed = 42;
    CHECK(resubmits("shot 0", seeded, wan::time_point{1h}) ==
          resubmits("shot 0", seeded, wan::time_point{2h}));
    CHECK(resubmits("shot 0", seeded, wan::time_point{1h}) !=
          resubmits("shot 1", seeded, wan::time_point{1h}));
    CHECK(resubmits("shot 0", {}, wan::time_point{1h}) == resubmits("shot 0", {}, wan::time_point{1h}));
}

TEST_CASE("no half-open second has more requests than the limit, and 95 % of it are used") {
    for (const double limit : {1.0, 2.0, 2.5, 5.0, 20.0 / 3, 20.0, 100.0})
        for (const auto frame : {0ms, 7ms, 16ms, 300ms}) {
            CAPTURE(limit);
            CAPTURE(frame.count());
            const auto sent = submits_at(limit, frame, 150);
            const auto whole = std::floor(limit);
            CHECK(most_per_second(sent) <= whole);
            CHECK(most_per_second(sent, std::chrono::duration<double>{std::ceil(limit) / limit}) <=
                  std::ceil(limit));
            CHECK(most_per_second(sent, std::chrono::duration<double>{5 * std::ceil(limit) / limit}) <=
                  5 * std::ceil(limit));
            if (frame > 20ms) continue; // it cannot keep the pace
            const std::chrono::duration<double> all = sent.back() - sent.front();
            CHECK(static_cast<double>(sent.size() - 1) / all.count() >= 0.95 * whole);
        }
}

TEST_CASE("a limit below one per second lets one through in its time") {
    for (const double limit : {0.1, 0.3, 0.5, 0.99}) {
        CAPTURE(limit);
        const auto sent = submits_at(limit, 0ms, 20);
        CHECK(most_per_second(sent, std::chrono::duration<double>{1 / limit}) == 1);
        CHECK(std::chrono::duration<double>{sent.back() - sent.front()}.count() <= 19 / limit / 0.95);
    }
}

TEST_CASE("each kind of request has a limit of its own") {
    using wan::request_kind;
    wan::time_point now{};
    scheduler tasks{{.queries_per_second = 0.01, .lists_per_second = 0.01, .cancels_per_second = 0.01},
                    {.submits_per_second = 0.01}};
    auto how = exact_policy();
    wan::resume_token lost{.dialect = "dashscope",
                           .base_url = service_name->base_url,
                           .model = "wan2.2-kf2v-flash",
                           .state = task_state::submitting,
                           .started_at = 1'770'000'000};
    auto known = lost;
    known.state = task_state::waiting;
    std::vector<request_kind> sent;
    const auto all_that_may_go = [&] {
        for (auto todo = tasks.next(now); todo.step.is_send(); todo = tasks.next(now))
            sent.push_back(todo.step.request_kind());
        std::sort(sent.begin(), sent.end());
        return std::exchange(sent, {});
    };
    for (int i = 0; i < 3; ++i) {
        tasks.add(shot());
        tasks.add(*wan::resume_task(service_name, lost, test_clock, how));
        known.task_id = "queried-" + std::to_string(i);
        tasks.add(*wan::resume_task(service_name, known, test_clock, how));
        known.task_id = "canceled-" + std::to_string(i);
        REQUIRE(tasks.cancel(tasks.add(*wan::resume_task(service_name, known, test_clock, how))));
    }
    const std::vector each{request_kind::submit, request_kind::query, request_kind::list,
                           request_kind::cancel};
    CHECK(all_that_may_go() == each);
    now += 50s;
    CHECK(all_that_may_go().empty());
    now += 55s;
    CHECK(all_that_may_go() == each);
}

TEST_CASE(
    "a task that is to be canceled while it queues for its query does not wait for the limit of queries") {
    wan::time_point now{};
    scheduler tasks{{.queries_per_second = 0.01}};
    wan::resume_token token{.dialect = "dashscope",
                            .base_url = service_name->base_url,
                            .model = "wan2.2-kf2v-flash",
                            .state = task_state::waiting,
                            .task_id = "first"};
    tasks.add(*wan::resume_task(service_name, token, wan::no_wall_clock, policy));
    token.task_id = "second";
    const auto second = tasks.add(*wan::resume_task(service_name, token, wan::no_wall_clock, policy));
    REQUIRE(tasks.next(now).step.request_kind() == wan::request_kind::query);
    REQUIRE(tasks.next(now).step.is_wait());
    REQUIRE(tasks.cancel(second));
    const auto todo = tasks.next(now);
    CHECK(todo.task == second);
    CHECK(todo.step.request_kind() == wan::request_kind::cancel);
}

TEST_CASE(
    "a file whose upload policy expires while the upload queues waits for the limit of upload policies") {
    wan::time_point now{};
    scheduler tasks{{.requests_at_once = 2}, {.upload_policies_per_second = 0.001}};
    auto with_file = test_shot();
    with_file.first_frame_url =
        wan::media{shared_bytes(png({750, 1000}), true), {}, wan::media_transfer::upload};
    const auto uploads = tasks.add(*wan::make_task(service_name, with_file, wan::no_wall_clock, policy));
    const auto asked = tasks.next(now);
    REQUIRE(asked.step.request_kind() == wan::request_kind::upload_policy);
    REQUIRE(tasks.requests_in_flight() == 1);
    wan::resume_token token{.dialect = "dashscope",
                            .base_url = service_name->base_url,
                            .model = "wan2.2-kf2v-flash",
                            .state = task_state::waiting,
                            .task_id = "first"};
    tasks.add(*wan::resume_task(service_name, token, wan::no_wall_clock, policy));
    REQUIRE(tasks.next(now).step.request_kind() == wan::request_kind::query);
    token.task_id = "second";
    // its turn comes before that of the file
    REQUIRE(tasks.cancel(tasks.add(*wan::resume_task(service_name, token, wan::no_wall_clock, policy))));
    auto granted = *store_peer::policy("dir");
    const auto at = granted.body.find("\"expire_in_seconds\":300");
    REQUIRE(at != std::string::npos);
    granted.body.replace(at, 23, "\"expire_in_seconds\":20");
    REQUIRE(tasks.receive(asked.task, granted, now));
    const auto cancel = tasks.next(now);
    REQUIRE(cancel.step.request_kind() == wan::request_kind::cancel);
    REQUIRE(tasks.next(now).step.is_wait()); // two requests are in flight
    now += 25s;
    REQUIRE(tasks.receive(cancel.task, failure(400, "UnsupportedOperation"), now));
    CHECK(tasks.next(now).step.is_wait());
    CHECK(tasks.find(uploads)->requests_in_flight() == 0);
}

TEST_CASE("tasks are submitted in the order in which they were added, those of one group among themselves") {
    scheduler_world w{{}, {.submits_per_second = 2}};
    std::vector<std::string> first, second;
    for (int i = 0; i < 30; ++i) {
        first.push_back("first " + std::to_string(i));
        second.push_back("second " + std::to_string(i));
        w.tasks.add(shot(first.back()), 1);
        w.tasks.add(shot(second.back()), 2);
    }
    w.run();
    std::vector<std::string> of_first, of_second;
    for (const auto& prompt : w.submitted_prompts)
        (prompt.starts_with("first") ? of_first : of_second).push_back(prompt);
    CHECK(of_first == first);
    CHECK(of_second == second);

    // In slots that were used before, too.
    w.submitted_prompts.clear();
    for (const auto& prompt : first) w.tasks.add(shot(prompt));
    w.run();
    CHECK(w.submitted_prompts == first);
}

TEST_CASE("a task in back-off leaves its running place to another one") {
    wan::time_point now{};
    scheduler tasks{{}, {.running_tasks = 1}};
    const auto first = tasks.add(shot("first"));
    const auto second = tasks.add(shot("second"));
    const auto sent = tasks.next(now);
    REQUIRE(sent.task == first);
    CHECK(tasks.running() == 1);
    CHECK(tasks.next(now).step.is_wait());
    REQUIRE(tasks.receive(first, failure(429, "Throttling.RateQuota"), now));
    CHECK(tasks.running() == 0);
    const auto other = tasks.next(now);
    REQUIRE(other.step.is_send());
    CHECK(other.task == second);
    CHECK(tasks.running() == 1);
}

TEST_CASE(
    "the last time point there is does not overflow: the host that was told to wait for ever passes it") {
    constexpr auto last = wan::time_point::max();
    scheduler tasks{{}, {.submits_per_second = 2, .running_tasks = 1}};
    CHECK(tasks.next(wan::time_point{1h}).step.wake_at() == last);
    for (int i = 0; i < 3; ++i) tasks.add(shot());
    int ends = 0;
    for (int i = 0; i < 100 && tasks.size() > 0; ++i) {
        const auto todo = tasks.next(last);
        ends += todo.step.is_done();
        if (todo.step.is_send()) REQUIRE(tasks.receive(todo.task, submitted(), last));
    }
    CHECK(ends == 3);

    scheduler running;
    const auto late = running.add(shot());
    wan::time_point now{1h};
    REQUIRE(running.next(now).step.is_send());
    REQUIRE(running.receive(late, submitted(), now));
    const auto end = running.next(last);
    REQUIRE(end.step.is_done());
    CHECK(end.step.outcome().ending == task_ending::deadline);

    auto alone = shot();
    CHECK(alone.next(last).is_done());
    CHECK(alone.outcome()->ending == task_ending::deadline);
}

TEST_CASE("what was told is not kept for ever, though the executor never answers") {
    scheduler tasks;
    wan::time_point now{1h};
    const auto give_up = [&](scheduler::handle of) {
        for (int i = 0; i < 10; ++i) {
            const auto todo = tasks.next(now);
            if (todo.step.is_done()) {
                CHECK(todo.task == of);
                CHECK(todo.step.outcome().ending == task_ending::submit_unknown);
                return;
            }
            if (!todo.step.is_send()) now = todo.step.wake_at();
        }
        FAIL("no end");
    };
    const auto first = tasks.add(shot());
    give_up(first);
    std::uint32_t most = 0;
    for (int i = 0; i < 200; ++i) {
        const auto next = tasks.add(shot());
        give_up(next);
        most = std::max(most, next.index);
    }
    CHECK(most < 40); // the tasks of an hour
    CHECK(tasks.find(first) == nullptr);
    CHECK(tasks.receive(first, submitted(), now).error().category == wan::error_category::misuse);

    const auto late = tasks.add(shot());
    give_up(late);
    const auto at = now;
    CHECK(tasks.next(at + 59min).step.is_wait());
    CHECK(tasks.receive(late, submitted(), at + 59min));
    CHECK(tasks.find(late)->task_id() == "task-1");
    CHECK(tasks.next(at + 59min).step.is_wait());
    CHECK(tasks.find(late) == nullptr);
}

TEST_CASE("a task in the slot of one that was canceled while it queued has a place in its own group alone") {
    wan::time_point now{};
    scheduler tasks{{}, {.running_tasks = 1, .upload_policies_per_second = 0.01}};
    auto with_file = test_shot();
    with_file.first_frame_url =
        wan::media{shared_bytes(png({750, 1000}), true), {}, wan::media_transfer::upload};
    const auto upload = [&] { return *wan::make_task(service_name, with_file, wan::no_wall_clock, policy); };
    const auto sends = [&](scheduler::handle of) {
        for (int i = 0; i < 20; ++i) {
            const auto todo = tasks.next(now);
            if (todo.step.is_send()) {
                REQUIRE(tasks.receive(todo.task, failure(400, "InvalidParameter"), now));
                return todo.task == of;
            }
            if (todo.step.is_wait() && todo.step.wake_at() != wan::time_point::max())
                now = todo.step.wake_at();
        }
        return false;
    };
    CHECK(sends(tasks.add(upload()))); // the next one has to wait
    const auto runs = tasks.add(shot());
    while (!tasks.next(now).step.is_send()) {}
    const auto first = tasks.add(shot(), 1), canceled = tasks.add(shot(), 1);
    REQUIRE(tasks.next(now).step.is_wait());
    REQUIRE(tasks.cancel(canceled));
    REQUIRE(tasks.next(now).step.is_done());
    REQUIRE(tasks.next(now).step.is_wait());
    const auto second = tasks.add(upload(), 2);
    REQUIRE(second.index == canceled.index);
    REQUIRE(tasks.next(now).step.is_wait());
    REQUIRE(tasks.receive(runs, failure(400, "InvalidParameter"), now));
    CHECK(sends(first));
    CHECK(sends(second));
    CHECK(sends(tasks.add(shot(), 1)));
}

TEST_CASE("the late rejection of a submit that was given up is shown by find until the next call, and "
          "contests nothing any more") {
    scheduler tasks;
    wan::time_point now{};
    const auto late = tasks.add(shot());
    const auto sent = tasks.next(now);
    REQUIRE(sent.step.is_send());
    now += 150s; // the host stood still
    const auto done = tasks.next(now);
    REQUIRE(done.step.is_done());
    CHECK(done.step.outcome().ending == task_ending::submit_unknown);
    SUBCASE("after other steps") { CHECK(tasks.next(now).step.is_wait()); }
    SUBCASE("at once") {}
    REQUIRE(tasks.receive(sent.task, failure(400, "InvalidParameter"), now));
    REQUIRE(tasks.find(late) != nullptr);
    CHECK(tasks.find(late)->outcome()->ending == task_ending::rejected);
    CHECK_FALSE(tasks.receive(sent.task, submitted(), now));
    CHECK(tasks.next(now).step.is_wait());
    CHECK(tasks.find(late) == nullptr);
    CHECK(tasks.size() == 0);
    CHECK(tasks.running() == 0);
}

TEST_CASE("tasks with files from before, whose limits are used up, made next loop for ever: they wait, and "
          "keep their order") {
    static constexpr unsigned char png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13,
                                            'I',  'H', 'D', 'R', 0,    0,    2,    0,    0, 0, 2, 0,
                                            8,    2,   0,   0,   0,    0,    0,    0,    0, 0, 0, 0,
                                            1,    'I', 'D', 'A', 'T',  0,    0,    0,    0, 0};
    const auto with_file = [] {
        auto request = test_shot();
        request.first_frame_url =
            wan::media(std::make_shared<wan::borrowed_bytes>(std::as_bytes(std::span(png))), "a.png",
                       wan::media_transfer::upload);
        return *wan::make_task(service_name, request, wan::no_wall_clock, policy, wan::strictness::off);
    };
    wan::time_point now{};
    auto begun = with_file();
    const auto first = begun.next(now);
    REQUIRE(first.is_send());
    REQUIRE(begun.receive(
        first.number(),
        answer(
            200,
            R"({"data":{"policy":"p","signature":"s","upload_dir":"d","upload_host":"https://h","expire_in_seconds":300,"max_file_size_mb":100,)"
            R"("oss_access_key_id":"k","x_oss_object_acl":"private","x_oss_forbid_overwrite":"true"}})"),
        now));
    scheduler tasks{{}, {.submits_per_second = 1, .upload_policies_per_second = 1}};
    tasks.add(shot("plain"), 0);
    tasks.add(with_file(), 1);
    for (int i = 0; i < 2; ++i) REQUIRE(tasks.next(now).step.is_send());
    tasks.add(shot("plain"), 0); // both limits are used up
    tasks.add(std::move(begun), 0);
    tasks.add(with_file(), 1);
    tasks.add(with_file(), 2);
    const auto todo = tasks.next(now);
    CHECK(todo.step.is_wait());
    CHECK(todo.step.wake_at() <= now + 2s);
}

TEST_CASE("a task's tag is in its actions, for its handle and for each") {
    scheduler_world w;
    std::map<std::uint32_t, std::uint64_t> tags;
    for (std::uint64_t i = 0; i < 3; ++i) {
        const std::uint64_t tag = i == 2 ? ~std::uint64_t{0} : i + 7;
        tags[w.tasks.add(shot(), 0, tag).index] = tag;
    }
    std::size_t visited = 0;
    w.tasks.for_each([&](scheduler::handle of, const wan::task&, std::uint64_t tag) {
        ++visited;
        CHECK(tag == tags.at(of.index));
        CHECK(w.tasks.tag(of) == tag);
    });
    CHECK(visited == 3);
    const auto sent = w.tasks.next(w.now);
    REQUIRE(sent.step.is_send());
    CHECK(sent.tag == tags.at(sent.task.index));
    REQUIRE(w.tasks.receive(sent.task, failure(400, "InvalidParameter"), w.now));
    w.run();
    auto done = w.done_tags;
    std::sort(done.begin(), done.end());
    CHECK(done == std::vector<std::uint64_t>{7, 8, ~std::uint64_t{0}});
    (void)w.tasks.next(w.now);
    CHECK_FALSE(w.tasks.tag(sent.task));
    CHECK_FALSE(w.tasks.tag({}));
    CHECK(w.tasks.next(w.now).tag == 0);
}

TEST_CASE("a handle that was made without a task names none") {
    scheduler tasks;
    tasks.add(shot());
    CHECK(tasks.find({}) == nullptr);
    CHECK(tasks.receive({}, not_sent(), {}).error().category == wan::error_category::misuse);
    CHECK(tasks.remove({}).error().category == wan::error_category::misuse);
}

TEST_CASE("a handle says which request it is: its kind, and its number among the task's requests") {
    wan::time_point now{};
    scheduler tasks;
    const auto of = tasks.add(shot());
    const auto submit = tasks.next(now);
    CHECK(submit.task.kind == wan::request_kind::submit);
    CHECK(submit.task.number == 1);
    REQUIRE(tasks.receive(submit.task, submitted(), now));
    now = tasks.next(now).step.wake_at();
    const auto query = tasks.next(now);
    CHECK(query.task.kind == wan::request_kind::query);
    CHECK(query.task.number == 2);
    CHECK(query.task == of);
    CHECK(of.number == 0);
}

TEST_CASE("receive may be ignored") {
    scheduler tasks;
    tasks.receive(tasks.add(shot()), not_sent(), {});
    CHECK(tasks.size() == 1);
}

TEST_CASE("a task that waits is taken out, and another one has its running place") {
    wan::time_point now{};
    scheduler tasks{{}, {.running_tasks = 1}};
    const auto first = tasks.add(shot("first"));
    const auto second = tasks.add(shot("second"), 0, 2);
    REQUIRE(tasks.next(now).task == first);
    CHECK(tasks.remove(first).error().category == wan::error_category::misuse); // its submit is in flight
    REQUIRE(tasks.receive(first, submitted(), now));
    REQUIRE(tasks.next(now).step.is_wait());
    CHECK(tasks.running() == 1);

    auto removed = tasks.remove(first);
    REQUIRE(removed);
    CHECK(removed->task_id() == "task-1");
    CHECK(removed->state() == task_state::waiting);
    CHECK(tasks.size() == 1);
    CHECK(tasks.find(first) == nullptr);
    CHECK(tasks.remove(first).error().category == wan::error_category::misuse);
    CHECK(tasks.next(now).task == second);
    CHECK(tasks.running() == 1);

    // Alone it goes on, and so it does when it is added again.
    now += 1min;
    SUBCASE("alone") {
        REQUIRE(removed->next(now).is_send());
        REQUIRE(removed->receive(succeeded(), now));
        CHECK(removed->next(now).is_done());
    }
    SUBCASE("added again") {
        const auto again = tasks.add(*std::move(removed), 0, 1);
        CHECK_FALSE(again == first);
        CHECK(tasks.running() == 2); // it runs at the service, whatever the limit is
        auto todo = tasks.next(now);
        while (!(todo.task == again)) todo = tasks.next(now);
        REQUIRE(todo.step.is_send());
        CHECK(todo.tag == 1);
        CHECK(todo.step.request_kind() == wan::request_kind::query);
    }
}

TEST_CASE("tasks are taken out of whatever queue they are in") {
    wan::time_point now{};
    scheduler tasks{{.queries_per_second = 0.001}, {.running_tasks = 1}};
    wan::resume_token token{.dialect = "dashscope",
                            .base_url = service_name->base_url,
                            .model = "wan2.2-kf2v-flash",
                            .state = task_state::waiting};
    const auto known = [&](const char* id) {
        token.task_id = id;
        return tasks.add(*wan::resume_task(service_name, token, wan::no_wall_clock, policy));
    };
    const auto sent = known("task-1");
    REQUIRE(tasks.next(now).task == sent);
    const auto queued = known("queued"), stopped = known("stopped"), rest = known("rest");
    const auto grouped = tasks.add(shot("grouped"), 1), other = tasks.add(shot("other"), 1);
    REQUIRE(tasks.next(now).step.is_wait());
    REQUIRE(tasks.stop(stopped));
    for (const auto of : {queued, stopped, grouped}) CHECK(tasks.remove(of));
    CHECK(tasks.size() == 3);
    REQUIRE(tasks.receive(sent, succeeded(), now));
    REQUIRE(tasks.next(now).step.is_done());
    CHECK(tasks.remove(sent).error().category == wan::error_category::misuse); // its end was returned
    const auto removed_rest = tasks.remove(rest);
    REQUIRE(removed_rest);
    const auto todo = tasks.next(now);
    CHECK(todo.task == other);
    CHECK(tasks.running() == 1);
    CHECK(tasks.requests_in_flight() == 1);
    CHECK(tasks.size() == 1);
}

TEST_CASE("a lost submit is not taken to be a task that was taken out, nor the task of a submit that was") {
    wan::time_point now{};
    scheduler tasks;
    const auto first = tasks.add(without_prompt());
    next_request(tasks, first, now);
    std::size_t candidates = 0;
    bool may_be_adopted = false;
    SUBCASE("its id is known") {
        REQUIRE(tasks.receive(first, submitted(), now));
        REQUIRE(tasks.remove(first));
    }
    SUBCASE("its submit was lost as well") {
        REQUIRE(tasks.receive(first, maybe_sent(), now));
        REQUIRE(tasks.remove(first));
        candidates = 1;
    }
    SUBCASE("its submit was lost as well, and that is settled") {
        REQUIRE(tasks.receive(first, maybe_sent(), now));
        const auto removed = tasks.remove(first);
        REQUIRE(removed);
        CHECK(tasks.settle_prompt(removed->prompt_hash()));
        CHECK_FALSE(tasks.settle_prompt(removed->prompt_hash()));
        may_be_adopted = true;
    }
    const auto lost = tasks.add(without_prompt());
    next_request(tasks, lost, now);
    REQUIRE(tasks.receive(lost, maybe_sent(), now));
    for (int i = 0; i < 1000; ++i) {
        const auto todo = tasks.next(now);
        if (todo.step.is_wait()) {
            now = todo.step.wake_at();
        } else if (todo.step.is_done()) {
            CHECK_FALSE(may_be_adopted);
            CHECK(todo.step.outcome().ending == wan::task_ending::submit_unknown);
            CHECK(todo.step.outcome().candidates.size() == candidates);
            return;
        } else if (todo.step.request_kind() == wan::request_kind::query) { // of the candidate
            CHECK(may_be_adopted);
            return;
        } else {
            REQUIRE(tasks.receive(todo.task, listed({"task-1"}), now));
        }
    }
    FAIL("no end");
}

TEST_CASE("tokens of tasks elsewhere can all be contested, whatever state they are in") {
    wan::time_point now{};
    scheduler tasks;
    wan::resume_token token{.dialect = "dashscope",
                            .base_url = service_name->base_url,
                            .model = "wan2.2-kf2v-flash",
                            .state = task_state::ready};
    std::size_t candidates = 0;
    tasks.contest(token); // certainly not submitted: nothing to contest
    SUBCASE("with an id") {
        token.state = task_state::waiting;
        token.task_id = "task-1";
    }
    SUBCASE("with a submit that may have been accepted") {
        token.state = task_state::ended;
        token.ending = wan::task_ending::submit_unknown;
        candidates = 1;
    }
    tasks.contest(token);
    const auto lost = tasks.add(without_prompt());
    next_request(tasks, lost, now);
    REQUIRE(tasks.receive(lost, maybe_sent(), now));
    for (int i = 0; i < 1000; ++i) {
        const auto todo = tasks.next(now);
        if (todo.step.is_done()) {
            CHECK(todo.step.outcome().ending == wan::task_ending::submit_unknown);
            CHECK(todo.step.outcome().candidates.size() == candidates);
            return;
        }
        if (todo.step.is_wait()) {
            now = todo.step.wake_at();
            continue;
        }
        REQUIRE(todo.step.request_kind() == wan::request_kind::list);
        REQUIRE(tasks.receive(todo.task, listed({"task-1"}), now));
    }
    FAIL("no end");
}

TEST_CASE("a contested submit that is settled does not keep a search from its task") {
    wan::time_point now{};
    scheduler tasks;
    const auto token_from = [](std::int64_t started_at) {
        return wan::resume_token{.dialect = "dashscope",
                                 .base_url = service_name->base_url,
                                 .model = "wan2.2-kf2v-flash",
                                 .state = task_state::submitting,
                                 .started_at = started_at,
                                 .clock = wan::clock_trust::checked,
                                 .arrived_by = started_at + 60};
    };
    const auto token = token_from(1'700'000'000);
    CHECK_FALSE(tasks.settle(token));
    tasks.contest(token);
    CHECK_FALSE(tasks.settle(token_from(1'700'000'001))); // another one
    auto with_id = token;
    with_id.task_id = "task-1";
    CHECK_FALSE(tasks.settle(with_id)); // no submit of it is open
    bool is_settled = false;
    SUBCASE("not settled") {}
    SUBCASE("settled") {
        CHECK(tasks.settle(token));
        CHECK_FALSE(tasks.settle(token));
        is_settled = true;
    }
    const auto lost = tasks.add(without_prompt());
    next_request(tasks, lost, now);
    REQUIRE(tasks.receive(lost, maybe_sent(), now));
    for (int i = 0; i < 1000; ++i) {
        const auto todo = tasks.next(now);
        if (todo.step.is_wait()) {
            now = todo.step.wake_at();
        } else if (todo.step.is_done()) {
            CHECK_FALSE(is_settled);
            CHECK(todo.step.outcome().ending == wan::task_ending::submit_unknown);
            return;
        } else if (todo.step.request_kind() == wan::request_kind::query) { // of the task that it adopts
            CHECK(is_settled);
            return;
        } else {
            REQUIRE(tasks.receive(todo.task, listed({"task-1"}), now));
        }
    }
    FAIL("no end");
}
