// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The tasks of an account as DashScope tells them: listed, canceled, limited.
#include "support/account.hpp"
#include "support/batch.hpp"
#include "support/doctest.hpp"
#include "support/files.hpp"
#include "support/sandbox.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <string>
#include <string_view>
#include <thread>
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

/// To the sandbox a file is a file.
const std::string video = WAN_SOURCE_DIR "/examples/frames/first.png";

} // namespace

TEST_CASE("a list has the documented shape: rows at the top, times in milliseconds, neither prompt nor URL") {
    support::sandbox server{{"--video", video}};
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
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
                         std::chrono::system_clock::now().time_since_epoch())
                         .count();
    const auto created = row.at("gmt_create").as_int64(), ended = row.at("end_time").as_int64();
    CHECK(created <= row.at("start_time").as_int64());
    CHECK(row.at("start_time").as_int64() <= ended);
    CHECK(ended <= now);
    CHECK(now - created < 60'000);
    CHECK(json::serialize(page).find("private") == std::string::npos);
    CHECK(json::serialize(page).find("http") == std::string::npos);
}

TEST_CASE("a list is by page, the newest first, and by model, status, time and id") {
    support::sandbox server{{"--pace", "60000", "--video", video}};
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
    // The official SDKs offer these two as well.
    CHECK(ids_in(body_of(mine.get("/tasks?region=cn-beijing"))).size() == 4);
    CHECK(ids_in(body_of(mine.get("/tasks?region=ap-southeast-1"))).empty());
    CHECK(ids_in(body_of(mine.get("/tasks?api_key_id=150000"))).size() == 4);
    CHECK(ids_in(body_of(mine.get("/tasks?api_key_id=1"))).empty());

    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    CHECK(ids_in(body_of(mine.list({.from = now - 1h}))).size() == 4);
    CHECK(ids_in(body_of(mine.list({.from = now - 1h, .to = now + 1h}))).size() == 4);
    CHECK(ids_in(body_of(mine.list({.to = now - 1h}))).empty());
    CHECK(ids_in(body_of(mine.list({.from = now - 48h}))).empty()); // a day of it
    CHECK(server.count("lists") == 15);
}

TEST_CASE("a list that asks for what is not offered is refused") {
    support::sandbox server;
    account mine{server};
    for (const char* query : {"page_no=0", "page_no=x", "page_size=-1", "start_time=yesterday",
                              "end_time=20260230000000", "start_time=20260101000000&end_time=20260102000001",
                              "start_time=20260102000000&end_time=20260101000000"}) {
        CAPTURE(std::string{query});
        CHECK(body_of(mine.get(std::string{"/tasks/?"} + query), 400).at("code") == "InvalidParameter");
    }
    CHECK(body_of(mine.get("/tasks/?start_time=20260101000000&end_time=20260102000000")).at("total") == 0);
    wan::executors::curl http;
    CHECK(body_of(http({.url = server.base_url() + "/tasks/"}), 401).at("code") == "InvalidApiKey");
}

TEST_CASE("an account sees its own tasks only") {
    support::sandbox server{{"--pace", "60000", "--video", video}};
    account mine{server}, other{server, "sk-another"};
    const auto id = mine.create("shot");
    CHECK(ids_in(body_of(other.list())).empty());
    CHECK(other.status(id) == "UNKNOWN");
    CHECK(other.cancel(id).verdict == wan::cancel_verdict::refused);
    CHECK(mine.status(id) == "PENDING");
}

TEST_CASE("only what is pending can be canceled") {
    support::sandbox server{{"--pace", "400", "--video", video}};
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
        CHECK(refused.reply.message ==
              "Failed to cancel the task, please confirm if the task is in PENDING status.");
    }
    REQUIRE(mine.becomes(running, "SUCCEEDED"));
    CHECK(mine.status(canceled) == "CANCELED"); // and stays so
    CHECK(server.count("cancels") == 4);
}

TEST_CASE("calls above an account's limits get a 429, and pass later") {
    support::sandbox server{{"--submits-per-second", "2", "--queries-per-second", "3", "--video", video}};
    account mine{server}, other{server, "sk-another"};
    int accepted = 0;
    for (int i = 0; i < 8; ++i) {
        const auto got = mine.submit("shot");
        REQUIRE(got);
        accepted += got->status == 200;
        if (got->status != 200) CHECK(body_of(got, 429).at("code") == "Throttling.RateQuota");
    }
    CHECK(accepted == 2); // eight submits take no second
    CHECK(server.count("created") == accepted);
    const auto theirs = other.create("shot"); // has limits of its own

    const auto made = server.count("created");
    int answered[3] = {};
    for (int i = 0; i < 6; ++i) {
        answered[0] += other.query(theirs)->status == 200;
        answered[1] += other.list()->status == 200;
        answered[2] += !(other.cancel(theirs).error &&
                         other.cancel(theirs).error->category == wan::error_category::throttled);
    }
    for (const int n : answered) CHECK(n < 6);
    CHECK(answered[0] >= 3); // each kind has its own
    CHECK(answered[1] >= 3);
    CHECK(support::eventually([&] { return mine.submit("shot")->status == 200; }));
    CHECK(server.count("created") == made + 1);
    CHECK(server.count("throttled") > 8);
}

TEST_CASE("no second, wherever it begins, has more calls answered than the limit says") {
    using clock = std::chrono::steady_clock;
    support::sandbox server{{"--queries-per-second", "5", "--video", video}};
    account mine{server};
    std::vector<clock::time_point> sent, answered;
    for (const auto begun = clock::now(); clock::now() - begun < 3500ms;) {
        const auto now = clock::now();
        if (mine.query("none")->status != 200) continue;
        sent.push_back(now);
        answered.push_back(clock::now());
    }
    REQUIRE(sent.size() >= 11);
    // It arrived between the two.
    for (std::size_t i = 0; i + 5 < sent.size(); ++i) CHECK(answered[i + 5] - sent[i] >= 1s);
}

TEST_CASE("a limit below one in a second is one in as many seconds as one takes") {
    using clock = std::chrono::steady_clock;
    support::sandbox server{{"--queries-per-second", "0.5", "--video", video}};
    account mine{server};
    const auto begun = clock::now();
    CHECK(mine.query("none")->status == 200);
    while (mine.query("none")->status != 200) std::this_thread::sleep_for(20ms);
    CHECK(clock::now() - begun >= 2s);
}

TEST_CASE("upload policies are limited for each model") {
    support::sandbox server{{"--policies-per-second", "1"}};
    account mine{server};
    const auto status = [&](const std::string& model) {
        return mine.get("/uploads?action=getPolicy&model=" + model)->status;
    };
    CHECK(status("wan2.2-kf2v-flash") == 200);
    CHECK(status("wan2.2-kf2v-flash") == 429);
    CHECK(status("wan2.7-i2v") == 200);
}

TEST_CASE("a path may end with a slash: the official SDK's asynchronous client asks that way") {
    support::sandbox server{{"--pace", "60000", "--video", video}};
    account mine{server};
    const auto id = mine.create("shot");
    CHECK(body_of(mine.get("/tasks/" + id + "/")).at("output").at("task_id").as_string() == id);
    CHECK(ids_in(body_of(mine.get("/tasks"))) == ids_in(body_of(mine.get("/tasks/"))));
    CHECK(body_of(mine.get("/uploads/?action=getPolicy&model=wan2.7-i2v")).contains("data"));
    wan::executors::curl http;
    const auto canceled = http({.method = wan::http_method::post,
                                .url = server.base_url() + "/tasks/" + id + "/cancel/",
                                .headers = {{"Authorization", "Bearer " + support::secret, true}}});
    CHECK(body_of(canceled).contains("request_id"));
    CHECK(mine.status(id) == "CANCELED");
    const auto elsewhere = http({.url = server.url() + "/v1/tasks/none/",
                                 .headers = {{"Authorization", "Bearer " + support::secret, true}}});
    CHECK(body_of(elsewhere, 404).at("message") == "Task not found."); // SinanCode's
}

TEST_CASE("a reply carries its request id as a header too, also one that refuses") {
    support::sandbox server{{"--video", video}};
    account mine{server};
    const auto id = mine.create("shot");
    for (const auto& got : {mine.query(id), mine.list(), mine.submit("shot"), mine.get("/tasks?page_no=0")}) {
        REQUIRE(got);
        const auto* const header = wan::find_header(got->headers, "x-request-id");
        REQUIRE(header);
        CHECK(support::parse_json(got->body).at("request_id").as_string() == *header);
    }
}

TEST_CASE("a task that failed tells its times") {
    support::sandbox server{{"--fault", "failed-without-reason", "--video", video}};
    account mine{server};
    const auto id = mine.create("shot");
    REQUIRE(mine.becomes(id, "FAILED"));
    const auto output = mine.output(id);
    for (const char* time : {"submit_time", "scheduled_time", "end_time"})
        CHECK_MESSAGE(output.contains(time), time);
}

TEST_CASE("a wrong path for the model is refused in the service's words") {
    support::sandbox server;
    wan::executors::curl http;
    const auto got = http(
        {.method = wan::http_method::post,
         .url = server.base_url() + "/services/aigc/video-generation/video-synthesis",
         .headers = {{"Authorization", "Bearer " + support::secret, true}, {"X-DashScope-Async", "enable"}},
         .body = std::string{R"({"model":"wan2.2-kf2v-flash","input":{},"parameters":{}})"}});
    const auto body = body_of(got, 400);
    CHECK(body.at("code") == "InvalidParameter");
    CHECK(std::string_view{body.at("message").as_string()}.starts_with("url error, please check url"));
}

TEST_CASE("the guide's limit of queries is the default") {
    support::program sandbox{WAN_SANDBOX_PROGRAM, {"--help"}};
    CHECK(sandbox.wait() == 0);
    const auto out = sandbox.out();
    const auto line = out.substr(out.find("--queries-per-second"));
    CHECK(line.substr(0, line.find('\n')).find("20") != std::string::npos);
}

TEST_CASE("tasks above the number that may run wait their turn, in order; one that is canceled gives it up") {
    support::sandbox server{{"--running", "2", "--pace", "150", "--video", video}};
    account mine{server}, other{server, "sk-another"};
    std::vector<std::string> made;
    for (int i = 0; i < 6; ++i) made.push_back(mine.create("shot"));
    const auto theirs = other.create("shot");
    CHECK(mine.cancel(made[4]).verdict == wan::cancel_verdict::canceled);
    REQUIRE(mine.becomes(made[1], "RUNNING"));
    CHECK(mine.status(made[2]) == "PENDING");
    CHECK(other.becomes(theirs, "SUCCEEDED"));
    REQUIRE(mine.becomes(made[5], "SUCCEEDED"));
    std::vector<std::pair<std::int64_t, int>> changes;
    const auto page = body_of(mine.list());
    for (const auto& row : page.at("data").as_array()) {
        if (row.at("status") != "SUCCEEDED") continue;
        changes.emplace_back(row.at("start_time").as_int64(), 1);
        changes.emplace_back(row.at("end_time").as_int64(), -1);
    }
    std::sort(changes.begin(), changes.end());
    int running = 0;
    for (const auto& [time, change] : changes) {
        running += change;
        CHECK(running <= 2);
    }
    CHECK(changes.size() == 10);
    CHECK(mine.status(made[4]) == "CANCELED");
}

TEST_CASE("tasks that fail make room as well, for however many wait") {
    support::sandbox server{
        {"--running", "1", "--pace", "100", "--video", video, "--fault", "failed-without-reason"}};
    account mine{server};
    for (int i = 0; i < 50; ++i) (void)mine.create("shot");
    CHECK(support::eventually([&] {
        const auto stats = server.stats();
        const auto* const failed = stats.at("states").as_object().if_contains("FAILED");
        return failed && *failed == 50;
    }));
}

TEST_CASE("2,000 tasks are polled over 64 connections") {
    support::sandbox server{{"--pace", "0", "--video", video}};
    account mine{server};
    const auto with_64_threads = [](const auto& work) {
        std::vector<std::thread> threads;
        for (int i = 0; i < 64; ++i) threads.emplace_back(work, i);
        for (auto& t : threads) t.join();
    };
    constexpr std::size_t tasks = 2000;
    std::atomic<std::size_t> next{0}, failed{0};
    with_64_threads([&](int) {
        while (next++ < tasks) {
            const auto got = mine.submit("shot");
            failed += !got || got->status != 200;
        }
    });
    CHECK(failed == 0);
    REQUIRE(server.count("created") == tasks);
    std::vector<std::string> urls;
    const auto stats = server.stats();
    for (const auto& t : stats.at("tasks").as_array())
        urls.push_back(server.base_url() + "/tasks/" + std::string{t.at("id").as_string()});
    next = 0;
    with_64_threads([&](int) {
        wan::executors::curl http; // keeps its connection
        for (std::size_t i = next++; i < tasks; i = next++) {
            const auto got =
                http({.url = urls[i], .headers = {{"Authorization", "Bearer " + support::secret, true}}});
            failed += !got || got->body.find("SUCCEEDED") == std::string::npos;
        }
    });
    CHECK(failed == 0);
    CHECK(server.count("queries") == tasks);
}

TEST_CASE("a given video is the video of every task, at once, and needs no media") {
    support::sandbox server{{"--pace", "0", "--video", video}};
    account mine{server};
    for (int i = 0; i < 3; ++i) {
        const auto id = mine.create("shot");
        REQUIRE(mine.becomes(id, "SUCCEEDED"));
        wan::executors::curl http;
        const auto got = http({.url = std::string{mine.output(id).at("video_url").as_string()}});
        REQUIRE(got);
        CHECK(got->body == support::contents(video));
    }
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

TEST_CASE("the statistics have the tasks of each prompt and of each first frame, but no data URL") {
    const support::batch_folder folder{1};
    const support::sandbox server{{"--video", folder.video()}};
    account mine{server};
    const auto create = [&](const char* prompt, const std::string& frame) {
        wan::keyframe_to_video asked;
        asked.prompt = prompt;
        asked.first_frame_url = frame;
        CHECK(body_of(mine.submit(asked)).contains("output"));
    };
    const std::string a = "https://example.com/a.png", b = "https://example.com/b.png";
    create("same", a);
    create("same", b);
    create("other", b);
    create("none", "data:image/png;base64," + support::base64(support::png({480, 480})));
    REQUIRE(support::eventually([&] {
        const auto stats = server.stats();
        return stats.at("states").as_object() == json::object{{"SUCCEEDED", 4}};
    }));
    const auto stats = server.stats();
    CHECK(stats.at("prompts").as_object().size() == 3);
    CHECK(stats.at("prompts").at("same").as_object() == json::object{{"created", 2}, {"SUCCEEDED", 2}});
    const auto& frames = stats.at("frames").as_object();
    CHECK(frames.size() == 2);
    CHECK(frames.at(a).as_object() == json::object{{"created", 1}, {"SUCCEEDED", 1}});
    CHECK(frames.at(b).as_object() == json::object{{"created", 2}, {"SUCCEEDED", 2}});
}
