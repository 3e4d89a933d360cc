// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"
#include "support/drivers.hpp"

#include <wan/detail/text.hpp>

#include <limits>
#include <memory>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("task");

using namespace support;
using wan::task_ending;
using wan::task_state;

namespace {

struct driven {
    wan::outcome outcome;
    scripted_peer peer;
    virtual_timer timer;
};

/// With every driver; what the last one came to.
driven drive(const std::vector<wan::http_result>& script, const wan::policy& how = exact_policy()) {
    same_end same;
    driven d{.outcome = {}, .peer = scripted_peer{{}}, .timer = {}};
    for (const auto& drive_it : drivers()) {
        d = {.outcome = {}, .peer = scripted_peer{script}, .timer = {}};
        d.outcome = drive_it(test_provider(), test_shot(), d.peer, {.policy = how}, d.timer);
        same.check(drive_it, d.outcome, d.peer, d.timer);
    }
    return d;
}

wan::task started(const wan::policy& how = exact_policy(),
                  const wan::wall_clock& clock = wan::no_wall_clock) {
    auto task = wan::make_task(test_provider(), test_shot(), clock, how);
    REQUIRE(task);
    return *std::move(task);
}

wan::task started_sharing(const wan::policy& how) {
    auto task = wan::make_task(std::make_shared<const wan::provider>(test_provider()), test_shot(),
                               wan::no_wall_clock, std::make_shared<const wan::policy>(how));
    REQUIRE(task);
    return *std::move(task);
}

wan::time_point at(std::chrono::milliseconds time) { return wan::time_point{time}; }

} // namespace

TEST_CASE("a task that goes well: one submit, then queries at a calm pace") {
    const auto d = drive({submitted(), status("PENDING"), status("RUNNING"), status("RUNNING"), succeeded()});
    CHECK(d.outcome.ending == task_ending::succeeded);
    CHECK(d.outcome.task_id == "task-1");
    CHECK(d.outcome.request_id == "request-3");
    CHECK(d.outcome.model == "wan2.2-kf2v-flash");
    REQUIRE(d.outcome.video);
    CHECK(d.outcome.video->url == "https://result.example/video.mp4?Expires=1756777047");
    CHECK_FALSE(d.outcome.error);
    CHECK(d.peer.submits() == 1);
    CHECK(d.peer.queries() == 4);
    CHECK(d.timer.elapsed() == 10s + 15s + 22500ms + 30s);
}

TEST_CASE("every documented end") {
    struct {
        const char* what;
        std::vector<wan::http_result> script;
        task_ending end;
        std::size_t submits;
    } const rows[] = {
        {"a failure with a reason",
         {submitted(), answer(200, R"({"output":{"task_status":"FAILED","code":"X","message":"y"}})")},
         task_ending::failed,
         1},
        {"a failure without one", {submitted(), status("FAILED")}, task_ending::failed, 1},
        {"canceled", {submitted(), status("CANCELED")}, task_ending::canceled, 1},
        {"not known, and no day old", {submitted(), status("UNKNOWN")}, task_ending::unreachable, 1},
        {"never done", {submitted(), status("RUNNING")}, task_ending::deadline, 1},
        {"a word that nobody knows", {submitted(), status("WARMING_UP")}, task_ending::deadline, 1},
        {"refused", {failure(401, "InvalidApiKey")}, task_ending::rejected, 1},
        {"throttled for ever", {failure(429, "Throttling.RateQuota")}, task_ending::rejected, 10},
        {"never reached", {not_sent()}, task_ending::unreachable, 4},
        {"a reply that never came", {maybe_sent()}, task_ending::submit_unknown, 1},
        {"a broken service", {failure(500, "InternalError")}, task_ending::submit_unknown, 1},
        {"an answer that says nothing", {answer(200, "{}")}, task_ending::submit_unknown, 1},
        {"queries that fail for ever", {submitted(), maybe_sent()}, task_ending::unreachable, 1},
        {"replies that nobody can read", {submitted(), answer(200, "<html>")}, task_ending::unreachable, 1},
        {"a key that is revoked meanwhile",
         {submitted(), failure(401, "InvalidApiKey")},
         task_ending::unreachable,
         1},
        {"success without a video", {submitted(), status("SUCCEEDED")}, task_ending::unreachable, 1},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string{row.what});
        const auto d = drive(row.script);
        CHECK(d.outcome.ending == row.end);
        CHECK(d.peer.submits() == row.submits);
        const bool accepted = d.peer.queries() > 0;
        CHECK(d.outcome.task_id == (accepted ? "task-1" : ""));
        if (row.end != task_ending::canceled && row.end != task_ending::expired &&
            row.end != task_ending::deadline)
            CHECK(d.outcome.error);
    }
}

TEST_CASE("a failure keeps everything that support asks for") {
    const auto d = drive({submitted(), status("FAILED")});
    REQUIRE(d.outcome.error);
    CHECK(d.outcome.error->task_id == "task-1");
    CHECK(d.outcome.error->request_id == "request-2");
    CHECK(d.outcome.raw_reply.find("\"FAILED\"") != std::string::npos);
}

TEST_CASE("a submit that was certainly not accepted is sent again, later") {
    const auto d = drive({not_sent(), failure(429, "Throttling.RateQuota"), failure(503, "ModelUnavailable"),
                          submitted(), succeeded()});
    CHECK(d.outcome.succeeded());
    CHECK(d.peer.submits() == 4);
    CHECK(d.timer.elapsed() == 1s + 1s + 2s + 10s);
}

TEST_CASE("a submit is sent again exactly as it was") {
    const auto d = drive({not_sent(), submitted(), succeeded()});
    REQUIRE(d.peer.submits() == 2);
    CHECK(*d.peer.requests()[0].body.flatten() == *d.peer.requests()[1].body.flatten());
    CHECK(d.peer.requests()[0].url == d.peer.requests()[1].url);
}

TEST_CASE("queries survive what passes, and a good answer starts the count anew") {
    std::vector<wan::http_result> script{submitted()};
    for (int round = 0; round < 5; ++round) {
        for (int i = 0; i < 19; ++i) script.push_back(i % 2 == 0 ? maybe_sent() : answer(502, "<html>"));
        script.push_back(status("RUNNING"));
    }
    script.push_back(succeeded());
    const auto d = drive(script);
    CHECK(d.outcome.succeeded());
    CHECK(d.peer.submits() == 1);
    CHECK(drive({submitted(), maybe_sent()}).peer.queries() == exact_policy().max_failed_queries);
}

TEST_CASE("a video that is missing from a reply may be in the next one") {
    CHECK(drive({submitted(), status("SUCCEEDED"), succeeded()}).outcome.succeeded());
}

TEST_CASE("Retry-After is honoured, but not beyond the deadline") {
    const auto busy = answer(503, R"({"code":"ModelUnavailable"})", {{"Retry-After", "40"}});
    CHECK(drive({busy, submitted(), succeeded()}).timer.elapsed() == 40s + 10s);
    CHECK(drive({submitted(), busy, succeeded()}).timer.elapsed() == 10s + 40s);
    auto how = exact_policy();
    how.deadline = 30s;
    const auto d = drive({submitted(), busy, succeeded()}, how);
    CHECK(d.outcome.ending == task_ending::deadline);
    CHECK(d.timer.elapsed() == 30s);
}

TEST_CASE("a Retry-After that no clock reaches is beyond the deadline as well") {
    const auto far = {wan::http_header{"Retry-After", "4294967295"},
                      wan::http_header{"Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT"}};
    for (const auto& header : far) {
        auto throttled = failure(429, "Throttling");
        throttled->headers = {header, {"Date", "Mon, 02 Feb 2026 02:40:00 GMT"}};
        scripted_peer peer{{throttled, throttled, submitted()}};
        virtual_timer timer;
        const auto end = wan::run(test_provider(), test_shot(), peer, {.policy = exact_policy()}, timer);
        CAPTURE(header.value);
        CHECK(end.ending == task_ending::deadline);
        CHECK(peer.submits() == 1);
    }
}

TEST_CASE("the deadline is kept to the millisecond, and the task id survives it") {
    auto how = exact_policy();
    how.deadline = 12345ms;
    const auto d = drive({submitted(), status("RUNNING")}, how);
    CHECK(d.outcome.ending == task_ending::deadline);
    CHECK(d.outcome.task_id == "task-1");
    CHECK(d.outcome.status == "RUNNING");
    CHECK(d.timer.elapsed() == 12345ms);
}

TEST_CASE("an answer that comes after the deadline still counts") {
    auto task = started();
    REQUIRE(task.next(at(0s)).is_send());
    REQUIRE(task.receive(submitted(), at(0s)));
    REQUIRE(task.next(at(10s)).is_send());
    REQUIRE(task.receive(succeeded(), at(24h)));
    CHECK(task.next(at(24h)).outcome().succeeded());
}

TEST_CASE("there is always a deadline, even for a foolish policy") {
    auto how = exact_policy();
    how.deadline = std::chrono::milliseconds::max();
    how.poll = {0s, 0.0, 0s};
    auto task = started(how);
    REQUIRE(task.next(at(0s)).is_send());
    REQUIRE(task.receive(submitted(), at(0s)));
    CHECK(task.next(at(0s)).is_wait()); // never a busy loop
    CHECK(task.next(at(std::chrono::hours{24 * 366})).is_done());
    how.deadline = -5s;
    CHECK(started(how).next(at(0s)).outcome().ending == task_ending::deadline);
}

TEST_CASE("a policy that makes no sense is made to make sense") {
    constexpr auto huge = (std::chrono::milliseconds::max)();
    const double nan = std::numeric_limits<double>::quiet_NaN(),
                 infinite = std::numeric_limits<double>::infinity();
    for (const double odd : {nan, infinite, -infinite, 1e300, -1.0, 0.0}) {
        wan::policy how;
        how.jitter = odd;
        how.poll = {huge, odd, huge};
        how.submit = {-huge, odd, -huge};
        how.submit_timeout = how.query_timeout = huge;
        for (const bool is_shared : {false, true}) {
            auto task = is_shared ? started_sharing(how) : started(how);
            REQUIRE(task.next(at(0s)).is_send());
            REQUIRE(task.receive(not_sent(), at(0s)));
            CHECK(task.next(at(0s)).is_wait()); // never at once again
            REQUIRE(task.next(at(50ms)).is_send());
            REQUIRE(task.receive(submitted(), at(50ms)));
            REQUIRE(task.next(at(50ms)).is_wait());
            CHECK(task.next(at(50ms)).wake_at() == task.deadline());
        }
    }
    wan::policy slow, slowest;
    slow.slowest_upload = 1;
    slowest.slowest_upload = 0;
    const auto timeout = started(slow).next(at(0s)).request().timeout;
    CHECK(timeout > slow.submit_timeout);
    CHECK(started(slowest).next(at(0s)).request().timeout == timeout);
    CHECK(started_sharing(slowest).next(at(0s)).request().timeout == timeout);
}

TEST_CASE("a dialect's waits that make no sense are made to make sense") {
    for (const double odd : {0.0, -3.0, std::numeric_limits<double>::quiet_NaN()}) {
        auto who = test_provider();
        auto dialect = *who.dialect;
        dialect.poll = {10s, odd, 30s};
        who.dialect = &dialect;
        auto how = exact_policy();
        how.poll.reset();
        auto task = wan::make_task(who, test_shot(), wan::no_wall_clock, how);
        REQUIRE(task);
        REQUIRE(task->next(at(0s)).is_send());
        REQUIRE(task->receive(submitted(), at(0s)));
        for (auto now = 0s; now < 100s; now += 10s) {
            REQUIRE(task->next(at(now)).is_wait());
            CHECK(task->next(at(now)).wake_at() == at(now + 10s));
            REQUIRE(task->next(at(now + 10s)).is_send());
            REQUIRE(task->receive(status("RUNNING"), at(now + 10s)));
        }
    }
}

TEST_CASE("a request whose end is never told counts as lost after twice its time-out") {
    auto task = started();
    REQUIRE(task.next(at(0s)).is_send());
    REQUIRE(task.receive(submitted(), at(0s)));
    REQUIRE(task.next(at(10s)).is_send());
    CHECK(task.next(at(10s + 59s)).is_awaiting());
    CHECK(task.next(at(10s + 60s)).is_wait()); // a query: asked again
    CHECK(task.next(at(10min)).is_send());
    CHECK_FALSE(task.next(at(10min)).is_send());
}

TEST_CASE("a submit whose end is never told is unknown, and its late answer still names the task") {
    auto task = started();
    REQUIRE(task.next(at(0s)).is_send());
    CHECK(task.next(at(119s)).is_awaiting());
    CHECK(task.next(at(120s)).outcome().ending == task_ending::submit_unknown);
    CHECK(task.receive(submitted(), at(121s)));
    CHECK(task.next(at(122s)).outcome().task_id == "task-1");
    CHECK(task.token().task_id == "task-1"); // enough to resume
    CHECK_FALSE(task.receive(submitted(), at(123s)));
}

TEST_CASE("a query's time-out keeps the deadline, but for a second") {
    auto how = exact_policy();
    how.deadline = 12s;
    auto task = started(how);
    REQUIRE(task.next(at(0s)).is_send());
    REQUIRE(task.receive(submitted(), at(0s)));
    CHECK(task.next(at(10s)).request().timeout == 2s);
    REQUIRE(task.receive(status("RUNNING"), at(11900ms)));
    CHECK(task.next(at(12s)).is_done());
}

TEST_CASE("waits are jittered by a seed: the same seed, the same waits") {
    const auto first_wait = [](std::uint64_t seed) {
        wan::policy how;
        how.jitter_seed = seed;
        auto task = started(how);
        (void)task.next(at(0s));
        task.receive(submitted(), at(0s));
        return task.next(at(0s)).wake_at();
    };
    CHECK(first_wait(1) == first_wait(1));
    CHECK(first_wait(1) != first_wait(2));
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        CHECK(first_wait(seed) >= at(9s));
        CHECK(first_wait(seed) <= at(11s));
    }
}

TEST_CASE("a request that is out is not handed out twice") {
    auto task = started();
    REQUIRE(task.next(at(0s)).is_send());
    for (int i = 0; i < 3; ++i) {
        const auto again = task.next(at(1s));
        CHECK(again.is_awaiting());
        CHECK_FALSE(again.is_send());
        CHECK(again.wake_at() == at(120s));
    }
    CHECK(task.state() == task_state::submitting);
}

TEST_CASE("an answer that nobody asked for is an error and changes nothing") {
    auto task = started();
    const auto early = task.receive(submitted(), at(0s));
    REQUIRE_FALSE(early);
    CHECK(early.error().category == wan::error_category::misuse);
    CHECK(task.state() == task_state::ready);

    REQUIRE(task.next(at(0s)).is_send());
    REQUIRE(task.receive(submitted(), at(0s)));
    CHECK_FALSE(task.receive(failure(401, "InvalidApiKey"), at(0s)));
    CHECK(task.state() == task_state::waiting);
    CHECK(task.progress().task_id == "task-1");
}

TEST_CASE("asking again before the time gives the same wait") {
    auto task = started();
    REQUIRE(task.next(at(0s)).is_send());
    REQUIRE(task.receive(submitted(), at(0s)));
    CHECK(task.next(at(1s)).wake_at() == at(10s));
    CHECK(task.next(at(9999ms)).wake_at() == at(10s));
    CHECK(task.next(at(10s)).is_send());
}

TEST_CASE("an end stays the end") {
    auto task = started();
    REQUIRE(task.next(at(0s)).is_send());
    REQUIRE(task.receive(failure(401, "InvalidApiKey"), at(0s)));
    for (int i = 0; i < 2; ++i) CHECK(task.next(at(99h)).outcome().ending == task_ending::rejected);
    task.stop();
    CHECK(task.next(at(99h)).outcome().ending == task_ending::rejected);
}

TEST_CASE("stop waits for the answer to a submit, and keeps the task that it names") {
    auto task = started();
    REQUIRE(task.next(at(0s)).is_send());
    task.stop();
    CHECK(task.next(at(0s)).is_awaiting());
    REQUIRE(task.receive(submitted(), at(1s)));
    const auto step = task.next(at(1s));
    REQUIRE(step.is_done());
    CHECK(step.outcome().ending == task_ending::stopped);
    CHECK(step.outcome().task_id == "task-1");
}

TEST_CASE("stop before the first step sends nothing") {
    auto task = started();
    task.stop();
    CHECK(task.next(at(0s)).outcome().ending == task_ending::stopped);
}

TEST_CASE("a request lives on when its task is moved") {
    auto task = started();
    const auto step = task.next(at(0s));
    const std::string url = step.request().url;
    auto moved = std::move(task);
    CHECK(step.request().url == url);
    CHECK(moved.receive(submitted(), at(0s)));
}

TEST_CASE("time-outs and the bound of the reply travel in the request") {
    auto how = exact_policy();
    how.submit_timeout = 7s;
    how.query_timeout = 3s;
    how.max_reply_bytes = 1000;
    const auto d = drive({submitted(), succeeded()}, how);
    CHECK(d.peer.requests()[0].timeout == 7s);
    CHECK(d.peer.requests()[1].timeout == 3s);
    CHECK(d.peer.requests()[1].max_reply_bytes == 1000);
}

TEST_CASE("a reply over the bound is not read, even if the executor lets it through") {
    const auto huge = answer(200, std::string(2 << 20, ' '));
    CHECK(drive({huge}).outcome.ending == task_ending::submit_unknown);
    const auto d = drive({submitted(), huge, succeeded()});
    CHECK(d.outcome.succeeded());
    CHECK(drive({submitted(), huge}).outcome.error->message.find("2097152 bytes") != std::string::npos);
}

TEST_CASE("a reply that is nested too deep is not read") {
    const auto d = drive({submitted(), answer(200, std::string(10'000, '['))});
    CHECK(d.outcome.ending == task_ending::unreachable);
    CHECK(d.outcome.error->message.find("too deep") != std::string::npos);
}

TEST_CASE("an id that cannot be asked for is no id") {
    CHECK(drive({answer(200, R"({"output":{"task_id":".."}})")}).outcome.ending ==
          task_ending::submit_unknown);
}

TEST_CASE("a service that repeats the key does not make it known") {
    const auto echo =
        failure(401, "InvalidApiKey", "Invalid key: Bearer sk-test-secret and again sk-test-secret");
    for (const auto& script : {std::vector{echo}, std::vector{submitted(), echo},
                               std::vector{submitted(), answer(200, "sk-test-secret")}}) {
        const auto d = drive(script);
        CHECK((to_string(d.outcome) + d.outcome.raw_reply).find("sk-test-secret") == std::string::npos);
    }
    CHECK(drive({echo}).outcome.error->message == "Invalid key: Bearer *** and again ***");
}

TEST_CASE(
    "neither does a text that is cut within the key, nor an id, nor a reply that spells it in escapes") {
    const std::string spaces(110, ' ');
    const auto page = answer(403, "<html>" + spaces + "Authorization: Bearer sk-test-secret</html>");
    const auto redirect = answer(
        302, "", {{"Location", "https://elsewhere.example/?" + std::string(165, 'x') + "=sk-test-secret"}});
    const auto id = answer(400, R"({"code":"InvalidApiKey","message":"m","request_id":"r-sk-test-secret"})");
    const auto cut_by_service = answer(401, R"({"code":"InvalidApiKey","message":"bad key sk-test-sec"})");
    const auto escapes =
        answer(401, R"({"code":"InvalidApiKey","message":"bad key \u0073k\u002dtest\u002Dsecret"})");
    for (std::size_t cut = 0; cut < 30; ++cut) {
        const auto shorter = answer(403, "<html>" + spaces.substr(cut) + "sk-test-secret</html>");
        const auto d = drive({shorter});
        CHECK((to_string(d.outcome) + d.outcome.raw_reply).find("sk-test") == std::string::npos);
    }
    for (const auto& script :
         {std::vector{page}, std::vector{redirect}, std::vector{id}, std::vector{submitted(), id},
          std::vector{escapes}, std::vector{cut_by_service}}) {
        const auto d = drive(script);
        const auto shown = to_string(d.outcome) + d.outcome.raw_reply + d.outcome.request_id;
        CHECK_MESSAGE(shown.find("test") == std::string::npos, shown);
    }
}

TEST_CASE("neither does one that writes it otherwise, nor a redirect, nor the executor") {
    const auto escaped = answer(401, R"({"code":"InvalidApiKey","message":"\u0073k-test-secret"})");
    const auto redirect = answer(302, "", {{"Location", "https://elsewhere.example/?k=sk-test-secret"}});
    const wan::http_result executor =
        wan::transport_error{wan::delivery::maybe_sent, "> Authorization: Bearer sk-test-secret"};
    for (const auto& script : {std::vector{escaped}, std::vector{submitted(), escaped}, std::vector{redirect},
                               std::vector{executor}}) {
        const auto d = drive(script);
        REQUIRE(d.outcome.error);
        CHECK(to_string(d.outcome).find("sk-test-secret") == std::string::npos);
        CHECK(d.outcome.error->message.find("***") != std::string::npos);
    }
    const wan::provider slashes{.dialect = &wan::dashscope::api, .base_url = "https://x", .key = "sk-a/b/c"};
    scripted_peer peer{{answer(401, R"({"code":"InvalidApiKey","message":"sk-a\/b\/c"})")}};
    const auto end = wan::run(slashes, test_shot(), peer, {}, virtual_timer{});
    CHECK((to_string(end) + end.raw_reply).find("/b") == std::string::npos);
}

TEST_CASE("a key that looks like something else damages neither replies nor ids") {
    for (const char* key : {"output", "task_id", "task-1"}) {
        CAPTURE(key);
        const wan::provider odd{.dialect = &wan::dashscope::api, .base_url = "https://x", .key = key};
        scripted_peer peer{{submitted(), succeeded()}};
        const auto end = wan::run(odd, test_shot(), peer, {}, virtual_timer{});
        CHECK(end.succeeded());
        CHECK(end.task_id == "task-1");
    }
}

TEST_CASE("what a service says cannot steer a terminal") {
    const auto told = to_string(
        drive(
            {answer(
                400,
                R"({"code":"Foo\u001b[31m","message":"bad\n\u001b]0;owned\u0007","request_id":"r\u001b[1m"})")})
            .outcome);
    for (const char c : told) CHECK_FALSE(wan::detail::is_control(c));
    CHECK(told.find("owned") != std::string::npos);
}

TEST_CASE("a waiting task keeps no reply that is of no use") {
    const auto d = drive({submitted(), status("RUNNING"), maybe_sent(), succeeded()});
    CHECK(d.outcome.raw_reply.find("SUCCEEDED") != std::string::npos);
}

TEST_CASE("many tasks share one provider") {
    const auto who = std::make_shared<const wan::provider>(test_provider());
    const auto a = wan::make_task(who, test_shot(), wan::no_wall_clock);
    const auto b = wan::make_task(who, test_shot(), wan::no_wall_clock);
    REQUIRE(a);
    REQUIRE(b);
    CHECK(who.use_count() == 3);
}

TEST_CASE("the key is in no text that a task gives out") {
    for (const auto& script :
         {std::vector{submitted(), succeeded()}, std::vector{failure(401, "InvalidApiKey")},
          std::vector{maybe_sent()}, std::vector{submitted(), status("FAILED")}}) {
        const auto d = drive(script);
        const auto told = to_string(d.outcome) + d.outcome.raw_reply + to_string(started().token());
        CHECK(told.find("sk-test-secret") == std::string::npos);
    }
}

namespace {

std::string key_of_state(const wan::outcome& end) {
    return std::string{to_wire(end.ending)} + (end.is_resumable() ? ", resumable" : "");
}

wan::resume_token token_of_a_task(std::int64_t started_at) {
    return *wan::read_token(
        R"({"wan_token":1,"dialect":"dashscope","base_url":"https://dashscope-intl.aliyuncs.com/api/v1",)"
        R"("model":"wan2.2-kf2v-flash","state":"waiting","task_id":"task-1","started_at":)" +
        std::to_string(started_at) + "}");
}

} // namespace

TEST_CASE("UNKNOWN of a young task ended it as expired: it is a failed query, and the video still comes") {
    const auto d = drive({submitted(), status("PENDING"), status("UNKNOWN"), status("unknown"), succeeded()});
    CHECK(d.outcome.succeeded());
    CHECK(d.peer.submits() == 1);
}

TEST_CASE("a run of UNKNOWN is bounded by the failed queries, keeps the word, and can be resumed") {
    const auto d = drive({submitted(), status("UNKNOWN")});
    CHECK(key_of_state(d.outcome) == "unreachable, resumable");
    CHECK(d.outcome.status == "UNKNOWN");
    CHECK(d.peer.queries() == wan::policy{}.max_failed_queries);
    CHECK(d.outcome.error->message == "the provider reports the status UNKNOWN for a task that it should "
                                      "still keep; it keeps tasks for 24 h; query the task later; if this "
                                      "stays so, check the task ID and the key's account");
    CHECK(to_string(d.outcome).find("again") == std::string::npos); // nothing tells to pay twice
}

TEST_CASE("UNKNOWN means expired only once the service need not keep the task any more") {
    constexpr std::int64_t now = test_clock.time.time_since_epoch().count();
    const auto end_of_task_from = [&](std::int64_t started_at, bool has_clock = true) {
        auto how = exact_policy();
        how.max_failed_queries = 3;
        auto task = wan::resume_task(test_provider(), token_of_a_task(started_at),
                                     has_clock ? test_clock : wan::no_wall_clock, how);
        REQUIRE(task);
        scripted_peer peer{{status("UNKNOWN")}};
        return wan::run(*std::move(task), peer, {}, virtual_timer{}).ending;
    };
    CHECK(end_of_task_from(now - 24 * 3600) == task_ending::expired);
    CHECK(end_of_task_from(now - 23 * 3600) == task_ending::unreachable);
    CHECK(end_of_task_from(now + 24 * 3600) == task_ending::unreachable);
    CHECK(end_of_task_from(now - 48 * 3600, false) ==
          task_ending::unreachable); // how old it is, nobody knows
    // by a clock that was never set
    CHECK(end_of_task_from(60) == task_ending::unreachable);

    SUBCASE("also where only this process watched it") {
        auto how = exact_policy();
        how.deadline = std::chrono::hours{48};
        auto task = started(how);
        for (auto time = at(0s);;) {
            const auto step = task.next(time);
            if (step.is_done()) {
                CHECK(step.outcome().ending == task_ending::expired);
                CHECK(time >= at(std::chrono::hours{24}));
                break;
            }
            if (step.is_send())
                REQUIRE(task.receive(task.state() == task_state::submitting ? submitted()
                                     : time < at(std::chrono::hours{24})    ? status("RUNNING")
                                                                            : status("UNKNOWN"),
                                     time));
            else
                time = step.wake_at();
        }
    }
}

TEST_CASE("a given-up submit was searched for while it might still be on its way: it is neither searched for "
          "nor sent again") {
    auto how = exact_policy();
    how.sole_user = how.submit_again_if_not_listed = true;
    auto task = started(how, test_clock);
    REQUIRE(task.next(at(0s)).is_send());
    const auto end = task.next(at(120s));
    REQUIRE(end.is_done()); // no request for the list, no second submit
    CHECK(key_of_state(end.outcome()) == "submit_unknown, resumable");
    CHECK(
        end.outcome().error->message ==
        "the executor did not report the outcome within 120000 ms, twice the timeout; it must complete every "
        "request; the task may exist: check the provider's console before you submit again");
    CHECK(task.awaits_late_response());
}

TEST_CASE("a late rejection of a given-up submit left it submit_unknown: it ends as refused") {
    auto task = started();
    REQUIRE(task.next(at(0s)).is_send());
    REQUIRE(task.next(at(120s)).is_done());
    SUBCASE("rejected") {
        REQUIRE(task.receive(failure(400, "InvalidParameter", "no such resolution"), at(200s)));
        const auto end = task.next(at(200s));
        CHECK(key_of_state(end.outcome()) == "rejected");
        CHECK(end.outcome().error->message == "no such resolution");
        CHECK(end.outcome().request_id == "request-4");
    }
    SUBCASE("throttled: certainly not accepted") {
        REQUIRE(task.receive(failure(429, "Throttling.RateQuota"), at(200s)));
        CHECK(key_of_state(task.next(at(200s)).outcome()) == "rejected");
    }
    SUBCASE("not sent after all") {
        REQUIRE(task.receive(not_sent(), at(200s)));
        CHECK(key_of_state(task.next(at(200s)).outcome()) == "unreachable");
    }
    SUBCASE("still not clear") {
        REQUIRE(task.receive(failure(500, "InternalError"), at(200s)));
        CHECK(key_of_state(task.next(at(200s)).outcome()) == "submit_unknown, resumable");
    }
    SUBCASE("accepted: the service says which task it is") {
        REQUIRE(task.receive(submitted(), at(200s)));
        const auto& end = task.next(at(200s)).outcome();
        CHECK(end.task_id == "task-1");
        CHECK(end.id == wan::id_trust::confirmed);
        CHECK(task.token().task_id == "task-1");
    }
    CHECK_FALSE(task.awaits_late_response());
    CHECK_FALSE(task.receive(submitted(), at(201s)));
}

TEST_CASE("HTTP 408 of a submit is ambiguous, with a code and without: it is not sent again") {
    for (const auto& reply : {answer(408, ""), failure(408, "RequestTimeOut"),
                              failure(408, "Throttling.RateQuota"), failure(408, "InvalidParameter")}) {
        const auto d = drive({reply});
        CHECK(d.outcome.ending == task_ending::submit_unknown);
        CHECK(d.peer.submits() == 1);
    }
}

TEST_CASE("a bound of 0 for replies hid the id of a paid task: it means the default, and an id is read "
          "whatever the bound") {
    for (const std::size_t bound : {std::size_t{0}, std::size_t{1}, std::size_t{20}}) {
        CAPTURE(bound);
        auto how = exact_policy();
        how.max_reply_bytes = bound;
        auto task = started(how);
        const auto step = task.next(at(0s));
        CHECK(step.request().max_reply_bytes >= 64 * 1024);
        REQUIRE(task.receive(submitted(), at(0s)));
        CHECK(task.task_id() == "task-1");
        CHECK(task.state() == task_state::waiting);
    }
    auto how = exact_policy();
    how.max_reply_bytes = 0;
    CHECK(drive({submitted(), succeeded()}, how).outcome.succeeded());
}

TEST_CASE(
    "a wall clock outside of the years 1970 to 9999 is none: nothing is looked for from such a time on") {
    for (const auto seconds : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{253'402'300'800},
                               (std::numeric_limits<std::int64_t>::max)() / 4}) {
        CAPTURE(seconds);
        auto task = started(exact_policy(), {std::chrono::sys_seconds{std::chrono::seconds{seconds}}, {}});
        REQUIRE(task.next(at(0s)).is_send());
        CHECK_FALSE(task.token().started_at);
        REQUIRE(task.receive(maybe_sent(), at(1s)));
        CHECK(task.outcome()->ending == task_ending::submit_unknown);
    }
    for (const auto seconds : {std::int64_t{1}, std::int64_t{253'402'300'799}}) {
        auto task = started(exact_policy(), {std::chrono::sys_seconds{std::chrono::seconds{seconds}}, {}});
        REQUIRE(task.next(at(0s)).is_send());
        CHECK(task.token().started_at == seconds);
    }
}

TEST_CASE("the last status word and the last error are in every end") {
    const auto d = drive({submitted(), status("RUNNING"), failure(500, "InternalError", "we are sorry")}, [] {
        auto how = exact_policy();
        how.deadline = 60s;
        return how;
    }());
    CHECK(d.outcome.ending == task_ending::deadline);
    CHECK(d.outcome.status == "RUNNING");
    CHECK(to_string(d.outcome) ==
          "deadline [task_id task-1], last status RUNNING: server InternalError (HTTP 500): "
          "we are sorry [request_id request-4]");
    CHECK(d.outcome.error->message == "we are sorry");
}

TEST_CASE("an error that a later response made good is in an end that has no better one, and in no other") {
    auto how = exact_policy();
    how.deadline = 60s;
    const auto d = drive({submitted(), failure(500, "InternalError", "boom"), status("RUNNING")}, how);
    CHECK(d.outcome.ending == task_ending::deadline);
    REQUIRE(d.outcome.error);
    CHECK(d.outcome.error->message == "boom");
    CHECK(d.outcome.status == "RUNNING");
    CHECK_FALSE(drive({submitted(), failure(500, "InternalError", "boom"), status("RUNNING"), succeeded()})
                    .outcome.error);
    CHECK_FALSE(
        drive({submitted(), failure(500, "InternalError", "boom"), status("RUNNING"), status("CANCELED")})
            .outcome.error);

    auto task = started();
    REQUIRE(task.next(at(0s)).is_send());
    REQUIRE(task.receive(submitted(), at(0s)));
    REQUIRE(task.next(at(10s)).is_send());
    REQUIRE(task.receive(failure(500, "InternalError", "boom"), at(10s)));
    CHECK(task.progress().trouble != nullptr);
    REQUIRE(task.next(at(100s)).is_send());
    REQUIRE(task.receive(status("RUNNING"), at(100s)));
    CHECK(task.progress().trouble == nullptr);
}

TEST_CASE("a clear rejection that is larger than the bound for replies is a rejection") {
    auto how = exact_policy();
    how.max_reply_bytes = 16;
    CHECK(drive({failure(400, "InvalidParameter")}, how).outcome.ending == task_ending::rejected);
    CHECK(drive({failure(500, "InternalError")}, how).outcome.ending == task_ending::submit_unknown);
}

TEST_CASE("a step has a kind for a switch, and a task its outcome once it has ended") {
    auto task = started();
    CHECK(task.outcome() == nullptr);
    const auto sent = task.next(at(0s));
    CHECK(sent.kind() == wan::step_kind::send);
    CHECK(sent.request_kind() == wan::request_kind::submit);
    CHECK(task.next(at(0s)).kind() == wan::step_kind::await);
    task.receive(submitted(), at(1s));
    CHECK(task.next(at(1s)).kind() == wan::step_kind::wait);
    CHECK(task.outcome() == nullptr);
    task.stop();
    const auto last = task.next(at(1s));
    CHECK(last.kind() == wan::step_kind::done);
    REQUIRE(task.outcome() != nullptr);
    CHECK(task.outcome() == &last.outcome());
    CHECK(task.outcome()->ending == task_ending::stopped);
    CHECK(task.progress().ending == task_ending::stopped);
}
