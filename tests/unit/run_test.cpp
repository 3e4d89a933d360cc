// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What every driver does.
#include "support/doctest.hpp"
#include "support/drivers.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("run");

using namespace support;
using wan::task_ending;
using wan::task_state;

TEST_CASE("a refused request is an outcome with all violations, and nothing is sent") {
    for (const auto& drive : drivers()) {
        CAPTURE(drive.name);
        scripted_peer peer{{submitted()}};
        const auto end =
            drive(test_provider(), wan::keyframe_to_video{.duration = 8}, peer, {}, virtual_timer{});
        CHECK(end.ending == task_ending::invalid);
        REQUIRE(end.error);
        CHECK(end.error->violations.size() == 4);
        CHECK(peer.requests().empty());
    }
}

TEST_CASE("progress is told before each request and each wait") {
    for (const auto& drive : drivers()) {
        CAPTURE(drive.name);
        scripted_peer peer{{submitted(), status("RUNNING"), maybe_sent(), succeeded()}};
        std::string told;
        const auto note = [&](const wan::progress& p) {
            told.append(to_wire(p.state))
                .append(p.status.empty() ? "" : "/")
                .append(p.status)
                .append(p.trouble ? "!" : "")
                .append(" ");
        };
        CHECK(drive(test_provider(), test_shot(), peer, {.policy = exact_policy(), .on_progress = note},
                    virtual_timer{}));
        CHECK(told ==
              "submitting waiting/PENDING querying/PENDING waiting/RUNNING querying/RUNNING waiting/RUNNING! "
              "querying/RUNNING! ");
    }
}

TEST_CASE("the caller can stop while waiting, and the task id survives") {
    for (const auto& drive : drivers()) {
        CAPTURE(drive.name);
        scripted_peer peer{{submitted(), status("RUNNING")}};
        virtual_timer timer;
        const auto enough = [&] { return timer.elapsed() >= 12s; };
        const auto end = drive(test_provider(), test_shot(), peer,
                               {.policy = exact_policy(), .stop_requested = enough}, timer);
        CHECK(end.ending == task_ending::stopped);
        CHECK(end.task_id == "task-1");
        CHECK(timer.elapsed() < 12200ms);
    }
}

TEST_CASE("a stop that is told only once, while waiting, is kept") {
    for (const auto& drive : drivers()) {
        CAPTURE(drive.name);
        scripted_peer peer{{submitted(), status("RUNNING")}};
        virtual_timer timer;
        bool pressed = false, told = false;
        const auto once = [&] {
            pressed = pressed || (!told && timer.elapsed() >= 12s);
            told = told || pressed;
            return std::exchange(pressed, false);
        };
        const auto end = drive(test_provider(), test_shot(), peer,
                               {.policy = exact_policy(), .stop_requested = once}, timer);
        CHECK(end.ending == task_ending::stopped);
        CHECK(timer.elapsed() < 12200ms);
    }
}

namespace {

/// A timer that knows the date, as those of programs do.
struct dated_timer : virtual_timer {
    std::chrono::sys_seconds today() const {
        return std::chrono::sys_seconds{std::chrono::seconds{1'770'000'000}};
    }
};

} // namespace

namespace {

/// Of a submit that is lost, and then found in the list.
scripted_peer peer_that_loses_the_submit() {
    const auto list =
        answer(200, R"({"data":[{"task_id":"task-1","model_name":"wan2.2-kf2v-flash"}],"total_page":1})");
    const auto candidate =
        answer(200, R"({"output":{"task_id":"task-1","task_status":"RUNNING","orig_prompt":"a lamp"}})");
    return {{maybe_sent(), list, candidate, succeeded()}};
}

wan::keyframe_to_video lamp() {
    auto shot = test_shot();
    shot.prompt = "a lamp";
    return shot;
}

} // namespace

TEST_CASE(
    "a run that begins with a request has the timer's wall clock, so that a lost submit is searched for") {
    auto peer = peer_that_loses_the_submit();
    const auto end = wan::run(test_provider(), lamp(), peer, {.policy = {.sole_user = true}}, dated_timer{});
    CHECK_MESSAGE(end, to_string(end));
    CHECK(peer.submits() == 1);
}

TEST_CASE("the wall clock of the options comes before the timer's") {
    for (const auto& drive : drivers()) {
        CAPTURE(drive.name);
        auto peer = peer_that_loses_the_submit();
        virtual_timer timer;
        wan::run_options options{.policy = {.sole_user = true}, .wall_clock = test_clock};
        CHECK(drive(test_provider(), lamp(), peer, options, timer).succeeded());
    }
    auto peer = peer_that_loses_the_submit();
    const auto end =
        wan::run(test_provider(), lamp(), peer,
                 {.policy = {.sole_user = true}, .wall_clock = wan::no_wall_clock}, dated_timer{});
    CHECK(end.ending == task_ending::submit_unknown);
    CHECK(peer.requests().size() == 1);
}

TEST_CASE("a task that was made without a wall clock does not get the timer's") {
    auto peer = peer_that_loses_the_submit();
    auto task = *wan::make_task(test_provider(), lamp(), wan::no_wall_clock, wan::policy{.sole_user = true});
    const auto end = wan::run(std::move(task), peer, {}, dated_timer{});
    CHECK(end.ending == task_ending::submit_unknown);
    CHECK(peer.requests().size() == 1);
}

TEST_CASE("the token is saved before the submit and after every answer that changed it") {
    for (const auto& drive : drivers()) {
        CAPTURE(drive.name);
        scripted_peer peer{{submitted(), status("RUNNING"), succeeded()}};
        std::vector<std::string> saved;
        const auto save = [&](const wan::resume_token& token) -> wan::result<void> {
            saved.push_back(std::to_string(peer.requests().size()) + " " + std::string{token.state_name()} +
                            " " + token.task_id);
            return {};
        };
        CHECK(drive(test_provider(), test_shot(), peer, {.policy = exact_policy(), .save_token = save},
                    virtual_timer{}));
        CHECK(saved == std::vector<std::string>{"0 submitting ", "1 waiting task-1", "3 succeeded task-1"});
    }
}

TEST_CASE("a token that could not be saved is saved after the next answer, changed or not") {
    for (const auto& drive : drivers()) {
        CAPTURE(drive.name);
        scripted_peer peer{{submitted(), status("RUNNING"), status("RUNNING"), succeeded()}};
        std::string saved;
        const auto save = [&](const wan::resume_token& token) -> wan::result<void> {
            saved.append(std::to_string(peer.requests().size())).append(" ");
            if (peer.requests().size() == 1)
                return wan::error{.category = wan::error_category::storage, .message = "disk full"};
            CHECK((token.state == task_state::submitting) == (peer.requests().size() == 0));
            return {};
        };
        CHECK(drive(test_provider(), test_shot(), peer, {.policy = exact_policy(), .save_token = save},
                    virtual_timer{}));
        CHECK(saved == "0 1 2 4 ");
    }
}

TEST_CASE("an executor may return a response or a transport error alone") {
    const auto answers = [](const wan::http_request& request) {
        return wan::http_response{.status = 200,
                                  .body = request.method == wan::http_method::post ? submitted()->body
                                                                                   : succeeded()->body};
    };
    const auto fails = [](const wan::http_request&) {
        return wan::transport_error{wan::delivery::not_sent, "no network"};
    };
    static_assert(wan::http_executor<decltype(answers)> && wan::http_executor<decltype(fails)>);
    CHECK(wan::run(test_provider(), test_shot(), answers, {}, virtual_timer{}).succeeded());
    CHECK(wan::run(test_provider(), test_shot(), fails, {}, virtual_timer{}).ending ==
          task_ending::unreachable);

    event_loop loop;
    std::optional<wan::outcome> end;
    const auto calls_back = [&](const wan::http_request& request, const auto& done) {
        done(answers(request));
    };
    wan::run_async(test_provider(), test_shot(), calls_back, loop_timer{&loop}, {},
                   [&](wan::outcome o) { end.emplace(std::move(o)); });
    loop.run();
    REQUIRE(end);
    CHECK(end->succeeded());

    struct later {
        std::decay_t<decltype(answers)> answer;
        lazy<wan::http_response> operator()(const wan::http_request& request) const {
            return give(answer(request));
        }
        static lazy<wan::http_response> give(wan::http_response response) { co_return std::move(response); }
    };
    event_loop other;
    const auto awaited = wan::run_as<lazy<wan::outcome>>(test_provider(), test_shot(), later{answers},
                                                         coroutine_timer{&other});
    awaited.start();
    other.run();
    REQUIRE(awaited.value());
    CHECK(awaited.value()->succeeded());
}

TEST_CASE("what saves tokens may be any function that returns whether it could, or none") {
    static_assert(std::is_constructible_v<wan::token_saver,
                                          std::function<wan::result<void>(const wan::resume_token&)>>);
    static_assert(std::is_constructible_v<wan::token_saver, wan::error (*)(const wan::resume_token&)>);
    static_assert(std::is_constructible_v<wan::token_saver, std::nullptr_t>);
    static_assert(!std::is_constructible_v<wan::token_saver, int>);
    wan::run_options options;
    CHECK_FALSE(options.save_token);
    options.save_token = [](const wan::resume_token&) -> wan::result<void> { return {}; };
    CHECK(options.save_token);
    options.save_token = nullptr;
    CHECK_FALSE(options.save_token);
    options.save_token = std::function<wan::result<void>(const wan::resume_token&)>{};
    CHECK_FALSE(options.save_token);
}

#ifdef __cpp_exceptions
TEST_CASE("what a function of the host throws leaves the blocking driver, and nothing was sent") {
    scripted_peer peer{{submitted(), succeeded()}};
    const auto throws = [](const wan::progress&) { throw std::runtime_error("the host's"); };
    CHECK_THROWS_AS(
        (void)wan::run(test_provider(), test_shot(), peer, {.on_progress = throws}, virtual_timer{}),
        std::runtime_error);
    CHECK(peer.requests().empty());
}
#endif

TEST_CASE("a token that cannot be saved before the submit stops it") {
    for (const auto& drive : drivers()) {
        CAPTURE(drive.name);
        scripted_peer peer{{submitted()}};
        const auto save = [](const wan::resume_token&) -> wan::result<void> {
            return wan::error{.category = wan::error_category::storage, .message = "disk full"};
        };
        const auto end = drive(test_provider(), test_shot(), peer, {.save_token = save}, virtual_timer{});
        CHECK(end.ending == task_ending::stopped);
        REQUIRE(end.error);
        CHECK(end.error->category == wan::error_category::storage);
        CHECK(peer.requests().empty());
    }
}

TEST_CASE("a token that cannot be saved after the submit does not stop the task, which is paid for") {
    for (const auto& drive : drivers()) {
        CAPTURE(drive.name);
        scripted_peer peer{{submitted(), succeeded()}};
        const auto save = [](const wan::resume_token& token) -> wan::result<void> {
            if (token.state == task_state::submitting) return {};
            return wan::error{.category = wan::error_category::storage, .message = "disk full"};
        };
        CHECK(drive(test_provider(), test_shot(), peer, {.save_token = save}, virtual_timer{}).succeeded());
    }
}
