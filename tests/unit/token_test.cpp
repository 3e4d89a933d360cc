// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"
#include "support/scripted_peer.hpp"

#include <optional>
#include <string>

TEST_SUITE_BEGIN("token");

using namespace support;
using wan::task_ending;
using wan::task_state;

namespace {

/// A state, or an ending.
struct ended_or {
    task_state state;
    std::optional<task_ending> ending = {};
    constexpr ended_or(task_state s) : state(s) {}
    constexpr ended_or(task_ending e) : state(task_state::ended), ending(e) {}
};

wan::resume_token token_of(ended_or at, std::string task_id = {}) {
    const auto who = test_provider();
    return {.dialect = "dashscope",
            .base_url = who.base_url,
            .model = "wan2.2-kf2v-flash",
            .state = at.state,
            .ending = at.ending,
            .task_id = std::move(task_id)};
}

} // namespace

TEST_CASE("a token is a small JSON text without the key, and comes back as it was") {
    const auto before = token_of(task_state::waiting, "task-\"1\"");
    const auto text = to_string(before);
    CHECK(text ==
          R"({"wan_token":1,"dialect":"dashscope","base_url":"https://dashscope-intl.aliyuncs.com/api/v1",)"
          R"("model":"wan2.2-kf2v-flash","state":"waiting","task_id":"task-\"1\""})");
    const auto after = wan::read_token(text);
    REQUIRE(after);
    CHECK(to_string(*after) == text);
}

TEST_CASE("a token that cannot be used says why") {
    const std::string good = to_string(token_of(task_state::waiting, "task-1"));
    const auto with = [&](const std::string& from, const std::string& to) {
        auto text = good;
        return text.replace(text.find(from), from.size(), to);
    };
    struct {
        std::string text, said;
    } const rows[] = {
        {"", "invalid JSON"},
        {"garbage", "invalid JSON"},
        {good.substr(0, good.size() / 2), "invalid JSON"},
        {"{}", "wan_token"},
        {with("\"wan_token\":1", "\"wan_token\":2"),
         "version 2 is not supported; this library reads version 1: resume with the program that saved the "
         "token"},
        {with("\"wan_token\":1", "\"wan_token\":1e300"), "wan_token"},
        {with("waiting", "dreaming"),
         "unknown state \"dreaming\"; the token is damaged: use an unmodified copy, or find the task in the "
         "provider's console"},
        {with("\"dialect\":\"dashscope\",", ""), "dialect is missing"},
        {with("\"base_url\"", "\"address\""), "base_url is missing"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.text);
        const auto read = wan::read_token(row.text);
        REQUIRE_FALSE(read);
        CHECK(read.error().category == wan::error_category::token);
        CHECK(read.error().message.find(row.said) != std::string::npos);
    }
}

TEST_CASE("a task with a known id goes on with a query, at once, whatever state it was in") {
    for (const ended_or state :
         {ended_or{task_state::waiting}, ended_or{task_state::querying}, ended_or{task_ending::deadline},
          ended_or{task_ending::unreachable}, ended_or{task_ending::stopped},
          ended_or{task_ending::succeeded}, ended_or{task_ending::failed}}) {
        scripted_peer peer{{succeeded()}};
        auto task = wan::resume_task(test_provider(), token_of(state, "task-1"), wan::no_wall_clock);
        REQUIRE(task);
        virtual_timer timer;
        const auto end = wan::run(*std::move(task), peer, {}, timer);
        CHECK(end.succeeded());
        CHECK(end.task_id == "task-1");
        CHECK(peer.submits() == 0);
        CHECK(peer.requests().at(0).url == "https://dashscope-intl.aliyuncs.com/api/v1/tasks/task-1");
        CHECK(timer.elapsed() == 0s);
    }
}

TEST_CASE("a submit whose answer was never seen stays unknown and is not sent again") {
    for (const ended_or state : {ended_or{task_state::submitting}, ended_or{task_ending::submit_unknown}}) {
        scripted_peer peer{{submitted()}};
        auto task = wan::resume_task(test_provider(), token_of(state), wan::no_wall_clock);
        REQUIRE(task);
        const auto end = wan::run(*std::move(task), peer, {}, virtual_timer{});
        CHECK(end.ending == task_ending::submit_unknown);
        REQUIRE(end.error);
        CHECK(end.error->message ==
              "the submit is unconfirmed; the task may exist: check the provider's console "
              "before you submit again");
        CHECK(peer.requests().empty());
    }
}

TEST_CASE("where certainly nothing was submitted there is nothing to go on with") {
    for (const ended_or state : {ended_or{task_state::ready}, ended_or{task_state::backing_off},
                                 ended_or{task_ending::rejected}, ended_or{task_ending::unreachable}}) {
        const auto task = wan::resume_task(test_provider(), token_of(state), wan::no_wall_clock);
        REQUIRE_FALSE(task);
        CHECK(task.error().category == wan::error_category::token);
        CHECK(task.error().message.find("nothing was submitted") != std::string::npos);
    }
}

TEST_CASE("a token of another provider is refused: its id means nothing here, and the key is not for there") {
    auto token = token_of(task_state::waiting, "task-1");
    CHECK_FALSE(
        wan::resume_task(wan::dashscope::provider("k", wan::region::beijing), token, wan::no_wall_clock));
    token.base_url = "https://evil.example/api/v1";
    CHECK_FALSE(wan::resume_task(test_provider(), token, wan::no_wall_clock));
    token = token_of(task_state::waiting, "task-1");
    token.dialect = "other";
    CHECK_FALSE(wan::resume_task(test_provider(), token, wan::no_wall_clock));
}

TEST_CASE("a token with an id that cannot be asked for ends without asking") {
    scripted_peer peer{{succeeded()}};
    auto task = wan::resume_task(test_provider(), token_of(task_state::waiting, ".."), wan::no_wall_clock);
    REQUIRE(task);
    CHECK(wan::run(*std::move(task), peer, {}, virtual_timer{}).ending == task_ending::unreachable);
    CHECK(peer.requests().empty());
}

TEST_CASE("a token that was made while a submit was looked for leads back to that") {
    for (const ended_or state :
         {ended_or{task_state::submitting}, ended_or{task_state::submit_lost}, ended_or{task_state::listing},
          ended_or{task_state::identifying}, ended_or{task_ending::submit_unknown}}) {
        auto token = token_of(state, "");
        CHECK(wan::is_submit_open(token));
        const auto unknown = wan::resume_task(test_provider(), token, wan::no_wall_clock);
        REQUIRE(unknown);
        CHECK(unknown->outcome()->ending == task_ending::submit_unknown);
        token.started_at = 1'770'000'000;
        const auto searching = wan::resume_task(test_provider(), token, wan::no_wall_clock);
        REQUIRE(searching);
        CHECK(searching->state() == task_state::submit_lost);
    }
}

TEST_CASE("a token whose time or prompt hash is none is refused") {
    for (const char* bad : {R"("clock":"fast")", R"("started_at":"soon")", R"("started_at":-5)",
                            R"("started_at":9223372036854775807)", R"("started_at":"1x")",
                            R"("prompt_hash":"xyz")", R"("prompt_hash":"11112222333344445")"}) {
        CAPTURE(bad);
        CHECK_FALSE(wan::read_token(
            std::string{
                R"({"wan_token":1,"dialect":"dashscope","base_url":"https://x","state":"submitting",)"} +
            bad + "}"));
    }
}

TEST_CASE("a task id is not lost by a time that is none, nor written with one") {
    const auto token = wan::read_token(
        R"({"wan_token":1,"dialect":"dashscope","base_url":"https://x","state":"waiting","task_id":"paid","started_at":-3600})");
    REQUIRE(token);
    CHECK(token->task_id == "paid");
    CHECK_FALSE(token->started_at);
    const wan::wall_clock never_set{std::chrono::sys_seconds{-3600s}, {}};
    auto task = *wan::make_task(test_provider(), test_shot(), never_set, exact_policy());
    REQUIRE(task.next({}).is_send());
    REQUIRE(task.receive(submitted(), {}));
    CHECK(wan::read_token(to_string(task.token())));
    CHECK_FALSE(wan::read_token(
        R"({"wan_token":1,"dialect":"dashscope","base_url":"https://x","state":"waiting","task_id":"t","id":"perhaps"})"));
}

TEST_CASE("a token without the id that its state implies is refused") {
    for (const char* state :
         {"waiting", "querying", "canceling", "result_due", "fetching_result",
          R"(ended","ending":"succeeded)", R"(ended","ending":"failed)", R"(ended","ending":"expired)"}) {
        CAPTURE(state);
        const auto read =
            wan::read_token(R"({"wan_token":1,"dialect":"dashscope","base_url":"https://x","state":")" +
                            std::string{state} + "\"}");
        REQUIRE_FALSE(read);
        CHECK(read.error().message.find("task_id") != std::string::npos);
    }
}

TEST_CASE("resuming needs a key") {
    CHECK_FALSE(wan::resume_task(wan::dashscope::provider("", wan::region::singapore),
                                 token_of(task_state::waiting, "x"), wan::no_wall_clock));
}

TEST_CASE("a token of another address that names no task says so: it blocks nothing") {
    const auto who = wan::dashscope::at("https://right.example/api/v1", "sk-test");
    wan::resume_token token{.dialect = "dashscope",
                            .base_url = "https://wrong.example/api/v1",
                            .model = "m",
                            .state = wan::task_state::ready};
    const auto says_so = [&] {
        return wan::resume_task(who, token, wan::no_wall_clock)
                   .error()
                   .message.find("it names no task and nothing was submitted") != std::string::npos;
    };
    CHECK(says_so());
    token.state = task_state::ended;
    token.ending = wan::task_ending::submit_unknown; // a task may be there
    CHECK_FALSE(says_so());
    token.task_id = "t";
    CHECK_FALSE(says_so());
}

TEST_CASE("a token of a task that ended says how, and comes back as it was") {
    const auto before = token_of(task_ending::stopped, "task-1");
    const auto text = to_string(before);
    CHECK(text.find(R"("state":"ended","ending":"stopped")") != std::string::npos);
    const auto after = wan::read_token(text);
    REQUIRE(after);
    CHECK(after->ending == task_ending::stopped);
    CHECK(to_string(*after) == text);
    CHECK(after->state_name() == "stopped");
    for (const char* state : {R"("state":"ended")", R"("state":"waiting","ending":"stopped")",
                              R"("state":"ended","ending":"bored")", R"("state":"succeeded")"}) {
        CAPTURE(state);
        CHECK_FALSE(wan::read_token(R"({"wan_token":1,"dialect":"d","base_url":"https://x","task_id":"t",)" +
                                    std::string{state} + "}"));
    }
}
