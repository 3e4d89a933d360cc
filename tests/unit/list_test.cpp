// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The account's tasks: listed, canceled.
#include "support/doctest.hpp"
#include "support/golden.hpp"
#include "support/scripted_peer.hpp"

TEST_SUITE_BEGIN("list and cancel");

using support::answer;
using support::test_provider;
using wan::cancel_verdict;
using wan::error_category;

namespace {

const auto& dashscope = wan::dashscope::api;

std::chrono::sys_seconds at(int year, unsigned month, unsigned day, int hour) {
    using namespace std::chrono;
    return sys_days{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}} +
           hours{hour};
}

} // namespace

TEST_CASE("a list is asked for with the key, by time at UTC+8, model, status and page") {
    const auto all = wan::make_list(test_provider());
    REQUIRE(all);
    CHECK(all->method == wan::http_method::get);
    CHECK(all->url == "https://dashscope-intl.aliyuncs.com/api/v1/tasks/");
    CHECK(*wan::find_header(all->headers, "Authorization") == "Bearer sk-test-secret");
    const auto some = wan::make_list(test_provider(), {.from = at(2026, 1, 9, 15),
                                                       .to = at(2026, 1, 9, 16),
                                                       .model = "wan2.2-kf2v-flash&x",
                                                       .status = "RUNNING",
                                                       .page = 2,
                                                       .page_size = 50});
    CHECK(
        some->url ==
        "https://dashscope-intl.aliyuncs.com/api/v1/tasks/?start_time=20260109230000&end_time=20260110000000"
        "&model_name=wan2.2-kf2v-flash%26x&status=RUNNING&page_no=2&page_size=50");
}

TEST_CASE("the documented list") {
    const auto page = wan::parse_list(dashscope, answer(200, support::golden("dashscope-list-reply.json")));
    REQUIRE(page);
    CHECK(page->pages == 1);
    REQUIRE(page->tasks.size() == 2);
    CHECK(page->tasks[0].task_id == "50e2ccea-abc4-43d7-a0dc-xxxxxx");
    CHECK(page->tasks[0].status == "RUNNING");
    CHECK(page->tasks[0].model == "wanx2.1-kf2v-plus");
    CHECK(page->tasks[0].request_id == "1abfc3c8-dd25-98da-ad0b-xxxxxx");
    CHECK(page->tasks[0].created_ms == 1745568428109.0);
    CHECK_FALSE(page->tasks[0].ended_ms);
    CHECK(page->tasks[1].status == "SUCCEEDED");
    CHECK(page->tasks[1].ended_ms == 1745568302481.0);
}

TEST_CASE("a list of nothing, and rows that are odd") {
    CHECK(
        wan::parse_list(dashscope, answer(200, R"({"total":0,"data":[],"request_id":"r"})"))->tasks.empty());
    const auto odd = wan::parse_list(
        dashscope, answer(200, R"({"data":[1,{"task_id":"a","x":[{"task_id":"no"}],"y":{"task_id":"no"}},
        null,[{"task_id":"no"}],{},{"task_id":"b"}],"other":[{"task_id":"no"}]})"));
    REQUIRE(odd);
    REQUIRE(odd->tasks.size() == 3);
    CHECK(odd->unreadable == 3);
    CHECK(odd->tasks[0].task_id == "a");
    CHECK(odd->tasks[1].task_id.empty());
    CHECK(odd->tasks[2].task_id == "b");
}

TEST_CASE("a prompt that was cut within a character does not hide the list") {
    const auto list = wan::parse_list(
        dashscope, answer(200, R"({"data":[{"task_id":"a","x":"\ud83d"},{"task_id":"b"}],"total_page":1})"));
    REQUIRE(list);
    REQUIRE(list->tasks.size() == 2);
    CHECK(list->tasks[1].task_id == "b");
    CHECK(list->unreadable == 0);
    CHECK(wan::parse_list(dashscope, answer(200, R"({"data":[{"task_id":"a\ud83d"}]})"))
              ->tasks.at(0)
              .task_id.empty());
}

TEST_CASE("no list is an error in the service's words, and half a list is none") {
    const auto refused =
        wan::parse_list(dashscope, support::failure(401, "InvalidApiKey", "Invalid API-key provided."));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().category == error_category::authentication);
    CHECK(refused.error().message == "Invalid API-key provided.");
    const auto half = wan::parse_list(dashscope, answer(200, R"({"data":[{"task_id":"a"},{"task_)"));
    REQUIRE_FALSE(half);
    CHECK(half.error().category == error_category::protocol);
    std::string many;
    for (int i = 0; i < 1001; ++i) many += i == 0 ? "{}" : ",{}";
    for (const auto& none : {std::string{R"({"request_id":"r"})"}, std::string{"[]"},
                             std::string{R"({"data":{"task_id":"x"}})"}, R"({"data":[)" + many + "]}"})
        CHECK(wan::parse_list(dashscope, answer(200, none)).error().category == error_category::protocol);
    CHECK(wan::parse_list(dashscope, support::maybe_sent()).error().category == error_category::transport);
}

TEST_CASE("a cancel is a POST without a body") {
    const auto cancel = wan::make_cancel(test_provider(), "a/b");
    REQUIRE(cancel);
    CHECK(cancel->method == wan::http_method::post);
    CHECK(cancel->url == "https://dashscope-intl.aliyuncs.com/api/v1/tasks/a%2Fb/cancel");
    CHECK(cancel->body.empty());
    CHECK_FALSE(wan::make_cancel(test_provider(), ".."));
}

TEST_CASE("the documented answers to a cancel") {
    const auto done =
        wan::parse_cancel(dashscope, answer(200, support::golden("dashscope-canceled-reply.json")));
    CHECK(done.verdict == cancel_verdict::canceled);
    CHECK(done.reply.request_id == "f1a2b3c4-xxxx-xxxx-xxxx-e03c35068d83");
    const auto late =
        wan::parse_cancel(dashscope, answer(400, support::golden("dashscope-cancel-refused-reply.json")));
    CHECK(late.verdict == cancel_verdict::refused);
    CHECK(late.error->message ==
          "Failed to cancel the task, please confirm if the task is in PENDING status.");
    CHECK(wan::parse_cancel(dashscope, answer(204, "")).verdict == cancel_verdict::canceled);
    CHECK(wan::parse_cancel(dashscope, support::failure(429, "Throttling")).verdict == cancel_verdict::retry);
    CHECK(wan::parse_cancel(dashscope, support::maybe_sent()).verdict == cancel_verdict::retry);
    CHECK(wan::parse_cancel(dashscope, answer(200, "<html>")).verdict == cancel_verdict::retry);
}

TEST_CASE("a service that has neither says so") {
    const auto who = wan::sinancode::provider("key");
    CHECK(wan::make_list(who).error().message == "sinancode does not support listing tasks; see its console");
    CHECK(wan::make_cancel(who, "t").error().message == "sinancode does not support canceling tasks; "
                                                        "stop waiting instead (the task still runs)");
}
