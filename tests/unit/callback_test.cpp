// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What the callback driver promises beyond what all drivers do.
#include "support/doctest.hpp"
#include "support/event_loop.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("callback");

using namespace support;
using wan::task_ending;
using wan::task_state;

static_assert(wan::async_http_executor<
              std::function<void(const wan::http_request&, std::function<void(wan::http_result)>)>>);
static_assert(!wan::async_http_executor<scripted_peer>);
static_assert(!wan::async_http_executor<std::function<wan::http_result(const wan::http_request&)>>);
static_assert(wan::callback_timer<loop_timer>);
static_assert(!wan::callback_timer<virtual_timer>);

namespace {

wan::time_point at(std::chrono::milliseconds time) { return wan::time_point{time}; }

/// A host with one loop, whose requests end when the test says so.
struct host {
    virtual_timer clock = {};
    event_loop loop{clock};
    std::vector<wan::http_request> requests = {};
    std::vector<wan::http_done> out = {}; ///< what tells the end of each request
    std::function<void()> on_begin = {};
    std::vector<wan::outcome> ends = {};

    wan::running_task begin(wan::run_options options = {.policy = exact_policy()}) {
        const auto begin_http = [this](const wan::http_request& request, wan::http_done done) {
            requests.push_back(request);
            out.push_back(std::move(done));
            if (on_begin) on_begin();
        };
        return wan::run_async(test_provider(), test_shot(), begin_http, loop_timer{&loop}, std::move(options),
                              [this](wan::outcome end) { ends.push_back(std::move(end)); });
    }
    void go_to(std::chrono::milliseconds time) { loop.run_until(at(time)); }
};

/// To the first wait.
wan::running_task submit(host& h, wan::run_options options = {.policy = exact_policy()}) {
    auto running = h.begin(std::move(options));
    h.go_to(0s);
    REQUIRE(h.out.size() == 1);
    h.out[0](submitted());
    return running;
}

bool is_cancel(const wan::http_request& request) { return request.url.ends_with("/tasks/task-1/cancel"); }

/// Calls at once, and lets the clock jump.
struct impatient_timer {
    virtual_timer clock;

    wan::time_point now() const { return clock.now(); }
    void call_at(wan::time_point when, const std::function<void()>& callback) {
        clock.sleep_until(when);
        callback();
    }
};

} // namespace

TEST_CASE("a host drives it with its own loop, and nothing is called before the loop runs") {
    host h;
    const auto running = h.begin();
    CHECK(h.requests.empty());
    CHECK_FALSE(running.is_done());
    CHECK(running.progress().state == task_state::ready);
    h.go_to(0s);
    REQUIRE(h.requests.size() == 1);
    CHECK(running.progress().state == task_state::submitting);
    h.go_to(3s);
    h.out[0](submitted());
    CHECK(running.progress().task_id == "task-1");
    h.go_to(12999ms);
    CHECK(h.requests.size() == 1);
    h.go_to(13s);
    REQUIRE(h.requests.size() == 2);
    h.out[1](succeeded());
    CHECK(running.is_done());
    REQUIRE(h.ends.size() == 1);
    CHECK(h.ends[0].succeeded());
}

TEST_CASE("what never waits for the loop does not grow the stack") {
    std::uintptr_t lowest = UINTPTR_MAX, highest = 0;
    int steps = 0;
    const auto answer_at_once = [&](const wan::http_request&, const wan::http_done& done) {
        const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
        lowest = std::min(lowest, here);
        highest = std::max(highest, here);
        done(++steps == 1 ? submitted() : steps <= 10'000 ? status("RUNNING") : succeeded());
    };
    auto how = exact_policy();
    how.deadline = 24h * 300;
    std::optional<wan::outcome> end;
    wan::run_async(test_provider(), test_shot(), answer_at_once, impatient_timer{}, {.policy = how},
                   [&](wan::outcome o) { end = std::move(o); });
    REQUIRE(end);
    CHECK(end->succeeded());
    CHECK(steps == 10'001);
    CHECK(highest - lowest < 4096);
}

TEST_CASE("an end that is told twice is told once") {
    host h;
    const auto running = submit(h);
    SUBCASE("while the task waits") { h.out[0](failure(401, "InvalidApiKey")); }
    SUBCASE("while the next request is out") {
        h.go_to(10s);
        REQUIRE(h.out.size() == 2);
        h.out[0](status("FAILED"));
    }
    SUBCASE("with the next one's end") {
        h.go_to(10s);
        h.out[1](status("RUNNING"));
        h.out[1](status("FAILED"));
    }
    SUBCASE("from within the call") {
        h.on_begin = [&h, nested = false]() mutable {
            if (std::exchange(nested, true)) return;
            const auto done = h.out.back();
            done(status("RUNNING"));
            done(status("FAILED"));
        };
        h.go_to(10s);
    }
    CHECK(running.progress().task_id == "task-1");
    CHECK_FALSE(running.is_done());
    h.go_to(30s);
    h.out.back()(succeeded());
    REQUIRE(h.ends.size() == 1);
    CHECK(h.ends[0].succeeded());
}

TEST_CASE("a query whose end is never told is given up at twice its time-out, and asked again") {
    host h;
    const auto running = submit(h);
    h.go_to(10s);
    REQUIRE(h.requests.size() == 2);
    SUBCASE("the executor keeps what tells it") {}
    SUBCASE("the executor drops what tells it") { h.out.clear(); }
    const auto calls = h.loop.calls();
    h.go_to(69999ms);
    CHECK(running.progress().state == task_state::querying);
    CHECK(h.loop.calls() - calls <= 1);
    h.go_to(70s);
    CHECK(running.progress().state == task_state::waiting);
    REQUIRE(running.progress().trouble != nullptr);
    h.go_to(70s + 15s);
    CHECK(h.requests.size() == 3);
}

TEST_CASE("the late answer to a query that was given up answers no other request") {
    host h;
    const auto running = submit(h);
    h.go_to(70s);
    REQUIRE(h.out.size() == 2);
    SUBCASE("while the task waits") {
        h.out[1](status("FAILED"));
        h.go_to(85s);
        REQUIRE(h.out.size() == 3);
    }
    SUBCASE("while the next query is out") {
        h.go_to(85s);
        REQUIRE(h.out.size() == 3);
        h.out[1](status("FAILED"));
    }
    CHECK(running.progress().state == task_state::querying);
    h.out[2](succeeded());
    REQUIRE(h.ends.size() == 1);
    CHECK(h.ends[0].succeeded());
}

TEST_CASE("a submit whose end is never told is unknown, and its late answer still names the task") {
    host h;
    std::vector<std::string> saved;
    auto options = wan::run_options{.policy = exact_policy()};
    options.save_token = [&](const wan::resume_token& token) -> wan::result<void> {
        saved.push_back(token.task_id);
        return {};
    };
    const auto running = h.begin(options);
    h.go_to(119999ms);
    CHECK(h.ends.empty());
    h.go_to(120s);
    REQUIRE(h.ends.size() == 1);
    CHECK(h.ends[0].ending == task_ending::submit_unknown);
    CHECK(saved == std::vector<std::string>{""});
    h.go_to(200s);
    h.out[0](submitted());
    CHECK(running.progress().task_id == "task-1");
    CHECK(saved == std::vector<std::string>{"", "task-1"});
    h.out[0](submitted());
    CHECK(saved.size() == 2);
    CHECK(h.ends.size() == 1);
    CHECK(h.requests.size() == 1);
}

TEST_CASE("timers that ring for nothing do nothing") {
    host h;
    int told = 0;
    const auto running =
        submit(h, {.policy = exact_policy(), .on_progress = [&](const wan::progress&) { ++told; }});
    h.go_to(10s);
    h.out[1](answer(429, R"({"code":"Throttling"})", {{"Retry-After", "200"}}));
    told = 0;
    CHECK(h.loop.pending() == 3); // two requests' and the wait's
    h.go_to(209s);
    CHECK(h.loop.pending() == 1);
    CHECK(told == 0);
    h.go_to(210s);
    REQUIRE(h.requests.size() == 3);
    h.out[2](succeeded());
    REQUIRE(h.ends.size() == 1);
    CHECK(h.loop.pending() == 1);
    h.loop.run();
    CHECK(h.ends.size() == 1);
    CHECK(h.requests.size() == 3);
}

TEST_CASE("a timer that rings too early is set again") {
    host h;
    const auto early = [&](const std::function<void()>& callback, wan::time_point when) {
        const auto left = when - h.loop.now();
        h.loop.call_at(left > 2ms ? when - 1ms : when, callback);
    };
    struct hasty_timer {
        event_loop* loop;
        std::function<void(const std::function<void()>&, wan::time_point)> call;

        wan::time_point now() const { return loop->now(); }
        void call_at(wan::time_point when, const std::function<void()>& callback) const {
            call(callback, when);
        }
    };
    std::vector<std::chrono::milliseconds> asked;
    scripted_peer peer{{submitted(), status("RUNNING"), succeeded()}};
    const auto begin_http = [&](const wan::http_request& request, const wan::http_done& done) {
        asked.push_back(h.clock.elapsed());
        done(peer(request));
    };
    wan::run_async(test_provider(), test_shot(), begin_http, hasty_timer{&h.loop, early},
                   {.policy = exact_policy()}, [](const wan::outcome&) {});
    h.loop.run();
    CHECK(asked == std::vector<std::chrono::milliseconds>{0s, 10s, 25s});
    CHECK(h.loop.calls() < 10);
}

TEST_CASE("stop: at once while it waits, otherwise when the request has ended") {
    host h;
    SUBCASE("before it began") {
        h.begin().stop();
        REQUIRE(h.ends.size() == 1);
        CHECK(h.requests.empty());
        CHECK(h.ends[0].task_id.empty());
    }
    SUBCASE("while it waits") {
        const auto running = submit(h);
        h.go_to(3s);
        running.stop();
        REQUIRE(h.ends.size() == 1);
        CHECK(h.ends[0].task_id == "task-1");
        running.stop();
    }
    SUBCASE("while the submit is out") {
        const auto running = h.begin();
        h.go_to(1s);
        running.stop();
        running.stop();
        CHECK(h.ends.empty());
        CHECK(h.loop.pending() == 1);
        h.out[0](submitted());
        REQUIRE(h.ends.size() == 1);
        CHECK(h.ends[0].task_id == "task-1");
    }
    CHECK(h.ends[0].ending == task_ending::stopped);
    h.loop.run();
    CHECK(h.ends.size() == 1);
    CHECK(h.requests.size() <= 1);
}

TEST_CASE("stop from within every function that was passed in") {
    host h;
    std::optional<wan::running_task> running;
    wan::run_options options{.policy = exact_policy()};
    std::size_t requests = 1;
    std::string task_id = "task-1";
    const auto stop = [&] { running->stop(); };
    SUBCASE("on_progress, before a wait") {
        options.on_progress = [&](const wan::progress& p) {
            if (p.state == task_state::waiting) stop();
        };
    }
    SUBCASE("on_progress, before the submit: it is told too late") {
        options.on_progress = [&](const wan::progress&) { stop(); };
    }
    SUBCASE("save_token, after the answer") {
        options.save_token = [&](const wan::resume_token& token) -> wan::result<void> {
            if (!token.task_id.empty()) stop();
            return {};
        };
    }
    SUBCASE("the executor") { h.on_begin = stop; }
    SUBCASE("stop_requested") {
        options.stop_requested = [&] {
            if (!running->progress().task_id.empty()) stop();
            return false;
        };
    }
    SUBCASE("a save_token that fails before the submit") {
        options.save_token = [&](const wan::resume_token&) -> wan::result<void> {
            stop();
            return wan::error{.category = wan::error_category::storage, .message = "disk full"};
        };
        requests = 0;
        task_id = "";
    }
    running = h.begin(std::move(options));
    h.go_to(0s);
    if (requests == 1) h.out.at(0)(submitted());
    CHECK(h.clock.elapsed() == 0s);
    REQUIRE(h.ends.size() == 1);
    CHECK(h.ends[0].ending == task_ending::stopped);
    CHECK(h.ends[0].task_id == task_id);
    CHECK(h.requests.size() == requests);
    running.reset();
}

TEST_CASE("cancel: at once while it waits, otherwise when the request has ended") {
    host h;
    std::optional<wan::running_task> running;
    SUBCASE("while it waits") {
        running = submit(h);
        h.go_to(3s);
        REQUIRE(running->cancel());
    }
    SUBCASE("while the submit is out") {
        running = h.begin();
        h.go_to(3s);
        REQUIRE(running->cancel());
        CHECK(h.requests.size() == 1);
        h.out[0](submitted());
    }
    SUBCASE("from on_progress") {
        bool asked = false;
        running = submit(h, {.policy = exact_policy(), .on_progress = [&](const wan::progress& p) {
                                 if (p.state == task_state::waiting && h.clock.elapsed() == 0s &&
                                     !std::exchange(asked, true))
                                     h.loop.call_at(at(3s), [&] { CHECK(running->cancel()); });
                             }});
        h.go_to(3s);
    }
    SUBCASE("from the executor") {
        h.on_begin = [&] {
            h.on_begin = {};
            CHECK(running->cancel());
        };
        running = h.begin();
        h.go_to(3s);
        h.out[0](submitted());
    }
    REQUIRE(h.requests.size() == 2);
    CHECK(is_cancel(h.requests[1]));
    CHECK(h.clock.elapsed() == 3s);
    h.out[1](answer(200, R"({"request_id":"request-5"})"));
    REQUIRE(h.requests.size() == 3);
    h.out[2](status("CANCELED"));
    REQUIRE(h.ends.size() == 1);
    CHECK(h.ends[0].ending == task_ending::canceled);
    CHECK(running->cancel().error().category == wan::error_category::misuse);
    h.on_begin = {};
}

TEST_CASE("cancel before the submit sends nothing") {
    host h;
    REQUIRE(h.begin().cancel());
    h.loop.run();
    REQUIRE(h.ends.size() == 1);
    CHECK(h.ends[0].ending == task_ending::canceled);
    CHECK(h.requests.empty());
}

TEST_CASE("stop_requested is asked about ten times a second while it waits, and not while a request is out") {
    host h;
    int asked = 0;
    auto options = wan::run_options{.policy = exact_policy()};
    options.stop_requested = [&] { return ++asked, h.clock.elapsed() >= 14s; };
    const auto running = submit(h, options);
    asked = 0;
    h.go_to(5s);
    CHECK(asked >= 50);
    CHECK(asked <= 52);
    h.go_to(10s);
    REQUIRE(h.requests.size() == 2);
    asked = 0;
    h.go_to(13s);
    CHECK(asked == 0);
    h.out[1](status("RUNNING"));
    h.go_to(14s);
    REQUIRE(h.ends.size() == 1);
    CHECK(h.ends[0].ending == task_ending::stopped);
}

TEST_CASE("a refused request is told by on_done, from the loop") {
    host h;
    std::vector<wan::outcome> ends;
    const auto never = [](const wan::http_request&, const wan::http_done&) { FAIL("a request was sent"); };
    const auto running =
        wan::run_async(test_provider(), wan::keyframe_to_video{.duration = 8}, never, loop_timer{&h.loop}, {},
                       [&](wan::outcome end) { ends.push_back(std::move(end)); });
    CHECK(ends.empty());
    CHECK(running.progress().ending == task_ending::invalid);
    CHECK(running.cancel().error().category == wan::error_category::misuse);
    SUBCASE("when its turn comes") { h.loop.run(); }
    SUBCASE("when it is stopped") { running.stop(); }
    h.loop.run();
    REQUIRE(ends.size() == 1);
    CHECK(ends[0].error->violations.size() == 4);
}

TEST_CASE("on_done comes last, once, and may call the handle") {
    host h;
    std::string told;
    std::optional<wan::running_task> running;
    wan::run_options options{.policy = exact_policy()};
    options.on_progress = [&](const wan::progress&) { told += "p"; };
    options.save_token = [&](const wan::resume_token&) -> wan::result<void> {
        told += "s";
        return {};
    };
    scripted_peer peer{{submitted(), succeeded()}};
    const auto begin_http = [&](const wan::http_request& request, const wan::http_done& done) {
        told += "x";
        done(peer(request));
    };
    running = wan::run_async(test_provider(), test_shot(), begin_http, loop_timer{&h.loop}, options,
                             [&](const wan::outcome&) {
                                 CHECK(running->is_done());
                                 running->stop();
                                 CHECK_FALSE(running->cancel());
                                 told += ".";
                             });
    h.loop.run();
    CHECK(told == "psxs"
                  "p"
                  "pxs"
                  "."); // the submit, a wait, the query
    told.clear();
    running->stop();
    h.loop.run();
    CHECK(told.empty());
    CHECK(running->progress().ending == task_ending::succeeded);
}

TEST_CASE("what was passed in is let go of at the end, whatever the loop and the executor still hold") {
    host h;
    int ends = 0;
    std::weak_ptr<int> watched;
    const auto begin = [&] {
        const auto owned = std::make_shared<int>(1);
        watched = owned;
        struct owning_timer : loop_timer {
            std::shared_ptr<int> owned;
        };
        wan::run_options options{.policy = exact_policy()};
        options.on_progress = [owned](const wan::progress&) {};
        options.stop_requested = [owned] { return false; };
        options.save_token = [owned](const wan::resume_token&) -> wan::result<void> { return {}; };
        const auto begin_http = [&h, owned](const wan::http_request&, wan::http_done done) {
            h.out.push_back(std::move(done));
        };
        return wan::run_async(test_provider(), test_shot(), begin_http, owning_timer{{&h.loop}, owned},
                              options, [&ends, owned](const wan::outcome&) { ++ends; });
    };
    auto running = std::make_optional(begin());
    h.go_to(0s);
    REQUIRE(h.out.size() == 1);
    SUBCASE("a task that succeeds") {
        h.out[0](submitted());
        h.go_to(10s);
        REQUIRE(h.out.size() == 2);
        CHECK_FALSE(watched.expired());
        h.out[1](succeeded());
    }
    SUBCASE("the handle is dropped, and the run goes on") {
        running.reset();
        h.out[0](submitted());
        h.go_to(10s);
        REQUIRE(h.out.size() == 2);
        h.out[1](succeeded());
    }
    SUBCASE("a submit that is given up, and answered late") {
        h.go_to(120s);
        CHECK(ends == 1);
        CHECK_FALSE(watched.expired()); // save_token
        h.out[0](submitted());
    }
    SUBCASE("a submit that is given up, and whose end is never told") {
        h.go_to(120s);
        h.out.clear();
        running.reset();
        h.loop.run();
    }
    CHECK(ends == 1);
    CHECK(watched.expired());
}

TEST_CASE("a loop that drops its callbacks ends the run without a word") {
    auto h = std::make_unique<host>();
    int ends = 0;
    const auto owned = std::make_shared<int>(1);
    wan::run_async(
        test_provider(), test_shot(), [](const wan::http_request&, const wan::http_done&) {},
        loop_timer{&h->loop}, {}, [&ends, owned](const wan::outcome&) { ++ends; });
    h->go_to(1s);
    CHECK(owned.use_count() == 2);
    h.reset();
    CHECK(owned.use_count() == 1);
    CHECK(ends == 0);
}

TEST_CASE("a loop that ends while a request is in flight leaves nothing behind, though the executor keeps "
          "what tells its end") {
    struct network {
        std::vector<wan::http_done> pending;
    };
    std::weak_ptr<network> watched;
    {
        event_loop loop;
        {
            const auto http = std::make_shared<network>();
            watched = http;
            const auto begin_http = [http](const wan::http_request&, wan::http_done done) {
                http->pending.push_back(std::move(done));
            };
            wan::run_async(test_provider(), test_shot(), begin_http, loop_timer{&loop}, {},
                           [](const wan::outcome&) {});
            REQUIRE(loop.run_one());
            REQUIRE(http->pending.size() == 1);
        }
        CHECK_FALSE(watched.expired());
    }
    CHECK(watched.expired());
}

TEST_CASE("a run that is abandoned calls nothing any more, and lets go of everything at once") {
    host h;
    std::string calls;
    std::weak_ptr<int> watched;
    std::optional<wan::running_task> running;
    std::string abandon_in;
    const auto call = [&](const char* what) {
        calls.append(what).append(" ");
        if (abandon_in == what) running->abandon();
    };
    const auto begin = [&] {
        const auto owned = std::make_shared<int>(1);
        watched = owned;
        wan::run_options options{.policy = exact_policy()};
        options.on_progress = [&call, owned](const wan::progress&) { call("progress"); };
        options.stop_requested = [&call, owned] { return call("stop"), false; };
        options.save_token = [&call, owned](const wan::resume_token&) -> wan::result<void> {
            return call("save"), wan::result<void>{};
        };
        const auto begin_http = [&, owned](const wan::http_request&, wan::http_done done) {
            h.out.push_back(std::move(done));
            call("http");
        };
        running = wan::run_async(test_provider(), test_shot(), begin_http, loop_timer{&h.loop}, options,
                                 [&call, owned](const wan::outcome&) { call("done"); });
    };
    SUBCASE("before it began") {
        begin();
        running->abandon();
    }
    SUBCASE("while a request is in flight") {
        begin();
        h.go_to(1s);
        running->abandon();
    }
    SUBCASE("while it waits") {
        begin();
        h.go_to(1s);
        h.out.at(0)(submitted());
        running->abandon();
    }
    for (const auto* inside : {"progress", "stop", "save", "http"}) {
        const auto name = "from within " + std::string{inside};
        SUBCASE(name.c_str()) {
            abandon_in = inside;
            begin();
            h.go_to(1s);
            CHECK(calls.ends_with(inside + std::string{" "}));
        }
    }
    SUBCASE("from within the end") {
        abandon_in = "done";
        begin();
        h.go_to(1s);
        h.out.at(0)(failure(400, "InvalidParameter"));
        CHECK(calls.ends_with("done "));
    }
    SUBCASE("while the late response to its submit is awaited") {
        begin();
        h.go_to(120s);
        CHECK(calls.ends_with("done "));
        running->abandon();
    }
    REQUIRE(running);
    CHECK(watched.expired());
    CHECK(running->is_done());
    const auto before = calls;
    for (const auto& done : h.out) done(submitted());
    running->stop();
    CHECK(running->cancel().error().category == wan::error_category::misuse);
    running->abandon();
    (void)running->progress();
    h.loop.run();
    CHECK(calls == before);
}

#ifdef __cpp_exceptions
TEST_CASE("what a function of the host throws reaches the loop, and the run goes on to its end") {
    host h;
    std::string throws;
    unsigned left = 0, thrown = 0, saves = 0;
    const auto call = [&](const char* what) {
        if (throws != what || left == 0) return;
        --left;
        throw std::runtime_error("the host's");
    };
    wan::run_options options{.policy = exact_policy()};
    options.on_progress = [&](const wan::progress&) { call("progress"); };
    options.stop_requested = [&] { return call("stop"), false; };
    options.save_token = [&](const wan::resume_token&) -> wan::result<void> {
        return ++saves, call("save"), wan::result<void>{};
    };
    struct throwing_timer : loop_timer {
        std::function<void()> on_call;
        void call_at(wan::time_point when, std::function<void()> callback) const {
            on_call();
            loop_timer::call_at(when, std::move(callback));
        }
    };
    unsigned begun = 0, submits = 0;
    const auto begin_http = [&](const wan::http_request& request, wan::http_done done) {
        const bool is_submit = request.method == wan::http_method::post;
        const bool is_late = throws == "executor, late";
        if (!is_late) call("executor");
        submits += is_submit;
        const auto answer = is_submit ? submitted() : ++begun < 3 ? status("RUNNING") : succeeded();
        if (throws == "executor, told")
            done(answer);
        else
            h.loop.post([done, answer] { done(answer); });
        call("executor, late");
        call("executor, told");
    };
    int ends = 0;
    std::optional<wan::outcome> end;
    const auto on_done = [&](wan::outcome o) {
        ++ends;
        end.emplace(std::move(o));
        call("done");
    };
    const auto running = wan::run_async(test_provider(), test_shot(), begin_http,
                                        throwing_timer{{&h.loop}, [&] { call("timer"); }}, options, on_done);
    // Once at each of the first calls.
    unsigned after = 0;
    for (const auto* what :
         {"progress", "save", "stop", "executor", "executor, late", "executor, told", "done", "timer"})
        for (const unsigned calls : {0u, 1u, 2u, 3u}) {
            const auto name = std::string{what} + ", after " + std::to_string(calls) + " steps of the loop";
            SUBCASE(name.c_str()) {
                throws = what;
                after = calls;
            }
        }
    for (unsigned step = 0; step < 10'000; ++step) {
        if (step == after) left = 1;
        try {
            if (!h.loop.run_one()) break;
        } catch (const std::runtime_error&) { ++thrown; }
    }
    CHECK(left + thrown == 1);
    CHECK(ends == 1);
    CHECK(running.is_done());
    REQUIRE(end);
    CHECK(submits <= 1);
    // A submit that the executor threw at may have left.
    const bool is_lost = end->ending == task_ending::submit_unknown && throws.starts_with("executor");
    CHECK_MESSAGE((end->succeeded() || is_lost), to_string(*end));
    if (throws == "progress" || throws == "stop" || throws == "save" || throws == "done")
        CHECK(end->succeeded());
}

TEST_CASE("a function that always throws does not keep a run from its end") {
    host h;
    bool executor = false;
    SUBCASE("on_progress") {}
    SUBCASE("the executor") { executor = true; }
    wan::run_options options{.policy = exact_policy()};
    if (!executor) options.on_progress = [](const wan::progress&) { throw std::runtime_error("the host's"); };
    int ends = 0;
    const auto begin_http = [](const wan::http_request&, const wan::http_done&) {
        throw std::runtime_error("the host's");
    };
    wan::run_async(test_provider(), test_shot(), begin_http, loop_timer{&h.loop}, options,
                   [&](const wan::outcome&) { ++ends; });
    for (int step = 0; step < 10'000 && h.loop.pending() > 0; ++step) {
        try {
            h.loop.run_one();
        } catch (const std::runtime_error&) {}
    }
    CHECK(ends == 1);
}
#endif

TEST_CASE("many runs share a loop") {
    event_loop loop;
    int succeeded_runs = 0;
    std::vector<wan::running_task> all;
    for (int i = 0; i < 100; ++i) {
        scripted_peer peer{{submitted(), status("RUNNING"), succeeded()}};
        const auto begin_http = [peer, &loop](const wan::http_request& request, wan::http_done done) mutable {
            loop.call_at(loop.now() + 50ms,
                         [done = std::move(done), answer = peer(request)] { done(answer); });
        };
        wan::policy how;
        how.jitter_seed = static_cast<std::uint64_t>(i);
        all.push_back(wan::run_async(test_provider(), test_shot(), begin_http, loop_timer{&loop},
                                     {.policy = how},
                                     [&](const wan::outcome& end) { succeeded_runs += end.succeeded(); }));
    }
    loop.run();
    CHECK(succeeded_runs == 100);
}

TEST_CASE("a timer that knows the date lets a lost submit be looked for") {
    host h;
    struct dated_timer : loop_timer {
        std::chrono::sys_seconds today() const { return std::chrono::sys_seconds{1'770'000'000s}; }
    };
    const auto begin_http = [&h](const wan::http_request& request, wan::http_done done) {
        h.requests.push_back(request);
        h.out.push_back(std::move(done));
    };
    wan::run_async(test_provider(), test_shot(), begin_http, dated_timer{{&h.loop}},
                   {.policy = exact_policy()}, [](const wan::outcome&) {});
    h.go_to(0s);
    h.out[0](maybe_sent());
    h.go_to(1s);
    REQUIRE(h.requests.size() == 2);
    CHECK(h.requests[1].method == wan::http_method::get);
    CHECK(h.requests[1].url.find("/tasks/?") != std::string::npos);
}
