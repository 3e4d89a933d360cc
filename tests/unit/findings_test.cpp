// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What the service has reported about a task.
#include "support/doctest.hpp"

#include <wan/detail/hash.hpp>
#include <wan/task/detail/findings.hpp>

#include <string>

TEST_SUITE_BEGIN("findings");

using wan::detail::findings;

namespace {

const wan::api_key key{"sk-secret"};

wan::error failure(std::string message, std::string request_id = {}) {
    return {.category = wan::error_category::server,
            .message = std::move(message),
            .request_id = std::move(request_id)};
}

} // namespace

TEST_CASE("the key is removed from what is shown, and from nothing that must be used as it is") {
    findings f;
    f.learn(key,
            {.task_id = "sk-secret",
             .status = "sk-secret",
             .query_url = "https://a.example/sk-secret",
             .request_id = "sk-secret"},
            failure("no sk-secret"), "body sk-secret");
    CHECK(f.status().find("sk-secret") == std::string::npos);
    CHECK(f.request_id().find("sk-secret") == std::string::npos);
    CHECK(f.last->body.find("sk-secret") == std::string::npos);
    CHECK(f.last->error->message.find("sk-secret") == std::string::npos);
    CHECK(f.last->reply.task_id == "sk-secret");
    CHECK(f.urls->query == "https://a.example/sk-secret");
}

TEST_CASE("an error that a later response made good is kept, but no longer reported") {
    findings f;
    f.texts.set(wan::detail::task_texts::task_id, "task-1");
    f.learn(key, {.request_id = "request-1"}, failure("busy"), {});
    REQUIRE(f.failure() != nullptr);
    CHECK(f.failure()->task_id == "task-1");
    CHECK(f.failure()->request_id == "request-1");
    f.learn(key, {.status = "RUNNING", .request_id = "request-2"}, {}, "body");
    CHECK(f.failure() == nullptr);
    f.forget_last();
    REQUIRE(f.last != nullptr);
    CHECK(f.last->error->message == "busy");
    CHECK(f.last->body.empty());

    SUBCASE("an end without a better one has it") {
        wan::outcome o;
        o.ending = wan::task_ending::deadline;
        f.move_last(o);
        CHECK(o.error);
    }
    SUBCASE("no other end has it") {
        wan::outcome o;
        o.ending = wan::task_ending::succeeded;
        f.move_last(o);
        CHECK_FALSE(o.error);
    }
}

TEST_CASE("nothing of a good response is kept while the task runs") {
    findings f;
    f.learn(key, {.status = "RUNNING"}, {}, "body");
    f.forget_last();
    CHECK(f.last == nullptr);
    CHECK(f.status() == "RUNNING");
}

TEST_CASE("a token has the service's URLs only if a request would go there") {
    findings f;
    f.texts.set(wan::detail::task_texts::task_id, "task-1");
    f.learn_urls({.query_url = "https://a.example/q", .result_url = "https://b.example/r"});
    wan::resume_token token;
    f.describe(token, "https://a.example/api");
    CHECK(token.query_url == "https://a.example/q");
    CHECK(token.result_url.empty());
    CHECK(token.task_id == "task-1");
    CHECK_FALSE(token.id);
}

TEST_CASE("an inferred id is a guess until the prompt is known") {
    findings f;
    CHECK_FALSE(f.is_guess());
    f.id = wan::id_trust::inferred;
    CHECK(f.is_guess());
    f.inferred_from = wan::prompt_match::equal;
    CHECK_FALSE(f.is_guess());
}

TEST_CASE("a prompt is compared without its white space, or as tokens of earlier versions have it") {
    findings f;
    f.prompt_hash = wan::detail::hash_of_prompt("a lamp");
    CHECK(f.has_prompt(" a\n lamp"));
    CHECK_FALSE(f.has_prompt("a dog"));
    f.prompt_hash = wan::detail::hash_of("a lamp");
    CHECK(f.has_prompt("a lamp"));
}
