// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What the coroutine driver promises beyond what all drivers do.
#include "support/doctest.hpp"
#include "support/event_loop.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <utility>

TEST_SUITE_BEGIN("coroutine");

using namespace support;
using wan::task_ending;
using wan::task_state;

namespace {

/// What an executor gives here: a coroutine of the host's.
lazy<wan::http_result> later(event_loop* loop, wan::http_result answer) {
    co_await wake_at{loop, loop->now() + 50ms};
    co_return std::move(answer);
}

lazy<wan::outcome> two_shots(event_loop* loop, scripted_peer peer) {
    const auto http = [loop, peer](const wan::http_request& request) mutable {
        return later(loop, peer(request));
    };
    auto first = co_await wan::run_as<lazy<wan::outcome>>(test_provider(), test_shot(), http,
                                                          coroutine_timer{loop}, {.policy = exact_policy()});
    if (!first) co_return std::move(first);
    co_return co_await wan::run_as<lazy<wan::outcome>>(test_provider(), test_shot(), http,
                                                       coroutine_timer{loop}, {.policy = exact_policy()});
}

} // namespace

static_assert(wan::awaitable_http_executor<std::function<lazy<wan::http_result>(const wan::http_request&)>>);
static_assert(!wan::awaitable_http_executor<scripted_peer>);
static_assert(wan::awaitable_timer<coroutine_timer>);
static_assert(!wan::awaitable_timer<loop_timer>);

TEST_CASE("it is awaited in the caller's own coroutine") {
    event_loop loop;
    scripted_peer peer{{submitted(), succeeded(), submitted(), status("RUNNING"), succeeded()}};
    const auto both = two_shots(&loop, peer);
    both.start();
    CHECK(peer.requests().size() == 1);
    loop.run();
    REQUIRE(both.value());
    CHECK(both.value()->succeeded());
    CHECK(peer.submits() == 2);
    CHECK(loop.now() == wan::time_point{10s + 10s + 15s + 5 * 50ms});
}

TEST_CASE("nothing that is passed in need outlive the call") {
    event_loop loop;
    scripted_peer peer{{submitted(), succeeded()}};
    const auto begin = [&] {
        const auto http = [&loop, copy = peer](const wan::http_request& request) mutable {
            return later(&loop, copy(request));
        };
        const auto shot = std::make_unique<wan::keyframe_to_video>(test_shot());
        return wan::run_as<lazy<wan::outcome>>(test_provider(), *shot, http, coroutine_timer{&loop},
                                               {.policy = exact_policy()});
    };
    const auto running = begin();
    running.start();
    loop.run();
    REQUIRE(running.value());
    CHECK(running.value()->succeeded());
}

TEST_CASE("a refused request is an outcome, and nothing is sent") {
    event_loop loop;
    scripted_peer peer{{submitted()}};
    const auto http = [&loop, peer](const wan::http_request& request) mutable {
        return later(&loop, peer(request));
    };
    const auto running = wan::run_as<lazy<wan::outcome>>(
        test_provider(), wan::keyframe_to_video{.duration = 8}, http, coroutine_timer{&loop});
    running.start();
    REQUIRE(running.value());
    CHECK(running.value()->ending == task_ending::invalid);
    CHECK(running.value()->error->violations.size() == 4);
    CHECK(peer.requests().empty());
}

TEST_CASE("destroyed before its end, it lets go of everything and sends no more") {
    event_loop loop;
    scripted_peer peer{{submitted(), status("RUNNING")}};
    const auto owned = std::make_shared<int>(1);
    {
        const auto http = [&loop, peer, owned](const wan::http_request& request) mutable {
            return later(&loop, peer(request));
        };
        const auto running =
            wan::run_as<lazy<wan::outcome>>(test_provider(), test_shot(), http, coroutine_timer{&loop});
        running.start();
        loop.run_until(wan::time_point{5s});
        CHECK(owned.use_count() == 3);
    }
    CHECK(owned.use_count() == 1);
    CHECK(peer.requests().size() == 1);
}

TEST_CASE("a task that is resumed") {
    event_loop loop;
    scripted_peer peer{{succeeded()}};
    const auto http = [&loop, peer](const wan::http_request& request) mutable {
        return later(&loop, peer(request));
    };
    auto task = *wan::make_task(test_provider(), test_shot(), wan::no_wall_clock);
    auto token = task.token();
    token.state = task_state::waiting;
    token.task_id = "task-1";
    const auto running = wan::run_as<lazy<wan::outcome>>(
        *wan::resume_task(test_provider(), token, wan::no_wall_clock), http, coroutine_timer{&loop});
    running.start();
    loop.run();
    REQUIRE(running.value());
    CHECK(running.value()->succeeded());
    CHECK(peer.submits() == 0);
}
