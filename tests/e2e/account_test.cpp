// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The tasks of an account as DashScope tells them: listed, canceled, limited.
#include "support/account.hpp"
#include "support/doctest.hpp"
#include "support/sandbox.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("account");

using namespace std::chrono_literals;
using support::account;

namespace json = boost::json;

namespace {

json::object body_of(const wan::http_result& got, unsigned status = 200) {
    REQUIRE(got);
    CHECK_MESSAGE(got->status == status, got->body);
    return support::parse_json(got->body).as_object();
}

std::vector<std::string> ids_in(const json::object& page) {
    std::vector<std::string> ids;
    for (const auto& row : page.at("data").as_array()) ids.emplace_back(row.at("task_id").as_string());
    return ids;
}

std::vector<std::string> keys_of(const json::object& object) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : object) keys.emplace_back(key);
    std::sort(keys.begin(), keys.end());
    return keys;
}

using ids = std::vector<std::string>;

} // namespace

TEST_CASE("a list has the documented shape: rows at the top, times in milliseconds, neither prompt nor URL") {
    support::sandbox server;
    account mine{server};
    const auto id = mine.create("a prompt that stays private");
    REQUIRE(mine.becomes(id, "SUCCEEDED"));
    const auto page = body_of(mine.list());
    const auto documented = support::parse_json(support::golden("dashscope-list-reply.json")).as_object();
    auto members = documented;
    members["sandbox"] = true;
    CHECK(keys_of(page) == keys_of(members));
    REQUIRE(page.at("data").as_array().size() == 1);
    const auto& row = page.at("data").at(0).as_object();
    CHECK(keys_of(row) == keys_of(documented.at("data").at(1).as_object()));
    CHECK(row.at("model_name") == "wan2.2-kf2v-flash");
    CHECK(row.at("status") == "SUCCEEDED");
    CHECK(row.at("user_api_unique_key") == "apikey:v1:aigc:image2video:video-synthesis:wan2.2-kf2v-flash");
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    const auto created = row.at("gmt_create").as_int64(), ended = row.at("end_time").as_int64();
    CHECK(created <= row.at("start_time").as_int64());
    CHECK(row.at("start_time").as_int64() <= ended);
    CHECK(ended <= now);
    CHECK(now - created < 60'000);
    CHECK(json::serialize(page).find("private") == std::string::npos);
    CHECK(json::serialize(page).find("http") == std::string::npos);
}

TEST_CASE("a list is by page, the newest first, and by model, status, time and id") {
    support::sandbox server{{"--pace", "60000"}};
    account mine{server};
    std::vector<std::string> made;
    for (int i = 0; i < 3; ++i) made.push_back(mine.create("shot"));
    made.push_back(mine.create("shot", "wan2.7-i2v"));
    REQUIRE(mine.cancel(made[0]).verdict == wan::cancel_verdict::canceled);

    CHECK(ids_in(body_of(mine.list())) == ids{made[3], made[2], made[1], made[0]});
    const auto second = body_of(mine.list({.page = 2, .page_size = 3}));
    CHECK(ids_in(second) == ids{made[0]});
    CHECK(second.at("total") == 4);
    CHECK(second.at("total_page") == 2);
    CHECK(second.at("page_no") == 2);
    CHECK(second.at("page_size") == 3);
    CHECK(ids_in(body_of(mine.list({.page = 3, .page_size = 3}))).empty());
    CHECK(ids_in(body_of(mine.list({.model = "wan2.7-i2v"}))) == ids{made[3]});
    CHECK(ids_in(body_of(mine.list({.status = "CANCELED"}))) == ids{made[0]});
    CHECK(ids_in(body_of(mine.list({.status = "UNKNOWN"}))).empty());
    CHECK(ids_in(body_of(mine.get("/tasks?task_id=" + made[1]))) == ids{made[1]});

    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    CHECK(ids_in(body_of(mine.list({.from = now - 1h}))).size() == 4);
    CHECK(ids_in(body_of(mine.list({.from = now - 1h, .to = now + 1h}))).size() == 4);
    CHECK(ids_in(body_of(mine.list({.to = now - 1h}))).empty());
    CHECK(ids_in(body_of(mine.list({.from = now - 48h}))).empty()); // a day of it
    CHECK(server.count("lists") == 11);
}

TEST_CASE("a list that asks for what is not offered is refused") {
    support::sandbox server;
    account mine{server};
    for (const char* query : {"page_no=0", "page_no=x", "page_size=-1", "start_time=yesterday", "end_time=20260230000000",
                              "start_time=20260101000000&end_time=20260102000001", "start_time=20260102000000&end_time=20260101000000"}) {
        CAPTURE(std::string{query});
        CHECK(body_of(mine.get(std::string{"/tasks/?"} + query), 400).at("code") == "InvalidParameter");
    }
    CHECK(body_of(mine.get("/tasks/?start_time=20260101000000&end_time=20260102000000")).at("total") == 0);
    wan::executors::curl http;
    CHECK(body_of(http({.url = server.base_url() + "/tasks/"}), 401).at("code") == "InvalidApiKey");
}

TEST_CASE("an account sees its own tasks only") {
    support::sandbox server{{"--pace", "60000"}};
    account mine{server}, other{server, "sk-another"};
    const auto id = mine.create("shot");
    CHECK(ids_in(body_of(other.list())).empty());
    CHECK(other.status(id) == "UNKNOWN");
    CHECK(other.cancel(id).verdict == wan::cancel_verdict::refused);
    CHECK(mine.status(id) == "PENDING");
}

TEST_CASE("only what is pending can be canceled") {
    support::sandbox server{{"--pace", "400"}};
    account mine{server};
    const auto canceled = mine.create("one"), running = mine.create("two");
    const auto done = mine.cancel(canceled);
    CHECK(done.verdict == wan::cancel_verdict::canceled);
    CHECK_FALSE(done.reply.request_id.empty());
    REQUIRE(mine.becomes(running, "RUNNING"));
    for (const auto& id : {running, canceled, std::string{"no-such-task"}}) {
        const auto refused = mine.cancel(id);
        CHECK(refused.verdict == wan::cancel_verdict::refused);
        CHECK(refused.error->http_status == 400);
        CHECK(refused.reply.code == "UnsupportedOperation");
        CHECK(refused.reply.message == "Failed to cancel the task, please confirm if the task is in PENDING status.");
    }
    REQUIRE(mine.becomes(running, "SUCCEEDED"));
    CHECK(mine.status(canceled) == "CANCELED"); // and stays so
    CHECK(server.count("cancels") == 4);
}

TEST_CASE("the prompt of what is not finished is told only on demand") {
    for (const bool told : {false, true}) {
        support::sandbox server{told ? std::vector<std::string>{"--pace", "60000", "--prompt-while-running"}
                                     : std::vector<std::string>{"--pace", "60000"}};
        account mine{server};
        const auto output = mine.output(mine.create("shot 7"));
        CHECK(output.contains("orig_prompt") == told);
        if (told) CHECK(output.at("orig_prompt") == "shot 7");
    }
}
