// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What a dialect can say that none of the services at hand needs.
#include "support/doctest.hpp"
#include "support/golden.hpp"
#include "support/scripted_peer.hpp"

#include <wan/model/catalog.hpp>

TEST_SUITE_BEGIN("dialect");

using support::answer;
using wan::reply;
using wan::task_status;

namespace {

constexpr wan::reply_path replies[] = {
    {&reply::task_id, "/data/taskId"},
    {&reply::status, "/data/state"},
    {&reply::video_url, "/data/resultJson", "/resultUrls/0"},
    {&reply::video_url, "/data/video_url"},
    {&reply::progress, "/data/resultJson", "/percent"},
    {&reply::code, "/code"},
    {&reply::message, "/msg"},
};
constexpr wan::status_word statuses[] = {
    {"1", task_status::running}, {"2", task_status::succeeded}, {"3", task_status::failed}};
constexpr std::string_view success_codes[] = {"200"};

// Asks by POST, answers every call with 200 and a code of its own, gives the result as text that holds JSON.
const wan::dialect api{
    .name = "poster",
    .auth_header = "X-Api-Key",
    .auth_prefix = "",
    .jobs = wan::dashscope::api.jobs,
    .media_schemes = {wan::url_scheme::https},
    .query = {.method = wan::http_method::post, .path = "/jobs/info", .body = R"({"taskId":"{task_id}"})"},
    .reply = replies,
    .statuses = statuses,
    .success_codes = success_codes,
    .models = wan::dashscope_models,
};

wan::provider poster() {
    return {.dialect = &api, .base_url = "https://poster.example", .key = "secret-key"};
}

} // namespace

TEST_CASE("a mistake of a table that would only be seen after a submit was paid for is an error before it") {
    CHECK(wan::validate(poster()).empty());
    const auto said = [](auto change) {
        auto d = api;
        change(d);
        auto who = poster();
        who.dialect = &d;
        const auto found = wan::validate(who);
        std::string all;
        for (const auto& v : found) {
            CHECK(v.field == "dialect");
            CHECK(wan::is_error(v));
            all.append(all.empty() ? "" : "\n").append(v.message);
        }
        CHECK(wan::make_submit(who, wan::keyframe_to_video{.first_frame_url = "https://e.com/a.png"})
                  .has_value() == found.empty());
        return all;
    };
    using wan::dialect;
    CHECK(said([](dialect& d) { d.name = {}; }) ==
          "dialect: name is missing; use a name that never changes, because resume tokens contain it");
    // The key would go to another host: https://poster.examplejobs
    CHECK(said([](dialect& d) { d.query = {.path = "jobs/{task_id}"}; }) ==
          "dialect: query.path is \"jobs/{task_id}\"; use a path that begins with /, because it is appended "
          "to the "
          "base URL");
    const wan::submit_route<wan::keyframe_to_video> elsewhere[] = {
        {"", ".evil.example/v2", wan::dashscope::api.jobs.keyframe_to_video.routes[0].layout}};
    CHECK(said([&](dialect& d) { d.jobs.keyframe_to_video.routes = elsewhere; }) ==
          "dialect: keyframe_to_video.path is \".evil.example/v2\"; use a path that begins with /, because "
          "it is "
          "appended to the base URL");
    CHECK(said([](dialect& d) { d.list.path = "@evil.example/"; }).starts_with("dialect: list.path is "));
    CHECK(said([](dialect& d) { d.upload.path = ":8080/"; }).starts_with("dialect: upload.path is "));
    CHECK(said([](dialect& d) { d.query = {.path = "/jobs"}; }) ==
          "dialect: query.path is \"/jobs\"; use a path or a body that contains {task_id}");
    CHECK(said([](dialect& d) { d.cancel = {.path = "/cancel"}; }).starts_with("dialect: cancel.path is "));
    CHECK(said([](dialect& d) {
              d.result = {.path = "/result", .is_named_by_reply = true};
          }).starts_with("dialect: result.path is "));
    CHECK(said([](dialect& d) { d.query = {}; }) ==
          "dialect: query.path is missing; use the path of the request for a task's status");
    CHECK(said([](dialect& d) { d.query = {.path = {}, .is_named_by_reply = true}; }).empty());
    CHECK(said([](dialect& d) { d.query = {.path = "?task={task_id}"}; }).empty());
    static constexpr wan::model_limits model = [] {
        wan::model_limits m{};
        m.model = "lamp-1";
        m.jobs = {wan::job::text_to_video};
        m.duration = {.min = 3, .max = 8, .default_seconds = 5};
        return m;
    }();
    CHECK(said([](dialect& d) { d.models = {&model, 1}; }).empty());
    static constexpr wan::model_limits contradictory = [] {
        auto m = model;
        m.duration = {.min = 3, .max = 8, .step = 0, .default_seconds = 5};
        m.resolution = {.tiers = {wan::resolution::p720}, .default_tier = wan::resolution::p480};
        return m;
    }();
    CHECK(said([](dialect& d) { d.models = {&contradictory, 1}; }) ==
          "dialect: models: \"lamp-1\": duration is 3 to 8 in steps of 0, default 5; use min <= "
          "default_seconds "
          "<= max, and a step above 0\n"
          "dialect: models: \"lamp-1\": resolution.default_tier is 480P; use one of its tiers");
    static constexpr wan::model_limits empty{};
    CHECK(said([](dialect& d) { d.models = {&empty, 1}; }) ==
          "dialect: models: a row without a name: model is missing; use the model's name\n"
          "dialect: models: a row without a name: jobs is missing; use at least one job");
    // A request is checked against such a row all the same, and ends.
    for (const int seconds : {3, 5, 20}) {
        const wan::text_to_video request{.prompt = "a lamp", .model = "lamp-1", .duration = seconds};
        CHECK(
            wan::validate(request, wan::validation_target{.model = "lamp-1", .catalog = {&contradictory, 1}})
                .size() >= 1);
    }
    CHECK(said([](dialect& d) { d.reply = std::span{replies}.subspan(1); }) ==
          "dialect: a row of reply for task_id is missing; use {&wan::reply::task_id, \"/POINTER\"}");
    static constexpr wan::reply_path bad[] = {{&reply::task_id, "data/taskId"}, {&reply::status, "/s", "x"}};
    CHECK(said([](dialect& d) { d.reply = bad; }) ==
          "dialect: reply has the pointer \"data/taskId\"; use a JSON pointer, which begins with /\n"
          "dialect: reply has the pointer \"x\"; use a JSON pointer, which begins with /");
    static constexpr wan::list_path row[] = {{&wan::listed_task::task_id, "id"}};
    CHECK(
        said([](dialect& d) { d.list.task = row; }).starts_with("dialect: list.task has the pointer \"id\""));
    CHECK(said([](dialect& d) {
              d.list.tasks = "data";
          }).starts_with("dialect: list has the pointer \"data\""));
    CHECK(said([](dialect& d) {
              d.upload.host = "host";
          }).starts_with("dialect: upload has the pointer \"host\""));
}

TEST_CASE("the dialects of the library have no such mistake") {
    for (const auto* d : {&wan::dashscope::api, &wan::sinancode::api, &wan::yutoai::api, &wan::jiekou::api}) {
        CAPTURE(d->name);
        CHECK(
            wan::validate(wan::provider{.dialect = d, .base_url = "https://x.example", .key = "k"}).empty());
    }
}

TEST_CASE("a task is asked for by POST, and its id is escaped there") {
    const auto query = wan::make_query(poster(), "a\"b\\c\n");
    REQUIRE(query);
    CHECK(query->method == wan::http_method::post);
    CHECK(query->url == "https://poster.example/jobs/info");
    CHECK(*query->body.flatten() == R"({"taskId":"a\"b\\c\n"})");
    CHECK(*wan::find_header(query->headers, "Content-Type") == "application/json");
    CHECK(*wan::find_header(query->headers, "X-Api-Key") == "secret-key");
}

TEST_CASE("polling by POST is not submitting") {
    support::scripted_peer peer{
        {answer(200, R"({"code":200,"msg":"success","data":{"taskId":"t-1"}})"),
         answer(200, R"({"code":200,"data":{"taskId":"t-1","state":1,"resultJson":"{\"percent\":\"40\"}"}})"),
         support::maybe_sent(),
         answer(
             200,
             R"({"code":200,"data":{"taskId":"t-1","state":2,"resultJson":"{\"resultUrls\":[\"https://x/a.mp4\"]}"}})")}};
    const auto end = wan::run(poster(), support::test_shot(), peer, {}, support::virtual_timer{});
    REQUIRE_MESSAGE(end, to_string(end));
    CHECK(end.video->url == "https://x/a.mp4");
    std::size_t submits = 0;
    for (const auto& sent : peer.requests()) submits += sent.url != "https://poster.example/jobs/info";
    CHECK(submits == 1);
}

TEST_CASE("JSON in a string is read; what is no JSON there is not there") {
    const auto read = [](std::string text) { return wan::read_reply(text, replies).reply; };
    CHECK(read(R"({"data":{"resultJson":"{\"percent\":\"40\"}"}})").progress == 40.0);
    CHECK(read(R"({"data":{"resultJson":"{\"resultUrls\":[[\" https://x/a b.mp4\\n\"]]}"}})").video_url ==
          "https://x/a%20b.mp4");
    CHECK(read(R"({"data":{"resultJson":"{\"resultUrls\":[\"https://x/a.mp4\"]}"}})").video_url ==
          "https://x/a.mp4");
    for (const std::string nothing :
         {R"("")", R"("soon")", R"("{\"resultUrls\":")", R"("{\"resultUrls\":[{}]}")", "null", "{}", "[1]"}) {
        CAPTURE(nothing);
        const auto whole = wan::read_reply(R"({"data":{"resultJson":)" + nothing + "}}", replies);
        CHECK(whole.reply.video_url.empty());
        CHECK_FALSE(whole.damage);
    }
    CHECK(
        read(
            R"({"data":{"resultJson":"{\"resultUrls\":[\"https://x/in.mp4\"]}","video_url":"https://x/out.mp4"}})")
            .video_url == "https://x/out.mp4");
}

TEST_CASE("a no under a status that says yes is a no") {
    const auto submit = wan::parse_submit(api, answer(200, R"({"code":402,"msg":"no credits"})"));
    CHECK(submit.verdict == wan::submit_verdict::refused);
    CHECK(submit.error->message == "no credits");
    const auto done = wan::parse_query(
        api, answer(200, R"({"code":501,"msg":"it broke","data":{"taskId":"t-1","state":2}})"), "t-1");
    CHECK(done.verdict == wan::query_verdict::failed);
    CHECK(done.error->message == "it broke");
    const auto there = wan::parse_query(
        api, answer(200, R"({"code":501,"data":{"taskId":"t-1","state":2,"video_url":"https://x/a.mp4"}})"),
        "t-1");
    CHECK(there.verdict == wan::query_verdict::succeeded);
}

TEST_CASE("what names a task is believed, unless refusals have ids of their own") {
    const auto body = R"({"code":400,"msg":"no","data":{"taskId":"t-1"}})";
    for (const unsigned status : {200u, 400u, 408u, 429u, 500u, 503u})
        CHECK(wan::parse_submit(api, answer(status, body)).verdict == wan::submit_verdict::accepted);
    auto d = api;
    d.refusals_have_ids = true;
    CHECK(wan::parse_submit(d, answer(400, body)).verdict == wan::submit_verdict::refused);
    CHECK(wan::parse_submit(d, answer(429, body)).verdict == wan::submit_verdict::not_accepted);
    CHECK(wan::parse_submit(d, answer(500, body)).verdict == wan::submit_verdict::accepted);
    CHECK(wan::parse_submit(d, answer(408, body)).verdict == wan::submit_verdict::accepted);
}

TEST_CASE("a code that means success everywhere is no error") {
    for (const auto& d : {wan::dashscope::api, wan::sinancode::api, wan::jiekou::api})
        for (const char* code : {"0", "200", "\"0\"", "\"ok\"", "\"Success\"", "\"SUCCESS\""}) {
            CAPTURE(code);
            const auto got =
                wan::parse_submit(d, answer(200, std::string{R"({"code":)"} + code + R"(,"error_code":)" +
                                                     code + R"(,"reason":)" + code + "}"));
            CHECK(got.verdict == wan::submit_verdict::unknown);
        }
    const auto done = wan::parse_query(
        wan::sinancode::api, answer(200, R"({"id":"t","status":"completed","error_code":"0","result":[]})"));
    CHECK(done.verdict == wan::query_verdict::retry);
}

TEST_CASE("a name in a path stands for the id wherever it is") {
    auto d = api;
    d.query = {.path = "/t/{task_id}/x?again={task_id}"};
    const wan::provider who{.dialect = &d, .base_url = "https://poster.example", .key = "secret-key"};
    CHECK(wan::make_query(who, "{task_id}")->url ==
          "https://poster.example/t/%7Btask_id%7D/x?again=%7Btask_id%7D");
}

TEST_CASE("a failure under a status that says no is the task's") {
    const auto failed = wan::parse_query(
        api, answer(400, R"({"code":400,"msg":"it broke","data":{"taskId":"t-1","state":"3"}})"), "t-1");
    CHECK(failed.verdict == wan::query_verdict::failed);
    CHECK(failed.error->message == "it broke");
}

TEST_CASE("202 without a word is a task that goes on") {
    CHECK(wan::parse_query(api, answer(202, "")).verdict == wan::query_verdict::working);
    CHECK(wan::parse_query(api, answer(202, R"({"code":501,"msg":"no"})")).verdict !=
          wan::query_verdict::working);
}

TEST_CASE("a URL that a reply names counts before the path, on the service's own origin alone") {
    auto d = api;
    d.query = {.path = "/tasks/{task_id}", .is_named_by_reply = true};
    const wan::provider who{.dialect = &d, .base_url = "https://poster.example/v1", .key = "secret-key"};
    CHECK(wan::make_query(who, "t")->url == "https://poster.example/v1/tasks/t");
    CHECK(wan::make_query(who, "t", "https://POSTER.example:443/q?t=1")->url ==
          "https://POSTER.example:443/q?t=1");
    CHECK(wan::make_query(who, "t", "https://elsewhere.example/q")->url ==
          "https://poster.example/v1/tasks/t");
}
