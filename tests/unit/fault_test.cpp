// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Every script, with every fault in place of and in front of every answer: it ends, in a documented way, with
// the task id that was named and with one accepted submit at most, whoever drives.
#include "support/doctest.hpp"
#include "support/drivers.hpp"

#include "../../examples/custom_gateway.hpp"

#include <string>
#include <vector>

TEST_SUITE_BEGIN("faults");

using namespace support;
using wan::task_ending;
using wan::task_state;

namespace {

/// An answer, and what a submit that gets it may have done at the service, judged by hand.
struct fault {
    const char* name;
    wan::http_result answer;
    bool may_have_been_accepted;
};

const std::vector<fault>& faults() {
    static const std::vector<fault> all{
        {"not sent", not_sent(), false},
        {"maybe sent", maybe_sent(), true},
        {"429", failure(429, "Throttling.RateQuota"), false},
        {"429 bill", failure(429, "PostpaidBillOverdue"), false},
        {"500", failure(500, "InternalError"), true},
        {"500 that says too fast", failure(500, "Throttling"), true},
        {"503 busy", failure(503, "ModelUnavailable"), false},
        {"504 busy", failure(504, "ModelUnavailable"), true},
        {"504 not found", failure(504, "NotFound"), true},
        {"502 page", answer(502, "<html><body>Bad Gateway</body></html>"), true},
        {"408", answer(408, ""), true},
        {"401", failure(401, "InvalidApiKey"), false},
        {"404", answer(404, ""), false},
        {"redirect", answer(307, "", {{"Location", "https://elsewhere.example"}}), false},
        {"garbage", answer(200, "\x1f\x8b\x08"), true},
        {"empty", answer(200, ""), true},
        {"empty object", answer(200, "{}"), true},
        {"null", answer(200, "null"), true},
        {"wrong types", answer(200, R"({"output":[{"task_id":{}}],"code":{},"message":[]})"), true},
        {"half an id", answer(200, R"({"output":{"task_id":"task)"), true},
        {"deep", answer(200, std::string(10'000, '[')), true},
        {"huge", answer(200, std::string(2 << 20, '1')), true},
        {"status 0", answer(0, ""), true},
        {"status 999", answer(999, "{}"), true},
    };
    return all;
}

/// What a service answers when nothing goes wrong.
struct good_run {
    wan::provider who;
    std::vector<wan::http_result> script;
};

std::vector<good_run> good_runs() {
    const auto dashscope = test_provider();
    const auto fal = ::fal::provider("fal-secret");
    const auto at = [](const std::string& word) {
        return answer(
            word == "COMPLETED" ? 200 : 202,
            R"({"request_id":"task-1","status_url":"https://queue.fal.run/s","response_url":"https://queue.fal.run/r","status":")" +
                word + R"("})");
    };
    const auto queued = answer(200, at("IN_QUEUE")->body);
    return {
        {dashscope, {submitted(), status("PENDING"), status("RUNNING"), succeeded()}},
        {dashscope, {submitted(), status("RUNNING"), status("FAILED")}},
        {dashscope, {submitted(), status("CANCELED")}},
        {dashscope, {submitted(), status("UNKNOWN"), succeeded()}},
        {dashscope, {failure(429, "Throttling"), submitted(), succeeded()}},
        {dashscope, {not_sent(), submitted(), status("WARMING_UP"), succeeded()}},
        {fal,
         {queued, at("IN_PROGRESS"), at("COMPLETED"), answer(200, R"({"video":{"url":"https://x/a.mp4"}})")}},
        {fal, {queued, at("COMPLETED"), answer(422, R"({"detail":"no"})")}},
        {wan::sinancode::provider("sk-test-secret"),
         {answer(200, R"({"task_id":"task-1"})"), answer(200, R"({"status":"processing"})"),
          answer(200, R"({"status":"completed","result":[{"url":"https://x/a.mp4"}]})")}},
        {wan::jiekou::provider("sk-test-secret"),
         {answer(200, R"({"task_id":"task-1"})"),
          answer(200, R"({"task":{"task_id":"task-1","status":"TASK_STATUS_PROCESSING"}})"),
          answer(
              200,
              R"({"task":{"task_id":"task-1","status":"TASK_STATUS_SUCCEED"},"videos":[{"video_url":"https://x/a.mp4"}]})")}}};
}

bool is_submit(const wan::http_request& request) {
    return request.method == wan::http_method::post && !request.url.ends_with("/cancel");
}

bool names_a_task(const wan::http_result& answer) {
    return answer && answer->status == 200 && answer->body.find("\"task-1\"") != std::string::npos;
}

bool may_have_been_accepted(const wan::http_result& answer) {
    for (const auto& f : faults())
        if (answer ? f.answer && f.answer->status == answer->status && f.answer->body == answer->body
                   : !f.answer && f.answer.error().sent == answer.error().sent)
            return f.may_have_been_accepted;
    return names_a_task(answer);
}

/// What must hold at every end.
void check_end(const wan::outcome& end, const scripted_peer& peer, const virtual_timer& timer,
               const std::vector<wan::http_result>& script, bool all_answers_were_seen = true) {
    CHECK(end.ending != wan::task_ending::invalid);
    CHECK(timer.elapsed() <= 1h);
    CHECK(peer.requests().size() < 200);
    CHECK(end.succeeded() == end.video.has_value());
    int accepted = 0, possibly_accepted = 0;
    for (std::size_t i = 0; i < peer.requests().size(); ++i) {
        if (!is_submit(peer.requests()[i])) continue;
        const auto& answer = script[std::min(i, script.size() - 1)];
        accepted += names_a_task(answer);
        possibly_accepted += may_have_been_accepted(answer);
    }
    CHECK(possibly_accepted <= 1);
    if (accepted == 1 && all_answers_were_seen) CHECK(end.task_id == "task-1");
    // Where an id came with the trouble, that is the way to find out.
    if (possibly_accepted > accepted)
        CHECK((end.ending == task_ending::submit_unknown || !end.task_id.empty()));
}

} // namespace

TEST_CASE("a fault at every step, once and for ever, instead of an answer and before it") {
    for (const auto& [who, good] : good_runs())
        for (std::size_t at = 0; at < good.size(); ++at)
            for (const auto& f : faults())
                for (const int kind : {0, 1, 2, 3, 4, 5}) {
                    // The second three times with a caller who says when it was, so that a lost submit is
                    // looked for.
                    const auto clock = kind >= 3 ? test_clock : wan::no_wall_clock;
                    auto script = good;
                    const auto here = script.begin() + static_cast<std::ptrdiff_t>(at);
                    if (kind % 3 == 0) *here = f.answer;
                    if (kind % 3 == 1) script.insert(here, f.answer);
                    if (kind % 3 == 2) {
                        *here = f.answer;
                        script.resize(at + 1, f.answer);
                    }
                    CAPTURE(std::string{f.name});
                    CAPTURE(at);
                    CAPTURE(kind);
                    same_end same;
                    for (const auto& drive : drivers()) {
                        scripted_peer peer{script};
                        virtual_timer timer;
                        const auto end = drive(who, test_shot(), peer, {.wall_clock = clock}, timer);
                        check_end(end, peer, timer, script);
                        same.check(drive, end, peer, timer);
                    }
                }
}

TEST_CASE("a process that dies at any step goes on from its last token without a second submit") {
    for (const auto& [who, script] : good_runs())
        for (std::size_t dies_after = 0; dies_after <= script.size(); ++dies_after)
            for (const bool saved_last_answer : {false, true}) {
                CAPTURE(dies_after);
                CAPTURE(saved_last_answer);
                same_end same;
                for (const auto& drive : drivers()) {
                    scripted_peer peer{script};
                    virtual_timer timer;
                    std::string token;
                    auto task = *wan::make_task(who, test_shot(), wan::no_wall_clock);
                    for (std::size_t answered = 0; answered < dies_after;) {
                        const auto step = task.next(timer.now());
                        if (step.is_done()) break;
                        if (!step.is_send()) {
                            timer.sleep_until(step.wake_at());
                            continue;
                        }
                        token = to_string(task.token());
                        REQUIRE(task.receive(peer(step.request()), timer.now()));
                        if (++answered < dies_after || saved_last_answer) token = to_string(task.token());
                    }
                    if (token.empty()) continue; // nothing was sent
                    const auto read = wan::read_token(token);
                    REQUIRE(read);
                    const auto submits = peer.submits();
                    auto resumed = wan::resume_task(who, *read, wan::no_wall_clock);
                    if (!resumed) {
                        CHECK(resumed.error().category == wan::error_category::token);
                        continue;
                    }
                    const auto end = drive(*std::move(resumed), peer, {}, timer);
                    CHECK(peer.submits() == submits);
                    same.check(drive, end, peer, timer);
                    if (!read->task_id.empty()) CHECK(end.task_id == read->task_id);
                    if (read->task_id.empty()) CHECK(end.ending == task_ending::submit_unknown);
                }
            }
}

TEST_CASE("a fault at any step and a death at any other: no second submit, and no id is lost") {
    const auto how = exact_policy();
    for (const auto& [who, good] : good_runs())
        for (std::size_t at = 0; at < good.size(); ++at)
            for (const auto& f : faults())
                for (std::size_t dies_after = 1; dies_after <= good.size(); ++dies_after)
                    for (const bool saved_last_answer : {false, true}) {
                        CAPTURE(std::string{f.name});
                        CAPTURE(at);
                        CAPTURE(dies_after);
                        CAPTURE(saved_last_answer);
                        auto script = good;
                        script[at] = f.answer;
                        scripted_peer peer{script};
                        virtual_timer timer;
                        std::string token;
                        auto task = *wan::make_task(who, test_shot(), checked_clock, how);
                        for (std::size_t answered = 0; answered < dies_after;) {
                            const auto step = task.next(timer.now());
                            if (step.is_done()) break;
                            if (!step.is_send()) {
                                timer.sleep_until(step.wake_at());
                                continue;
                            }
                            token = to_string(task.token());
                            REQUIRE(task.receive(peer(step.request()), timer.now()));
                            if (++answered < dies_after || saved_last_answer) token = to_string(task.token());
                        }
                        const auto known = wan::read_token(token)->task_id;
                        auto resumed =
                            wan::resume_task(who, *wan::read_token(token), test_shot(), checked_clock, how);
                        REQUIRE(resumed);
                        const auto end = wan::run(*std::move(resumed), peer, {}, timer);
                        check_end(end, peer, timer, script, saved_last_answer);
                        if (!known.empty()) CHECK(end.task_id == known);
                    }
}

TEST_CASE("a cancel at any moment, whatever the service says to it, comes to a documented end") {
    for (const auto& [who, good] : good_runs())
        for (std::size_t cancel_at = 0; cancel_at < 8; ++cancel_at)
            for (const auto& f : faults()) {
                CAPTURE(cancel_at);
                CAPTURE(std::string{f.name});
                scripted_peer peer{good};
                virtual_timer timer;
                auto task = *wan::make_task(who, test_shot(), wan::no_wall_clock, exact_policy());
                std::size_t steps = 0;
                for (; steps < 500; ++steps) {
                    if (steps == cancel_at) (void)task.cancel(); // which not every service offers
                    const auto step = task.next(timer.now());
                    if (step.is_done()) break;
                    if (!step.is_send())
                        timer.sleep_until(step.wake_at());
                    else if (task.state() == task_state::canceling)
                        REQUIRE(task.receive(f.answer, timer.now()));
                    else
                        REQUIRE(task.receive(peer(step.request()), timer.now()));
                }
                REQUIRE(steps < 500);
                check_end(task.next(timer.now()).outcome(), peer, timer, good);
            }
}

TEST_CASE("what the wall clock says, and whether it jumps, makes no difference to a task that goes well") {
    for (const auto& [who, good] : good_runs()) {
        std::optional<std::chrono::milliseconds> first;
        for (const auto time : {0s, 1'770'000'000s, 4'102'444'800s}) {
            const wan::wall_clock clock{std::chrono::sys_seconds{time}, {}};
            scripted_peer peer{good};
            virtual_timer timer;
            (void)wan::run(who, test_shot(), peer, {.policy = exact_policy(), .wall_clock = clock}, timer);
            if (!first) first = timer.elapsed();
            CHECK(timer.elapsed() == *first);
            CHECK(peer.requests().size() == good.size());
        }
    }
}

TEST_CASE("a caller who stops at any moment gets a documented end and keeps the task id") {
    for (const auto& [who, script] : good_runs())
        for (int stop_at = 0; stop_at < 12; ++stop_at) {
            CAPTURE(stop_at);
            same_end same;
            for (const auto& drive : drivers()) {
                scripted_peer peer{script};
                virtual_timer timer;
                int asked = 0;
                const auto end = drive(who, test_shot(), peer,
                                       {.stop_requested = [&] { return ++asked > stop_at; }}, timer);
                check_end(end, peer, timer, script);
                same.check(drive, end, peer, timer);
            }
        }
}

TEST_CASE("a deadline at any moment ends in time") {
    for (const auto& [who, script] : good_runs())
        for (int seconds = 0; seconds < 70; ++seconds) {
            CAPTURE(seconds);
            auto how = exact_policy();
            how.deadline = std::chrono::seconds{seconds};
            same_end same;
            for (const auto& drive : drivers()) {
                scripted_peer peer{script};
                virtual_timer timer;
                const auto end = drive(who, test_shot(), peer, {.policy = how}, timer);
                check_end(end, peer, timer, script);
                CHECK(timer.elapsed() <= how.deadline);
                same.check(drive, end, peer, timer);
            }
        }
}
