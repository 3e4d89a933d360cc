// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A submit that may have been accepted and was never answered, at a service that lists its tasks.
#include "support/doctest.hpp"
#include "support/http_date.hpp"
#include "support/scripted_peer.hpp"

#include <map>
#include <utility>

TEST_SUITE_BEGIN("lost submit");

using namespace support;
using wan::task_ending;
using wan::task_state;

namespace {

constexpr auto now_here = test_clock.time;

struct listed {
    std::string id;
    std::string prompt; ///< empty: the service does not tell it (yet)
    std::string model = "wan2.2-kf2v-flash";
    std::int64_t created = now_here.time_since_epoch().count() + 1;
};

/// DashScope whose first submits get no answer, with a list of tasks that are all done when they are asked
/// for.
class service {
public:
    explicit service(std::vector<listed> tasks) : tasks_(std::move(tasks)) {}

    wan::http_result operator()(const wan::http_request& request) {
        const auto& url = request.url;
        if (request.method == wan::http_method::post) {
            ++submits;
            return submits <= lost_submits ? maybe_sent() : submitted();
        }
        if (const auto at = url.find("/tasks/?"); at != std::string::npos) {
            ++lists;
            list_url = url;
            return lists <= broken_lists ? broken : page(url);
        }
        const auto id = url.substr(url.rfind('/') + 1);
        ++queries[id];
        for (const auto& t : tasks_)
            if (t.id == id)
                return answer(200, R"({"output":{"task_id":")" + id +
                                       R"(","task_status":"SUCCEEDED","video_url":"https://x/)" + id +
                                       R"(.mp4","orig_prompt":")" + t.prompt + R"("}})");
        return succeeded();
    }

    unsigned lost_submits = 1, submits = 0, lists = 0, broken_lists = 0;
    std::string date = "Mon, 02 Feb 2026 02:40:05 GMT"; ///< of its clock
    bool tells_pages = true;
    std::size_t page_size = 10;
    wan::http_result broken = failure(500, "InternalError");
    std::string list_url;
    std::map<std::string, unsigned> queries;

private:
    wan::http_result page(const std::string& url) const {
        const auto number = static_cast<std::size_t>(std::stoi(url.substr(url.find("page_no=") + 8)));
        std::string rows;
        for (std::size_t i = (number - 1) * page_size; i < std::min(tasks_.size(), number * page_size); ++i)
            rows.append(rows.empty() ? "" : ",")
                .append(R"({"task_id":")")
                .append(tasks_[i].id)
                .append(R"(","status":"RUNNING","model_name":")")
                .append(tasks_[i].model)
                .append(R"(","gmt_create":)")
                .append(std::to_string(tasks_[i].created * 1000))
                .append("}");
        const auto pages =
            tells_pages ? R"(,"total_page":)" + std::to_string((tasks_.size() + page_size - 1) / page_size)
                        : "";
        return answer(200, R"({"data":[)" + rows + "]" + pages + "}", {{"Date", date}});
    }

    std::vector<listed> tasks_;
};

wan::policy searching() {
    auto p = exact_policy();
    p.submit_timeout = 1s; // so that the first look counts
    p.sole_user = true;
    return p;
}

wan::outcome run(service& s, const wan::policy& how = searching(), const char* prompt = "a lamp",
                 const wan::wall_clock& clock = test_clock) {
    auto shot = test_shot();
    if (prompt != nullptr) shot.prompt = prompt;
    return wan::run(test_provider(), shot, s, {.policy = how, .wall_clock = clock}, virtual_timer{});
}

} // namespace

TEST_CASE("the listed task with the same prompt is the lost one, and is not paid for twice") {
    service s{{{"other-1", "a cat"}, {"mine", "a lamp"}, {"other-2", "a dog"}}};
    const auto end = run(s);
    REQUIRE_MESSAGE(end, to_string(end));
    CHECK(end.task_id == "mine");
    CHECK(end.video->url == "https://x/mine.mp4");
    CHECK(s.submits == 1);
    CHECK(s.list_url == "https://dashscope-intl.aliyuncs.com/api/v1/tasks/"
                        "?start_time=20260202103900&model_name=wan2.2-kf2v-flash&page_no=1");
}

TEST_CASE("all pages of the list are read") {
    std::vector<listed> tasks;
    for (int i = 0; i < 25; ++i) tasks.push_back({"other-" + std::to_string(i), "a cat"});
    tasks.push_back({"mine", "a lamp"});
    service s{tasks};
    CHECK(run(s).task_id == "mine");
    CHECK(s.lists == 3);
}

TEST_CASE("pages are read to the first empty one where the service does not say how many there are") {
    std::vector<listed> tasks;
    for (int i = 0; i < 25; ++i) tasks.push_back({"other-" + std::to_string(i), "a cat"});
    tasks.push_back({"mine", "a lamp"});
    service s{tasks};
    s.tells_pages = false;
    CHECK(run(s).task_id == "mine");
    CHECK(s.lists == 4);
}

TEST_CASE("a task that two pages show is one task") {
    service s{{{"mine", "a lamp"}, {"mine", "a lamp"}}};
    s.page_size = 1;
    CHECK(run(s).task_id == "mine");
}

TEST_CASE("a list that is no proof does not lead to a second submit") {
    auto how = searching();
    how.submit_again_if_not_listed = true;
    std::vector<listed> tasks;
    for (int i = 0; i < 60; ++i) tasks.push_back({"other-" + std::to_string(i), "a cat"});
    service s{tasks};
    SUBCASE("because it has no end") { s.page_size = 1; }
    SUBCASE("because the caller's clock is fast: the task would seem to be an older one") {
        s.date = "Mon, 02 Feb 2026 02:30:00 GMT";
    }
    SUBCASE("because nobody knows whether the caller's clock is right") { s.date = "today"; }
    CHECK(run(s, how).ending == task_ending::submit_unknown);
    CHECK(s.submits == 1);
}

TEST_CASE("a list that may hold the task in a form that cannot be read is no proof") {
    const auto created = std::to_string(now_here.time_since_epoch().count() * 1000 + 1000);
    const auto row = [&](const std::string& members) {
        return R"({"status":"RUNNING","gmt_create":)" + created + "," + members + "}";
    };
    std::string rows, pages = "1";
    SUBCASE("because a row names no task") {
        rows = row(R"("model_name":"wan2.2-kf2v-flash","taskId":"mine")");
    }
    SUBCASE("because a row is none") { rows = R"("mine")"; }
    SUBCASE("because a row is of a model that was not asked for") {
        rows = row(R"("model_name":"Wan-2.2","task_id":"mine")");
    }
    SUBCASE("because a page is empty though there are more") { pages = "3"; }
    SUBCASE("but one of none is") {
        pages = "0";
        rows = "none";
    }
    unsigned submits = 0;
    const auto peer = [&](const wan::http_request& request) -> wan::http_result {
        if (request.method == wan::http_method::post) return ++submits == 1 ? maybe_sent() : submitted();
        if (request.url.find("/tasks/?") == std::string::npos) return succeeded();
        return answer(200,
                      R"({"data":[)" + (rows == "none" ? std::string{} : rows) + R"(],"total_page":)" +
                          pages + "}",
                      {{"Date", "Mon, 02 Feb 2026 02:40:05 GMT"}});
    };
    auto how = searching();
    how.submit_again_if_not_listed = true;
    auto shot = test_shot();
    shot.prompt = "a lamp";
    const auto end =
        wan::run(test_provider(), shot, peer, {.policy = how, .wall_clock = test_clock}, virtual_timer{});
    CHECK(end.ending == (rows == "none" ? task_ending::succeeded : task_ending::submit_unknown));
    CHECK(submits == (rows == "none" ? 2 : 1));
}

TEST_CASE("a prompt that the service cut within a character is not another prompt") {
    for (const char* cut : {"a lamp at nigh\xE5\xA4", "a lamp at nigh\\ud83c"}) {
        service s{{{"mine", cut}}};
        auto how = searching();
        how.submit_again_if_not_listed = true;
        CHECK(run(s, how, "a lamp at nigh\xE5\xA4\x9C").task_id == "mine"); // a guess, at the last look
        CHECK(s.submits == 1);
    }
}

TEST_CASE("a token with the hash of the whole prompt, as it was once written, finds its task") {
    auto shot = test_shot();
    shot.prompt = "a lamp at night";
    auto task = *wan::make_task(test_provider(), shot, test_clock, searching());
    REQUIRE(task.next({}).is_send());
    auto token = task.token();
    token.prompt_hash = "3164b341dfb72d91"; // FNV-1a
    service s{{{"mine", "a lamp at night"}}};
    auto resumed = wan::resume_task(test_provider(), token, shot, test_clock, searching());
    REQUIRE(resumed);
    CHECK(wan::run(*std::move(resumed), s, {}, virtual_timer{}).task_id == "mine");
    CHECK(s.submits == 0);
    shot.prompt = "a lamp";
    CHECK_FALSE(wan::resume_task(test_provider(), token, shot, test_clock, searching()));
}

TEST_CASE("a model's name in other letters, and a prompt with other white space, are the same") {
    service s{{{"mine", "a  lamp\\n", "Wan2.2-KF2V-flash"}}};
    CHECK(run(s).task_id == "mine");
    service trimmed{{{"mine", "a lamp"}}};
    CHECK(run(trimmed, searching(), " a lamp\n").task_id == "mine");
    CHECK(trimmed.submits == 1);
}

TEST_CASE("what is older, of another model or of another task of the caller is not the lost one") {
    const auto before = now_here.time_since_epoch().count() - 3600;
    service s{{{"old", "a lamp", "wan2.2-kf2v-flash", before},
               {"other model", "a lamp", "wan2.7-i2v"},
               {"known", "a lamp"},
               {"mine", "a lamp"}}};
    auto how = searching();
    const std::string known = "known";
    how.known = {[](const void* context, std::string_view id) {
                     return id == *static_cast<const std::string*>(context);
                 },
                 &known};
    CHECK(run(s, how).task_id == "mine");
    CHECK(s.queries["other model"] + s.queries["known"] == 0);
}

TEST_CASE("a list with a task that may be the lost one, but is older than what was asked for, is no proof") {
    // the service's timestamps have jumped
    const auto eight_hours_ago = now_here.time_since_epoch().count() - 8 * 3600;
    auto how = searching();
    how.submit_again_if_not_listed = true;
    SUBCASE("with the same prompt") {
        service s{{{"mine", "a lamp", "wan2.2-kf2v-flash", eight_hours_ago}}};
        const auto end = run(s, how);
        CHECK(end.ending == task_ending::submit_unknown);
        CHECK(end.candidates.size() == 1);
        CHECK(s.submits == 1);
    }
    SUBCASE("with another one, it is none") {
        service s{{{"other", "a cat", "wan2.2-kf2v-flash", eight_hours_ago}}};
        CHECK(run(s, how).task_id == "task-1");
        CHECK(s.submits == 2);
    }
}

TEST_CASE("without a prompt, the only new task is the lost one, but not at the first look") {
    service s{{{"mine", ""}}};
    CHECK(run(s, searching(), nullptr).task_id == "mine");
    CHECK(s.lists == searching().max_searches);
}

TEST_CASE(
    "while the service tells no prompts, the only new task is the lost one, but not at the first look") {
    service s{{{"mine", ""}}};
    CHECK(run(s).task_id == "mine");
    CHECK(s.lists == searching().max_searches);
}

TEST_CASE("the only new task that turns out to have another prompt is not delivered as this one's video") {
    // It tells its prompt only when it is asked for the last time.
    auto how = searching();
    unsigned lists = 0, queries = 0;
    const auto liar = [&](const wan::http_request& request) -> wan::http_result {
        if (request.method == wan::http_method::post) return maybe_sent();
        if (request.url.find("/tasks/?") != std::string::npos) {
            ++lists;
            return answer(
                200, R"({"data":[{"task_id":"other","model_name":"wan2.2-kf2v-flash"}],"total_page":1})");
        }
        const bool done = ++queries > how.max_searches;
        return answer(200, std::string{R"({"output":{"task_id":"other","task_status":")"} +
                               (done ? R"(SUCCEEDED","video_url":"https://x/a.mp4","orig_prompt":"a cat")"
                                     : R"(RUNNING")") +
                               "}}");
    };
    auto shot = test_shot();
    shot.prompt = "a lamp";
    const auto end =
        wan::run(test_provider(), shot, liar, {.policy = how, .wall_clock = test_clock}, virtual_timer{});
    CHECK(end.ending == task_ending::submit_unknown);
    CHECK(end.task_id.empty());
    CHECK_FALSE(end.video);
    CHECK(end.error->message.find("has another prompt") != std::string::npos);
    CHECK(lists == how.max_searches);
}

namespace {

/// The token of a process that died while its submit was out.
wan::resume_token token_of_the_dead(const wan::keyframe_to_video& shot,
                                    wan::clock_trust trust = wan::clock_trust::checked) {
    const wan::wall_clock clock{now_here, {}, trust};
    auto task = *wan::make_task(test_provider(), shot, clock, searching());
    REQUIRE(task.next({}).is_send());
    return *wan::read_token(to_string(task.token()));
}

wan::keyframe_to_video lamp() {
    auto shot = test_shot();
    shot.prompt = "a lamp";
    return shot;
}

} // namespace

namespace {

/// A service that lists one task without its prompt, and tells its end, with a prompt or without, when it is
/// asked often enough.
struct one_task_without_prompt {
    std::string end;        ///< the members of its last answer
    unsigned asked_in_vain; ///< before that answer
    unsigned submits = 0, lists = 0, queries = 0, cancels = 0;

    wan::http_result operator()(const wan::http_request& request) {
        if (request.url.find("/cancel") != std::string::npos) return ++cancels, answer(200, "{}");
        if (request.method == wan::http_method::post) return ++submits, maybe_sent();
        if (request.url.find("/tasks/?") != std::string::npos)
            return ++lists,
                   answer(
                       200,
                       R"({"data":[{"task_id":"other","model_name":"wan2.2-kf2v-flash"}],"total_page":1})");
        const auto said = ++queries > asked_in_vain ? end : R"("task_status":"RUNNING")";
        return answer(200, R"({"output":{"task_id":"other",)" + said + "}}");
    }
};

/// To the moment at which the only listed task is taken for the lost one.
wan::task guessed(one_task_without_prompt& peer, wan::time_point& now) {
    auto shot = test_shot();
    shot.prompt = "a lamp";
    auto task = *wan::make_task(test_provider(), shot, test_clock, searching());
    while (task.task_id().empty()) {
        const auto step = task.next(now);
        REQUIRE_FALSE(step.is_done());
        if (step.is_send())
            REQUIRE(task.receive(peer(step.request()), now));
        else
            now = step.wake_at();
    }
    return task;
}

wan::outcome driven(wan::task& task, one_task_without_prompt& peer, wan::time_point now) {
    for (;;) {
        const auto step = task.next(now);
        if (step.is_done()) return step.outcome();
        if (step.is_send())
            REQUIRE(task.receive(peer(step.request()), now));
        else
            now = step.wake_at();
    }
}

} // namespace

TEST_CASE(
    "a guess stays a guess in the token: another process does not deliver somebody else's video either") {
    one_task_without_prompt peer{
        R"("task_status":"SUCCEEDED","video_url":"https://x/theirs.mp4","orig_prompt":"a dog")", 100};
    wan::time_point now{};
    const auto token = wan::read_token(to_string(guessed(peer, now).token()));
    REQUIRE(token);
    CHECK(token->task_id == "other");
    CHECK(token->id == wan::id_trust::inferred);
    peer.asked_in_vain = 0;
    auto resumed = wan::resume_task(test_provider(), *token, lamp(), test_clock, searching());
    REQUIRE(resumed);
    const auto end = driven(*resumed, peer, {});
    CHECK(end.ending == task_ending::submit_unknown);
    CHECK(end.task_id.empty());
    REQUIRE(end.candidates.size() == 1);
    CHECK(end.candidates[0].task_id == "other");
    // The caller, who knows, can take it, or another one.
    CHECK(wan::adopt(*token, "other")->id == wan::id_trust::adopted);
    CHECK(wan::adopt(*token, "mine")->task_id == "mine");
}

TEST_CASE("a guess whose prompt turns out to be the same is inferred from that") {
    one_task_without_prompt peer{R"("task_status":"RUNNING","orig_prompt":"a lamp")", 100};
    wan::time_point now{};
    auto task = guessed(peer, now);
    peer.asked_in_vain = 0;
    for (auto step = task.next(now); !step.is_send(); step = task.next(now)) now = step.wake_at();
    REQUIRE(task.receive(peer({.url = "https://x/tasks/other"}), now));
    CHECK(task.token().id == wan::id_trust::inferred);
    CHECK(task.token().inferred_from == wan::prompt_match::equal);
}

TEST_CASE("the end of a guess is told as the task's only if it is a video, or has the same prompt") {
    const std::string ends[] = {R"("task_status":"FAILED","code":"InternalError")",
                                R"("task_status":"CANCELED")",
                                R"("task_status":"FAILED","orig_prompt":"a dog")"};
    for (const auto& end : ends) {
        CAPTURE(end);
        one_task_without_prompt peer{end, 100};
        wan::time_point now{};
        auto task = guessed(peer, now);
        peer.asked_in_vain = 0;
        const auto told = driven(task, peer, now);
        CHECK(told.ending == task_ending::submit_unknown);
        CHECK(told.candidates.size() == 1);
        CHECK_FALSE(task.token().id);
        CHECK(task.token().task_id.empty());
        CHECK(told.error->message.starts_with(
            "the submit is unconfirmed, and the only candidate task, other, "));
    }
    one_task_without_prompt peer{R"("task_status":"FAILED","code":"InternalError","orig_prompt":"a lamp")",
                                 100};
    wan::time_point now{};
    auto task = guessed(peer, now);
    peer.asked_in_vain = 0;
    const auto told = driven(task, peer, now);
    CHECK(told.ending == task_ending::failed);
    CHECK(told.task_id == "other");
}

TEST_CASE("a guess is not canceled: it may be somebody else's task") {
    one_task_without_prompt peer{R"("task_status":"CANCELED")", 100};
    wan::time_point now{};
    SUBCASE("when the cancel comes after it") {
        auto task = guessed(peer, now);
        REQUIRE(task.cancel());
        const auto end = driven(task, peer, now);
        CHECK(end.ending == task_ending::submit_unknown);
        REQUIRE(end.candidates.size() == 1);
        CHECK(end.error->message == "the submit is unconfirmed, and the only candidate task, other, was not "
                                    "canceled because it may be someone else's; check the provider's console "
                                    "before you submit again");
    }
    SUBCASE("when the cancel comes while it is looked for") {
        auto task = *wan::make_task(test_provider(), lamp(), test_clock, searching());
        REQUIRE(task.next(now).is_send());
        REQUIRE(task.receive(maybe_sent(), now));
        REQUIRE(task.cancel());
        const auto end = driven(task, peer, now);
        CHECK(end.ending == task_ending::submit_unknown);
        CHECK(end.candidates.size() == 1);
    }
    CHECK(peer.cancels == 0);
}

TEST_CASE("thousands of candidates that cannot be asked for are passed over") {
    static const auto unaskable = [] {
        auto d = wan::dashscope::api;
        d.name = "unaskable";
        d.query = {.path = {}, .is_named_by_reply = true};
        return d;
    }();
    const wan::provider who{.dialect = &unaskable, .base_url = "https://x", .key = "sk-test-secret"};
    unsigned page = 0;
    const auto peer = [&](const wan::http_request& request) -> wan::http_result {
        if (request.method == wan::http_method::post) return maybe_sent();
        std::string rows;
        for (unsigned i = 0; i < wan::max_listed_tasks; ++i)
            rows.append(i == 0 ? "" : ",")
                .append(R"({"task_id":"t)")
                .append(std::to_string(page))
                .append("-")
                .append(std::to_string(i))
                .append("\"}");
        ++page;
        return answer(200, R"({"data":[)" + rows + R"(],"total_page":50})");
    };
    auto how = searching();
    how.max_searches = 1;
    auto shot = test_shot();
    shot.prompt = "a lamp";
    const auto end = wan::run(who, shot, peer, {.policy = how, .wall_clock = test_clock}, virtual_timer{});
    CHECK(end.ending == task_ending::submit_unknown);
    CHECK(end.candidates.size() == 50 * wan::max_listed_tasks);
}

TEST_CASE("a candidate that could not be asked for is no candidate to guess") {
    unsigned submits = 0;
    const auto broken = [&](const wan::http_request& request) -> wan::http_result {
        if (request.method == wan::http_method::post) return ++submits, maybe_sent();
        if (request.url.find("/tasks/?") == std::string::npos) return failure(500, "InternalError");
        return answer(200,
                      R"({"data":[{"task_id":"other","model_name":"wan2.2-kf2v-flash"}],"total_page":1})");
    };
    auto shot = test_shot();
    shot.prompt = "a lamp";
    const auto end = wan::run(test_provider(), shot, broken,
                              {.policy = searching(), .wall_clock = test_clock}, virtual_timer{});
    CHECK(end.ending == task_ending::submit_unknown);
    REQUIRE(end.candidates.size() == 1);
    CHECK(submits == 1);
}

TEST_CASE("several that may be it are left to the caller") {
    service s{{{"a", "a lamp"}, {"b", "a cat"}, {"c", "a lamp"}}};
    const auto end = run(s);
    CHECK(end.ending == task_ending::submit_unknown);
    REQUIRE(end.candidates.size() == 2);
    CHECK(end.candidates[0].task_id == "a");
    CHECK(end.candidates[1].task_id == "c");
    CHECK(s.submits == 1);
}

TEST_CASE("a list without it, seen twice: the caller decides") {
    service s{{{"other", "a cat"}}};
    SUBCASE("by default") {
        const auto end = run(s);
        CHECK(end.ending == task_ending::submit_unknown);
        CHECK(end.candidates.empty());
        CHECK(s.submits == 1);
        CHECK(s.lists == 2);
    }
    SUBCASE("with a policy that submits again") {
        auto how = searching();
        how.submit_again_if_not_listed = true;
        const auto end = run(s, how);
        CHECK(end.task_id == "task-1");
        CHECK(end.succeeded());
        CHECK(s.submits == 2);
        CHECK(s.lists == 2);
    }
    SUBCASE("and with one that never gets through") {
        auto how = searching();
        how.submit_again_if_not_listed = true;
        s.lost_submits = 1000;
        const auto end = run(s, how);
        CHECK(end.ending == task_ending::submit_unknown);
        CHECK(s.submits == how.max_lost_submits);
    }
}

TEST_CASE("before the time-out of the submit a list without it is no proof: the service may still be at it") {
    service s{{{"other", "a cat"}}};
    s.date = "Mon, 02 Feb 2026 02:40:40 GMT";
    auto how = searching();
    how.submit_timeout = 60s;
    how.submit_again_if_not_listed = true;
    CHECK(run(s, how).task_id == "task-1");
    CHECK(s.submits == 2);
    CHECK(s.lists == 8); // at 1 s, 11 s, ... 51 s; at 61 s and 71 s it counts
}

TEST_CASE("a list that no longer reaches back to the submit is no proof") {
    for (const auto age :
         {std::chrono::hours{-1}, std::chrono::hours{22}, std::chrono::hours{23}, std::chrono::hours{60}}) {
        CAPTURE(age.count());
        service s{{}};
        s.lost_submits = 0;
        auto token = *wan::read_token(
            R"({"wan_token":1,"dialect":"dashscope","base_url":"https://dashscope-intl.aliyuncs.com/api/v1",)"
            R"("model":"wan2.2-kf2v-flash","state":"submitting","clock":"checked"})");
        token.started_at = (now_here - age).time_since_epoch().count();
        auto how = searching();
        how.submit_again_if_not_listed = true;
        auto resumed = wan::resume_task(test_provider(), token, test_shot(), test_clock, how);
        REQUIRE(resumed);
        const auto end = wan::run(*std::move(resumed), s, {}, virtual_timer{});
        CHECK(end.succeeded() == (age == std::chrono::hours{22}));
        CHECK(s.submits == (age == std::chrono::hours{22} ? 1 : 0));
    }
}

TEST_CASE("a list that cannot be had is asked for again, and no list is no proof") {
    service s{{}};
    auto how = searching();
    how.submit_again_if_not_listed = true;
    SUBCASE("for a while") {
        s.broken_lists = 3;
        CHECK(run(s, how).succeeded());
        CHECK(s.submits == 2);
    }
    SUBCASE("for ever") {
        s.broken_lists = 1000;
        for (const auto& broken : {failure(500, "InternalError"), failure(429, "Throttling"), maybe_sent(),
                                   answer(200, "{\"data\":[")}) {
            s.broken = broken;
            s.lists = s.submits = 0;
            const auto end = run(s, how);
            CHECK(end.ending == task_ending::submit_unknown);
            CHECK(s.submits == 1);
            CHECK(s.lists == how.max_failed_queries);
        }
    }
    SUBCASE("because the service says no") {
        s.broken_lists = 1000;
        s.broken = failure(403, "AccessDenied");
        const auto end = run(s, how);
        CHECK(end.ending == task_ending::submit_unknown);
        CHECK(s.lists == 1);
    }
}

TEST_CASE("a page or a candidate that cannot be had is asked for again, and the look goes on where it was") {
    std::vector<listed> tasks;
    for (int i = 0; i < 25; ++i) tasks.push_back({"other-" + std::to_string(i), "a cat"});
    tasks.push_back({"mine", "a lamp"});
    service s{tasks};
    unsigned calls = 0, lists = 0;
    const auto every_second_fails = [&](const wan::http_request& request) -> wan::http_result {
        if (request.method == wan::http_method::get && ++calls % 2 == 1) return failure(500, "InternalError");
        lists += request.url.find("/tasks/?") != std::string::npos;
        return s(request);
    };
    auto shot = test_shot();
    shot.prompt = "a lamp";
    const auto end = wan::run(test_provider(), shot, every_second_fails,
                              {.policy = searching(), .wall_clock = test_clock}, virtual_timer{});
    CHECK(end.task_id == "mine");
    CHECK(lists == 3); // its pages, each once
    for (const auto& [id, queries] : s.queries) CHECK(queries == (id == "mine" ? 2 : 1));
}

TEST_CASE("without the time of the submit nothing is looked for") {
    service s{{{"mine", "a lamp"}}};
    CHECK(run(s, exact_policy(), "a lamp", wan::no_wall_clock).ending == task_ending::submit_unknown);
    CHECK(s.lists == 0);
}

TEST_CASE("a service without a list leaves the question to the caller") {
    scripted_peer peer{{maybe_sent()}};
    const auto end = wan::run(wan::sinancode::provider("sk-test-secret"), test_shot(), peer,
                              {.policy = searching(), .wall_clock = test_clock}, virtual_timer{});
    CHECK(end.ending == task_ending::submit_unknown);
    CHECK(peer.requests().size() == 1);
}

TEST_CASE("another process looks for the submit of one that died") {
    auto shot = test_shot();
    shot.prompt = "a lamp";
    auto task = *wan::make_task(test_provider(), shot, test_clock, searching());
    REQUIRE(task.next({}).is_send());
    const auto text = to_string(task.token());
    CHECK(text.find("a lamp") == std::string::npos);
    const auto token = wan::read_token(text);
    REQUIRE(token);
    CHECK(token->started_at == now_here.time_since_epoch().count());

    service s{{{"other", "a cat"}, {"mine", "a lamp"}}};
    auto alone = exact_policy();
    alone.sole_user = true;
    auto resumed = wan::resume_task(test_provider(), *token, wan::no_wall_clock, alone);
    REQUIRE(resumed);
    const auto end = wan::run(*std::move(resumed), s, {}, virtual_timer{});
    CHECK(end.task_id == "mine");
    CHECK(s.submits == 0);

    service none{{{"other", "a cat"}}};
    auto how = exact_policy();
    how.submit_again_if_not_listed = true; // a token holds no request that could be sent again
    auto again = wan::resume_task(test_provider(), *token, wan::no_wall_clock, how);
    CHECK(wan::run(*std::move(again), none, {}, virtual_timer{}).ending == task_ending::submit_unknown);
    CHECK(none.submits == 0);
}

TEST_CASE("another process that has the request submits it again, if the list shows that it never arrived") {
    service s{{{"other", "a cat"}}};
    s.lost_submits = 0;
    auto how = searching();
    how.submit_again_if_not_listed = true;
    SUBCASE("and the clock of the first process was right") {
        auto resumed = wan::resume_task(test_provider(), token_of_the_dead(lamp()), lamp(), test_clock, how);
        REQUIRE(resumed);
        const auto end = wan::run(*std::move(resumed), s, {}, virtual_timer{});
        CHECK(end.task_id == "task-1");
        CHECK(s.submits == 1);
        CHECK(s.lists == 3); // the submit may be on its way when the second process begins
        return;
    }
    SUBCASE("but not if nobody knows whether that clock was right") {
        auto resumed = wan::resume_task(
            test_provider(), token_of_the_dead(lamp(), wan::clock_trust::unchecked), lamp(), test_clock, how);
        CHECK(wan::run(*std::move(resumed), s, {}, virtual_timer{}).ending == task_ending::submit_unknown);
    }
    SUBCASE("but not if the clock of the second process is so slow that the list seems to reach back to the "
            "submit") {
        const auto token = token_of_the_dead(lamp());
        const wan::wall_clock clock{now_here + 20h, {}};
        s.date = "Tue, 03 Feb 2026 08:40:05 GMT"; // 30 hours later
        auto resumed = wan::resume_task(test_provider(), token, lamp(), clock, how);
        CHECK(wan::run(*std::move(resumed), s, {}, virtual_timer{}).ending == task_ending::submit_unknown);
    }
    SUBCASE("and not if the policy leaves it to the caller") {
        auto resumed =
            wan::resume_task(test_provider(), token_of_the_dead(lamp()), lamp(), test_clock, searching());
        CHECK(wan::run(*std::move(resumed), s, {}, virtual_timer{}).ending == task_ending::submit_unknown);
    }
    CHECK(s.submits == 0);
}

TEST_CASE("another process that has the request takes the task that the first one made") {
    service s{{{"mine", "a lamp"}}};
    auto resumed =
        wan::resume_task(test_provider(), token_of_the_dead(lamp()), lamp(), test_clock, searching());
    REQUIRE(resumed);
    CHECK(wan::run(*std::move(resumed), s, {}, virtual_timer{}).task_id == "mine");
    CHECK(s.submits == 0);
}

TEST_CASE("a request that was not judged at the start is not judged when its submit may be out, and with the "
          "same strictness otherwise") {
    auto shot = lamp();
    shot.negative_prompt = std::string(501, 'x');
    auto task = *wan::make_task(test_provider(), shot, test_clock, searching(), wan::strictness::off);
    const auto never_sent = task.token();
    REQUIRE(task.next({}).is_send());
    CHECK(wan::resume_task(test_provider(), task.token(), shot, test_clock, searching()));
    CHECK_FALSE(wan::resume_task(test_provider(), never_sent, shot, test_clock, searching()));
    CHECK(wan::resume_task(test_provider(), never_sent, shot, test_clock, searching(), wan::strictness::off));
}

TEST_CASE("what was certainly not submitted is submitted by another process that has the request") {
    const auto never_sent = wan::make_task(test_provider(), lamp(), wan::no_wall_clock)->token();
    CHECK_FALSE(wan::resume_task(test_provider(), never_sent, wan::no_wall_clock));
    scripted_peer peer{{submitted(), succeeded()}};
    auto resumed = wan::resume_task(test_provider(), never_sent, lamp(), wan::no_wall_clock, exact_policy());
    REQUIRE(resumed);
    CHECK(wan::run(*std::move(resumed), peer, {}, virtual_timer{}).succeeded());
    CHECK(peer.submits() == 1);
}

TEST_CASE("a token is not used for another request") {
    auto other = lamp();
    SUBCASE("prompt") { other.prompt = "a cat"; }
    SUBCASE("no prompt") { other.prompt.reset(); }
    SUBCASE("model") { other.model = "wan2.7-i2v"; }
    const auto resumed =
        wan::resume_task(test_provider(), token_of_the_dead(lamp()), other, test_clock, searching());
    REQUIRE_FALSE(resumed);
    CHECK(resumed.error().category == wan::error_category::token);
}

TEST_CASE("a token says whether a prompt is its request's, except for white space") {
    auto token = token_of_the_dead(lamp());
    CHECK(wan::has_prompt(token, " a  lamp") == true);
    CHECK(wan::has_prompt(token, "another lamp") == false);
    token.prompt_hash.clear();
    CHECK_FALSE(wan::has_prompt(token, "a lamp").has_value());
}

TEST_CASE("the caller can adopt a task that they know to be the lost one") {
    const auto token = token_of_the_dead(lamp());
    const auto adopted = wan::adopt(token, "mine");
    REQUIRE(adopted);
    service s{{{"mine", "a lamp"}}};
    auto resumed = wan::resume_task(test_provider(), *adopted, wan::no_wall_clock);
    REQUIRE(resumed);
    CHECK(wan::run(*std::move(resumed), s, {}, virtual_timer{}).video->url == "https://x/mine.mp4");
    CHECK(s.submits + s.lists == 0);

    CHECK(wan::adopt(*adopted, "mine"));
    for (const auto& bad :
         {wan::adopt(*adopted, "other"), wan::adopt(token, ""), wan::adopt(token, ".."),
          wan::adopt(wan::make_task(test_provider(), lamp(), wan::no_wall_clock)->token(), "mine")}) {
        REQUIRE_FALSE(bad);
        CHECK(bad.error().category == wan::error_category::token);
    }
}

TEST_CASE("neither the deadline nor the caller makes a lost submit anything but lost") {
    service s{{{"a", "a lamp"}, {"b", "a lamp"}}};
    auto how = searching();
    how.deadline = 15s;
    CHECK(run(s, how).ending == task_ending::submit_unknown);

    auto task = *wan::make_task(test_provider(), test_shot(), test_clock, searching());
    REQUIRE(task.next({}).is_send());
    REQUIRE(task.receive(maybe_sent(), {}));
    CHECK(task.state() == task_state::submit_lost);
    SUBCASE("stop") { task.stop(); }
    SUBCASE("cancel, then stop") {
        REQUIRE(task.cancel());
        CHECK(task.next({}).is_send());
        REQUIRE(task.receive(maybe_sent(), {}));
        task.stop();
    }
    REQUIRE(task.next({}).is_done());
    CHECK(task.outcome()->ending == task_ending::submit_unknown);
}

namespace {

wan::policy not_alone() {
    auto how = searching();
    how.sole_user = false;
    return how;
}

/// A submit that never arrives, and a list with one task, whose query says what follows.
struct one_listed_task {
    std::string created; ///< members of its row
    std::string query;   ///< members of its output
    unsigned submits = 0, cancels = 0;

    wan::http_result operator()(const wan::http_request& request) {
        if (request.url.find("/cancel") != std::string::npos) return ++cancels, answer(200, "{}");
        if (request.method == wan::http_method::post) return ++submits, maybe_sent();
        if (request.url.find("/tasks/?") != std::string::npos)
            return answer(
                200, R"({"data":[{"task_id":"theirs","status":"RUNNING","model_name":"wan2.2-kf2v-flash")" +
                         created + R"(}],"total_page":1})");
        return answer(
            200,
            R"({"output":{"task_id":"theirs","task_status":"SUCCEEDED","video_url":"https://x/theirs.mp4")" +
                query + "}}");
    }
};

std::string created_at(std::int64_t seconds_after_submit) {
    return R"(,"gmt_create":)" +
           std::to_string((now_here.time_since_epoch().count() + seconds_after_submit) * 1000);
}

} // namespace

TEST_CASE("another program's task was taken over: by default nothing that is inferred is adopted") {
    struct {
        const char* prompt; ///< of the request
        const char* created;
        const char* query;
        wan::prompt_match fit;
        wan::creation when;
    } const rows[] = {
        {nullptr, "", "", wan::prompt_match::not_reported, wan::creation::not_reported},
        {"a lamp", "", "", wan::prompt_match::not_reported, wan::creation::not_reported},
        {"a lamp", "before", R"(,"orig_prompt":"a lamp")", wan::prompt_match::equal,
         wan::creation::before_submit},
        {"a lamp", "after", R"(,"orig_prompt":"a lamp")", wan::prompt_match::equal,
         wan::creation::after_submit},
        {nullptr, "after", R"(,"orig_prompt":"a lamp")", wan::prompt_match::not_reported,
         wan::creation::after_submit},
    };
    for (const auto& row : rows) {
        const std::string created = row.created;
        one_listed_task peer{created.empty() ? "" : created_at(created == "before" ? -30 : 1), row.query};
        auto shot = test_shot();
        if (row.prompt != nullptr) shot.prompt = row.prompt;
        std::string token;
        const auto end = wan::run(test_provider(), shot, peer,
                                  {.policy = not_alone(),
                                   .wall_clock = test_clock,
                                   .save_token = [&](const wan::resume_token& t) -> wan::result<void> {
                                       token = to_string(t);
                                       return {};
                                   }},
                                  virtual_timer{});
        CHECK(end.ending == task_ending::submit_unknown);
        CHECK(end.is_resumable());
        CHECK(end.task_id.empty());
        CHECK_FALSE(end.video);
        REQUIRE(end.candidates.size() == 1);
        CHECK(end.candidates[0].task_id == "theirs");
        CHECK(end.candidates[0].prompt == row.fit);
        CHECK(end.candidates[0].created == row.when);
        CHECK(token.find("theirs") == std::string::npos);
        CHECK(to_string(end).find("it may be this listed task: theirs (prompt " +
                                  std::string{to_wire(row.fit)} + ", created " +
                                  std::string{to_wire(row.when)} + ")") != std::string::npos);
        CHECK(peer.submits == 1);
    }
}

TEST_CASE("a task with the same prompt that is older than the submit is never more than a candidate") {
    for (const auto before : {-3600, -61, -30, -1}) {
        CAPTURE(before);
        one_listed_task peer{created_at(before), R"(,"orig_prompt":"a lamp")"};
        const auto end = wan::run(test_provider(), lamp(), peer,
                                  {.policy = searching(), .wall_clock = test_clock}, virtual_timer{});
        CHECK(end.ending == task_ending::submit_unknown);
        REQUIRE(end.candidates.size() == 1);
        CHECK(end.candidates[0].created == wan::creation::before_submit);
    }
    // Nor one without a time, where the list shows that it does not keep to the time that was asked for.
    service s{{{"old", "a cat", "wan2.2-kf2v-flash", now_here.time_since_epoch().count() - 3600}}};
    const auto mixed = [&](const wan::http_request& request) -> wan::http_result {
        if (request.url.find("/tasks/?") != std::string::npos)
            return answer(200, R"({"data":[{"task_id":"old")" + created_at(-3600) +
                                   R"(},{"task_id":"timeless"}],"total_page":1})");
        if (request.url.ends_with("/timeless"))
            return answer(
                200, R"({"output":{"task_id":"timeless","task_status":"RUNNING","orig_prompt":"a lamp"}})");
        return s(request);
    };
    CHECK(wan::run(test_provider(), lamp(), mixed, {.policy = searching(), .wall_clock = test_clock},
                   virtual_timer{})
              .ending == task_ending::submit_unknown);
}

TEST_CASE("an outcome says that its id is inferred, and from what") {
    one_listed_task peer{created_at(1), R"(,"orig_prompt":"a lamp")"};
    auto end = wan::run(test_provider(), lamp(), peer, {.policy = searching(), .wall_clock = test_clock},
                        virtual_timer{});
    REQUIRE(end.succeeded());
    CHECK(end.id == wan::id_trust::inferred);
    CHECK(end.inferred_from == wan::prompt_match::equal);
    CHECK(to_string(end) ==
          "succeeded [task_id theirs] https://x/theirs.mp4, id inferred from an equal prompt");

    one_listed_task silent{created_at(1), ""};
    end = wan::run(test_provider(), lamp(), silent, {.policy = searching(), .wall_clock = test_clock},
                   virtual_timer{});
    REQUIRE(end.succeeded());
    CHECK(end.inferred_from == wan::prompt_match::not_reported);

    scripted_peer plain{{submitted(), succeeded()}};
    end = wan::run(test_provider(), lamp(), plain, {.policy = searching(), .wall_clock = test_clock},
                   virtual_timer{});
    CHECK(end.id == wan::id_trust::confirmed);
    CHECK_FALSE(end.inferred_from);
}

TEST_CASE("a resumed task keeps how its id is known") {
    auto token = token_of_the_dead(lamp());
    token.task_id = "task-1";
    const auto end_of = [&] {
        scripted_peer peer{{succeeded()}};
        return wan::run(
            *wan::resume_task(test_provider(), *wan::read_token(to_string(token)), wan::no_wall_clock), peer,
            {}, virtual_timer{});
    };
    CHECK(end_of().id == wan::id_trust::confirmed);
    token.id = wan::id_trust::inferred;
    token.inferred_from = wan::prompt_match::equal;
    CHECK(end_of().id == wan::id_trust::inferred);
    CHECK(end_of().inferred_from == wan::prompt_match::equal);
    token = *wan::adopt(token, "task-1");
    CHECK(end_of().id == wan::id_trust::adopted);
    CHECK_FALSE(end_of().inferred_from);
    CHECK_FALSE(wan::read_token(
        R"({"wan_token":1,"dialect":"dashscope","base_url":"https://x","state":"waiting","task_id":"t","id":"sure"})"));
    CHECK_FALSE(wan::read_token(
        R"({"wan_token":1,"dialect":"dashscope","base_url":"https://x","state":"waiting","task_id":"t","inferred_from":"stars"})"));
}

TEST_CASE("a candidate that the service does not tell of is not taken as the only one that is left") {
    const auto silent = [](const wan::http_request& request) -> wan::http_result {
        if (request.method == wan::http_method::post) return maybe_sent();
        if (request.url.find("/tasks/?") == std::string::npos) return failure(403, "AccessDenied");
        return answer(200,
                      R"({"data":[{"task_id":"other","model_name":"wan2.2-kf2v-flash"}],"total_page":1})");
    };
    const auto end = wan::run(test_provider(), lamp(), silent,
                              {.policy = searching(), .wall_clock = test_clock}, virtual_timer{});
    CHECK(end.ending == task_ending::submit_unknown);
    REQUIRE(end.candidates.size() == 1);
    CHECK(end.candidates[0].prompt == wan::prompt_match::not_reported);
}

TEST_CASE("a clock that is slow would make older tasks look like later ones: the service's Date tells") {
    // made 5 minutes before the submit
    service s{{{"old", "a lamp", "wan2.2-kf2v-flash", now_here.time_since_epoch().count() + 300}}};
    // 10 minutes ahead
    s.date = "Mon, 02 Feb 2026 02:50:05 GMT";
    const auto end = run(s);
    CHECK(end.ending == task_ending::submit_unknown);
    REQUIRE(end.candidates.size() == 1);
    CHECK(end.candidates[0].created == wan::creation::before_submit);
}

TEST_CASE("a clock that is fast when the task is submitted is corrected by responses that agree") {
    constexpr std::chrono::seconds fast{600};
    const auto made_at = [&](std::chrono::seconds after_submit) {
        return (now_here - fast + after_submit).time_since_epoch().count();
    };
    const auto search = [&](std::vector<listed> tasks, auto date_at, bool is_resumed = false) {
        service s{std::move(tasks)};
        auto task = *wan::make_task(test_provider(), lamp(), test_clock, searching());
        wan::time_point now{};
        for (auto step = task.next(now);; step = task.next(now)) {
            if (step.is_done()) return step.outcome();
            if (!step.is_send()) {
                now = step.wake_at();
                continue;
            }
            s.date = http_date(date_at(now));
            auto response = s(step.request());
            now += 200ms;
            REQUIRE(task.receive(std::move(response), now));
            if (!std::exchange(is_resumed, false)) continue;
            const auto token = task.token();
            task = *wan::resume_task(test_provider(), token, lamp(), test_clock, searching());
        }
    };
    const auto on_time = [&](wan::time_point now) {
        return now_here - fast + std::chrono::floor<std::chrono::seconds>(now.time_since_epoch());
    };
    const std::vector<listed> mine{{"mine", "a lamp", "wan2.2-kf2v-flash", made_at(0s)}};
    SUBCASE("the task is found") {
        const auto end = search(mine, on_time);
        CHECK(end.ending == task_ending::succeeded);
        CHECK(end.task_id == "mine");
        CHECK(end.id == wan::id_trust::inferred);
    }
    SUBCASE("one that is older than the submit is not taken for it") {
        const auto end = search({{"old", "a lamp", "wan2.2-kf2v-flash", made_at(-5s)}}, on_time);
        CHECK(end.ending == task_ending::submit_unknown);
        REQUIRE(end.candidates.size() == 1);
        CHECK(end.candidates[0].created == wan::creation::before_submit);
    }
    SUBCASE("a Date that a cache repeats corrects nothing") {
        const auto end = search(mine, [&](wan::time_point) { return now_here - fast; });
        CHECK(end.ending == task_ending::submit_unknown);
    }
    SUBCASE("nor do two that differ") {
        int responses = 0;
        const auto end = search(mine, [&](wan::time_point now) { return on_time(now) + 30s * ++responses; });
        CHECK(end.ending == task_ending::submit_unknown);
    }
    SUBCASE("nor does another process know by which clock the task was submitted") {
        const auto end = search(mine, on_time, true);
        CHECK(end.ending == task_ending::submit_unknown);
    }
}

TEST_CASE("a lost submit whose search is stopped leaves no task of another prompt as a candidate") {
    service s{{{"other", "a cat"}, {"mine", "a lamp"}}};
    auto task = *wan::make_task(test_provider(), lamp(), test_clock, not_alone());
    wan::time_point now{};
    for (auto step = task.next(now); s.queries.size() < 2; step = task.next(now)) {
        REQUIRE_FALSE(step.is_done());
        if (step.is_send())
            REQUIRE(task.receive(s(step.request()), now));
        else
            now = step.wake_at();
    }
    task.stop();
    const auto end = task.next(now);
    REQUIRE(end.is_done());
    REQUIRE(end.outcome().candidates.size() == 1);
    CHECK(end.outcome().candidates[0].task_id == "mine");
}

TEST_CASE("one odd page of many voided all the proof, and a shot that never arrived stayed unknown: the page "
          "is asked for again") {
    unsigned submits = 0, lists = 0;
    bool is_odd_for_ever = false;
    std::string odd;
    std::string odd_date = "Mon, 02 Feb 2026 02:40:05 GMT";
    const auto peer = [&](const wan::http_request& request) -> wan::http_result {
        if (request.method == wan::http_method::post) return ++submits == 1 ? maybe_sent() : submitted();
        if (request.url.find("/tasks/?") == std::string::npos) return succeeded();
        const bool is_odd = ++lists == 2 || is_odd_for_ever;
        return answer(200, R"({"data":[)" + (is_odd ? odd : std::string{}) + R"(],"total_page":1})",
                      {{"Date", is_odd ? odd_date : "Mon, 02 Feb 2026 02:40:05 GMT"}});
    };
    auto how = searching();
    how.submit_again_if_not_listed = true;
    SUBCASE("a row that cannot be read") { odd = R"({"model_name":"wan2.2-kf2v-flash"})"; }
    SUBCASE("a row that is none") { odd = "7"; }
    SUBCASE("a Date of another clock") { odd_date = "Mon, 02 Feb 2026 10:40:05 GMT"; }
    const auto end =
        wan::run(test_provider(), lamp(), peer, {.policy = how, .wall_clock = test_clock}, virtual_timer{});
    CHECK(end.succeeded());
    CHECK(submits == 2);
    CHECK(lists == 3);

    is_odd_for_ever = true;
    submits = lists = 0;
    CHECK(wan::run(test_provider(), lamp(), peer, {.policy = how, .wall_clock = test_clock}, virtual_timer{})
              .ending == task_ending::submit_unknown);
    CHECK(submits == 1);
    CHECK(lists <= 4 * how.max_searches);
}

TEST_CASE("a look that proves nothing does not spoil those that do") {
    unsigned submits = 0, lists = 0;
    const auto peer = [&](const wan::http_request& request) -> wan::http_result {
        if (request.method == wan::http_method::post) return ++submits == 1 ? maybe_sent() : submitted();
        if (request.url.find("/tasks/?") == std::string::npos) return succeeded();
        return answer(200, std::string{R"({"data":[)"} + (++lists <= 4 ? "7" : "") + R"(],"total_page":1})",
                      {{"Date", "Mon, 02 Feb 2026 02:40:05 GMT"}});
    };
    auto how = searching();
    how.submit_again_if_not_listed = true;
    CHECK(wan::run(test_provider(), lamp(), peer, {.policy = how, .wall_clock = test_clock}, virtual_timer{})
              .succeeded());
    CHECK(submits == 2);
    CHECK(lists == 6); // the odd page four times, then two looks
}

TEST_CASE("the same task twice in one page is one candidate") {
    service s{{{"mine", "a lamp"}, {"other", "a cat"}, {"mine", "a lamp"}, {"mine", "a lamp"}}};
    CHECK(run(s).task_id == "mine");
}

TEST_CASE("an end without a task says what the list showed, and the last error") {
    service s{{{"other", "a cat"}}};
    const auto end = run(s);
    CHECK(end.error->message == "the submit is unconfirmed, and the provider's task list does not show its "
                                "task; check the provider's console; last error: connection reset");
    service broken{{}};
    broken.broken_lists = 1000;
    CHECK(run(broken).error->message == "the submit is unconfirmed, and the provider's task list could not "
                                        "be read; resume to continue; last error: no");
}

TEST_CASE("a submit whose response names a task by an id that no request can be made of is never sent again, "
          "and the id is kept") {
    for (const std::string& id : {std::string{"PAID-\xff-ID"}, "PAID" + std::string(5000, 'x')}) {
        CAPTURE(id);
        unsigned submits = 0, lists = 0;
        const auto peer = [&](const wan::http_request& request) -> wan::http_result {
            if (request.method == wan::http_method::post)
                return ++submits,
                       answer(200, R"({"output":{"task_status":"PENDING","task_id":")" + id + R"("}})");
            if (++lists == 1) return failure(500, "InternalError");
            return answer(200, R"({"data":[],"total_page":0})", {{"Date", "Mon, 02 Feb 2026 02:40:05 GMT"}});
        };
        auto how = searching();
        how.submit_again_if_not_listed = true;
        std::string token;
        const auto end = wan::run(test_provider(), lamp(), peer,
                                  {.policy = how,
                                   .wall_clock = test_clock,
                                   .save_token = [&](const wan::resume_token& t) -> wan::result<void> {
                                       token = to_string(t);
                                       return {};
                                   }},
                                  virtual_timer{});
        CHECK(end.ending == task_ending::submit_unknown);
        CHECK(submits == 1);
        CHECK_MESSAGE(end.error->message.find("PAID") != std::string::npos, end.error->message);
        CHECK_MESSAGE(wan::read_token(token)->unusable_id.find("PAID") != std::string::npos, token);

        // Nor by the process after it.
        auto resumed = wan::resume_task(test_provider(), *wan::read_token(token), lamp(), test_clock, how);
        REQUIRE(resumed);
        CHECK(wan::run(*std::move(resumed), peer, {}, virtual_timer{}).ending == task_ending::submit_unknown);
        CHECK(submits == 1);
    }
}

TEST_CASE("a listed task without a time of creation that was submitted before ours is never more than a "
          "candidate") {
    // 30 s before, UTC+8
    one_listed_task peer{"", R"(,"orig_prompt":"a lamp","submit_time":"2026-02-02 10:39:30.000")"};
    const auto end = wan::run(test_provider(), lamp(), peer,
                              {.policy = searching(), .wall_clock = test_clock}, virtual_timer{});
    CHECK(end.ending == task_ending::submit_unknown);
    REQUIRE(end.candidates.size() == 1);
    CHECK(end.candidates[0].created == wan::creation::before_submit);
}

TEST_CASE("a response that nobody understands and that may name a task is never followed by another submit") {
    for (const char* body :
         {R"({"code":200,"msg":"submitted","data":[{"status":"submitted","task_id":"PAID"}]})",
          R"({"data":{"taskId":"PAID"}})", R"({"result":{"id":"PAID"}})"}) {
        unsigned submits = 0;
        const auto peer = [&](const wan::http_request& request) -> wan::http_result {
            if (request.method == wan::http_method::post) return ++submits, answer(200, body);
            return answer(200, R"({"data":[],"total_page":0})", {{"Date", "Mon, 02 Feb 2026 02:40:05 GMT"}});
        };
        auto how = searching();
        how.submit_again_if_not_listed = true;
        const auto end = wan::run(test_provider(), lamp(), peer, {.policy = how, .wall_clock = test_clock},
                                  virtual_timer{});
        CHECK(end.ending == task_ending::submit_unknown);
        CHECK(submits == 1);
        CHECK_MESSAGE(end.error->message.find("PAID") != std::string::npos, end.error->message);
    }
}

TEST_CASE("a guess that is taken back after a query that failed says why") {
    one_task_without_prompt peer{R"("task_status":"RUNNING","orig_prompt":"a dog")", 100};
    wan::time_point now{};
    auto task = guessed(peer, now);
    peer.asked_in_vain = 0;
    bool has_failed = false;
    for (;;) {
        const auto step = task.next(now);
        if (step.is_done()) {
            CHECK(step.outcome().ending == task_ending::submit_unknown);
            REQUIRE(step.outcome().error);
            CHECK(step.outcome().error->message.find("has another prompt") != std::string::npos);
            break;
        }
        if (step.is_send())
            REQUIRE(task.receive(
                std::exchange(has_failed, true) ? peer(step.request()) : failure(500, "InternalError"), now));
        else
            now = step.wake_at();
    }
}
