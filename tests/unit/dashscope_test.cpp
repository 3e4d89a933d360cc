// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"
#include "support/golden.hpp"
#include "support/scripted_peer.hpp"

#include <string>

TEST_SUITE_BEGIN("dashscope");

using support::answer;
using support::failure;
using support::golden;
using wan::error_category;

namespace {

const wan::dialect& api = wan::dashscope::api;

wan::http_request built(const wan::provider& who, const wan::keyframe_to_video& request) {
    auto http = wan::make_submit(who, request);
    REQUIRE_MESSAGE(http, to_string(http.error()));
    return *std::move(http);
}

wan::http_request built(const wan::keyframe_to_video& request) { return built(wan::dashscope::singapore("sk-1"), request); }

std::string header(const wan::http_request& request, std::string_view name) {
    const auto* value = find_header(request.headers, name);
    return value == nullptr ? "(none)" : *value;
}

} // namespace

TEST_CASE("submit: the guide's sample") {
    const auto request = built(
        {.first_frame_url = "https://help-static-aliyun-doc.aliyuncs.com/file-manage-files/zh-CN/20260126/ixdxvt/wan-kf2v-blue-1.png",
         .last_frame_url = "https://help-static-aliyun-doc.aliyuncs.com/file-manage-files/zh-CN/20260126/nhtdrc/wan-kf2v-blue-2.png",
         .prompt = "A cute blue monster with a slightly sad expression stands in the rain. The camera slowly zooms in and "
                   "stops on the moment it looks up at the sky.",
         .resolution = wan::resolution::p720,
         .prompt_extend = true,
         .watermark = true});
    CHECK(request.method == wan::http_method::post);
    CHECK(request.url == "https://dashscope-intl.aliyuncs.com/api/v1/services/aigc/image2video/video-synthesis");
    CHECK(request.headers.size() == 3);
    CHECK(header(request, "X-DashScope-Async") == "enable");
    CHECK(header(request, "Authorization") == "Bearer sk-1");
    CHECK(header(request, "Content-Type") == "application/json");
    CHECK(support::equal_as_json(*request.body.flatten(), golden("dashscope-guide-submit.json")));
}

TEST_CASE("submit: the sample of a service that passes DashScope's API through under a prefix") {
    const auto request = built(wan::dashscope::at("https://relay.example/qwen/api/v1", "sk-1"),
                               {.first_frame_url = "https://wanx.alicdn.com/material/20250318/first_frame.png",
                                .last_frame_url = "https://wanx.alicdn.com/material/20250318/last_frame.png",
                                .prompt = "Example prompt from provider documentation.",
                                .resolution = wan::resolution::p480,
                                .prompt_extend = true});
    CHECK(request.url == "https://relay.example/qwen/api/v1/services/aigc/image2video/video-synthesis");
    CHECK(header(request, "X-DashScope-Async") == "enable");
    CHECK(support::equal_as_json(*request.body.flatten(), golden("dashscope-proxy-submit.json")));
}

TEST_CASE("submit: the API reference's sample with a Chinese prompt, and the guide's second one") {
    wan::keyframe_to_video shot{.first_frame_url = "https://wanx.alicdn.com/material/20250318/first_frame.png",
                                .last_frame_url = "https://wanx.alicdn.com/material/20250318/last_frame.png",
                                .prompt = "写实风格，一只黑色小猫好奇地看向天空，镜头从平视逐渐上升，最后俯拍它的好奇的眼神。",
                                .resolution = wan::resolution::p480,
                                .prompt_extend = true};
    CHECK(support::equal_as_json(*built(shot).body.flatten(), golden("dashscope-reference-submit.json")));
    shot.prompt = "Realistic style. A curious black kitten looks up at the sky. The camera starts at eye level and "
                  "gradually rises until it captures the kitten’s curious gaze from above.";
    shot.resolution = wan::resolution::p720;
    shot.watermark = true;
    CHECK(support::equal_as_json(*built(shot).body.flatten(), golden("dashscope-guide-kitten-submit.json")));
}

TEST_CASE("submit: a video effect") {
    const auto request = built(wan::dashscope::beijing("sk-1"), {.first_frame_url = "https://example.com/11.png",
                                                                 .template_ = "hanfu-1",
                                                                 .model = "wanx2.1-kf2v-plus",
                                                                 .resolution = wan::resolution::p720,
                                                                 .prompt_extend = true});
    CHECK(request.url == "https://dashscope.aliyuncs.com/api/v1/services/aigc/image2video/video-synthesis");
    CHECK(support::equal_as_json(*request.body.flatten(), golden("dashscope-template-submit.json")));
}

TEST_CASE("submit: nothing is sent that was not set, but the model and an object for the parameters") {
    CHECK(*built({.first_frame_url = "https://example.com/a.png"}).body.flatten() ==
          R"({"model":"wan2.2-kf2v-flash","input":{"first_frame_url":"https://example.com/a.png"},"parameters":{}})");
}

TEST_CASE("submit: every member reaches the wire") {
    CHECK(built({.first_frame_url = "https://f",
                 .last_frame_url = "https://l",
                 .prompt = "p",
                 .negative_prompt = "n",
                 .template_ = "t",
                 .model = "wan2.2-kf2v-flash",
                 .resolution = wan::resolution::p480,
                 .duration = 5,
                 .seed = 0,
                 .prompt_extend = false,
                 .watermark = true})
              .body.flatten()
              .value() ==
          R"({"model":"wan2.2-kf2v-flash","input":{"first_frame_url":"https://f","last_frame_url":"https://l","prompt":"p",)"
          R"("negative_prompt":"n","template":"t"},"parameters":{"resolution":"480P","duration":5,"prompt_extend":false,)"
          R"("watermark":true,"seed":0}})");
}

TEST_CASE("submit: the model's name chooses the path") {
    const auto path_of = [](const char* model) {
        auto shot = support::test_shot();
        shot.model = model;
        const auto url = built(shot).url;
        return url.substr(url.find("/services"));
    };
    CHECK(path_of("wan2.1-kf2v-plus") == "/services/aigc/image2video/video-synthesis");
    CHECK(path_of("wan9-kf2v-turbo") == "/services/aigc/image2video/video-synthesis");
    CHECK(path_of("wan9-i2v") == "/services/aigc/video-generation/video-synthesis");
}

TEST_CASE("submit: the service is asked to resolve oss:// URLs, and only then") {
    auto shot = support::test_shot();
    CHECK(header(built(shot), "X-DashScope-OssResourceResolve") == "(none)");
    shot.prompt = "a prompt that mentions \"oss://x\" is only text";
    CHECK(header(built(shot), "X-DashScope-OssResourceResolve") == "(none)");
    shot.last_frame_url = "oss://dashscope-instant/xxx/xxx.png";
    CHECK(header(built(shot), "X-DashScope-OssResourceResolve") == "enable");
    shot.last_frame_url = {};
    shot.extra = {{"/input/reference_urls", wan::json_text{R"(["https://x/a.png", "oss://dashscope-instant/a.png"])"}}};
    CHECK(header(built(shot), "X-DashScope-OssResourceResolve") == "enable");
}

TEST_CASE("submit: the base URL may end with slashes") {
    CHECK(built(wan::dashscope::at("https://host/api/v1//", "k"), support::test_shot()).url ==
          "https://host/api/v1/services/aigc/image2video/video-synthesis");
}

TEST_CASE("submit: extra fields go along, and a bad one refuses the request") {
    auto shot = support::test_shot();
    shot.extra = {{"/parameters/size", "1280*720"}, {"/input/negative_prompt", "late"}};
    const auto body = support::parse_json(*built(shot).body.flatten());
    CHECK(body.at("parameters").at("size") == "1280*720");
    CHECK(body.at("input").at("negative_prompt") == "late");
    shot.extra = {{"parameters", 1}};
    const auto refused = wan::make_submit(support::test_provider(), shot, wan::strictness::off);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().violations.at(0).field == "extra");
}

TEST_CASE("submit: no extra field replaces the model or the prompt, by which a lost submit is found again") {
    const std::string places[] = {"/model", "/input/prompt", "/input"};
    for (const auto& place : places) {
        CAPTURE(place);
        auto shot = support::test_shot();
        shot.prompt = "a lamp";
        shot.extra = {{place, wan::json_text{R"({"prompt":"a dog"})"}}};
        const auto refused = wan::make_submit(support::test_provider(), shot, wan::strictness::off);
        REQUIRE_FALSE(refused);
        REQUIRE(refused.error().violations.size() == 1);
        CHECK(refused.error().violations[0].path == place);
        CHECK(refused.error().violations[0].message.find(place == "/model" ? "the member model" : "the member prompt") != std::string::npos);
    }
    auto shot = support::test_shot();
    shot.extra = {{"/model_version", "2"}, {"/input/prompt_style", "dry"}};
    CHECK(wan::make_submit(support::test_provider(), shot));
}

TEST_CASE("a provider's own headers go along with every request") {
    auto who = wan::dashscope::singapore("sk-1");
    who.headers = {{"X-DashScope-WorkSpace", "ws-1"}};
    CHECK(header(built(who, support::test_shot()), "X-DashScope-WorkSpace") == "ws-1");
    CHECK(header(*wan::make_query(who, "task-1"), "X-DashScope-WorkSpace") == "ws-1");
    for (const wan::http_header& bad : {wan::http_header{"X", "a\r\nY: b"}, {"X: Y", "a"}, {"", "a"}, {"X\n", "a"}}) {
        who.headers = {bad};
        CHECK_FALSE(wan::make_query(who, "task-1"));
    }
}

TEST_CASE("a provider's own headers are none that the library or HTTP sets") {
    for (const char* name : {"authorization", "Content-Type", "content-length", "Host", "Transfer-Encoding", "Connection", "x-dashscope-async"}) {
        auto who = wan::dashscope::singapore("sk-1");
        who.headers = {{name, "1"}};
        const auto refused = wan::make_query(who, "task-1");
        REQUIRE_FALSE(refused);
        CHECK(refused.error().violations.at(0).message == "headers: \"" + std::string{name} + "\" is set by the library or by HTTP; allowed: other headers");
    }
}

TEST_CASE("a provider without a dialect is refused wherever it is used") {
    const wan::provider none{.base_url = "https://x", .key = "k"};
    const auto shot = support::test_shot();
    const auto said = [](const wan::error& e) { return e.violations.empty() ? e.message : e.violations[0].message; };
    const std::string expected = "dialect: missing; allowed: that of a service, &wan::dashscope::api, or one of your own";
    CHECK(said(wan::start(none, shot).error()) == expected);
    CHECK(said(wan::resume(none, wan::resume_token{.task_id = "t"}).error()) == expected);
    CHECK(said(wan::resume(none, wan::resume_token{.task_id = "t"}, shot).error()) == expected);
    CHECK(said(wan::make_submit(none, shot).error()) == expected);
    CHECK(said(wan::make_query(none, "t").error()) == expected);
    CHECK(said(wan::make_cancel(none, "t").error()) == expected);
    CHECK(said(wan::make_list(none).error()) == expected);
    CHECK(said(wan::make_upload_policy(none, "m").error()) == expected);
    CHECK(said(wan::billed_video_of(none, shot).error()) == expected);
    CHECK(wan::validate(none, shot).at(0).message == expected);
    CHECK(wan::limits_of(none, "m").queries_per_second == wan::account_limits{}.queries_per_second);
}

TEST_CASE("a base URL is shown without what may be a secret") {
    const auto shown = [](const char* url) { return wan::validate(wan::dashscope::at(url, "k")).at(0).value; };
    CHECK(shown("https://user:hunter2@host/api/v1") == "\"https://***@host/api/v1\"");
    CHECK(shown("https://user:hunter2@host:badport/api/v1") == "\"https://***@host:badport/api/v1\"");
    CHECK(shown("https://user:hun/ter2@host/api") == "\"https://***@host/api\"");
    CHECK(shown("https://user:hun?ter2@host/api") == "\"https://***@host/api\"");
    CHECK(shown("https://user:hun#ter2@host/api?key=hunter2") == "\"https://***@host/api?***\"");
    CHECK(shown("https://host/api?key=hunter2") == "\"https://host/api?***\"");
    CHECK(shown("http://host/api") == "\"http://host/api\"");
    CHECK(shown("sk-hunter2") == "no URL (a text of 10 bytes without ://)"); // key and address swapped
    const auto who = wan::dashscope::at("https://user:hunter2@host/api/v1", "k");
    const auto token = wan::resume_token{.dialect = "dashscope", .base_url = "https://u:hunter3@host/api/v1", .task_id = "t"};
    CHECK(to_string(wan::resume(who, token, support::test_shot()).error()).find("hunter") == std::string::npos);
    CHECK(to_string(wan::resume(wan::dashscope::at("https://host/api/v1", "k"), token).error()).find("hunter") == std::string::npos);
}

TEST_CASE("the region follows from the address where it is known") {
    CHECK(wan::dashscope::singapore("k").region == wan::region::singapore);
    CHECK(wan::dashscope::beijing("k").region == wan::region::beijing);
    CHECK(wan::dashscope::at("https://ws-1.cn-beijing.maas.aliyuncs.com/api/v1", "k").region == wan::region::beijing);
    CHECK(wan::dashscope::at("https://ws-1.eu-central-1.maas.aliyuncs.com/api/v1", "k").region == wan::region::frankfurt);
    CHECK(wan::dashscope::at("https://relay.example/dashscope.aliyuncs.com", "k").region == wan::region::unknown);
    CHECK(wan::dashscope::at("https://evildashscope.aliyuncs.com/api/v1", "k").region == wan::region::unknown);
    CHECK(wan::dashscope::at("https://dashscope.aliyuncs.com.evil.example/api/v1", "k").region == wan::region::unknown);
}

TEST_CASE("query: one GET with the key") {
    const auto query = wan::make_query(wan::dashscope::singapore("sk-1"), "0385dc79-5ff8-4d82-bcb6-xxxxxx");
    REQUIRE(query);
    CHECK(query->method == wan::http_method::get);
    CHECK(query->url == "https://dashscope-intl.aliyuncs.com/api/v1/tasks/0385dc79-5ff8-4d82-bcb6-xxxxxx");
    CHECK(query->headers.size() == 1);
    CHECK(header(*query, "Authorization") == "Bearer sk-1");
    CHECK(query->body.empty());
}

TEST_CASE("query: an id cannot lead elsewhere") {
    CHECK(wan::make_query(wan::dashscope::singapore("k"), "../../x?y#z")->url ==
          "https://dashscope-intl.aliyuncs.com/api/v1/tasks/..%2F..%2Fx%3Fy%23z");
    for (const char* bad : {"", ".", ".."}) CHECK_FALSE(wan::make_query(wan::dashscope::singapore("k"), bad));
    CHECK_FALSE(wan::make_query(wan::dashscope::singapore("k"), std::string(257, 'x')));
}

TEST_CASE("submitted: the task id") {
    const auto got = wan::parse_submit(api, answer(200, golden("dashscope-submitted.json")));
    CHECK(got.verdict == wan::submit_verdict::accepted);
    CHECK(got.reply.task_id == "0385dc79-5ff8-4d82-bcb6-xxxxxx");
    CHECK(got.reply.status == "PENDING");
    CHECK(got.reply.request_id == "4909100c-7b5a-9f92-bfe5-xxxxxx");
    CHECK_FALSE(got.error);
}

TEST_CASE("submitted: an error in the service's words") {
    const auto got = wan::parse_submit(api, answer(401, golden("dashscope-error-reply.json")));
    CHECK(got.verdict == wan::submit_verdict::refused);
    REQUIRE(got.error);
    CHECK(got.error->category == error_category::authentication);
    CHECK(got.error->code == "InvalidApiKey");
    CHECK(got.error->message == "No API-key provided.");
    CHECK(got.error->http_status == 401);
    CHECK(got.error->request_id == "7438d53d-6eb8-4596-8835-xxxxxx");
}

TEST_CASE("submitted: what each answer says about the task") {
    using enum wan::submit_verdict;
    struct {
        const char* what;
        wan::http_result answer;
        wan::submit_verdict verdict;
        error_category category;
    } const rows[] = {
        {"never left", support::not_sent(), not_accepted, error_category::transport},
        {"may have left", support::maybe_sent(), unknown, error_category::transport},
        {"throttled", support::failure(429, "Throttling.RateQuota"), not_accepted, error_category::throttled},
        {"throttled by a gateway", answer(429, "<html>"), not_accepted, error_category::throttled},
        {"model busy", support::failure(503, "ModelUnavailable"), not_accepted, error_category::unavailable},
        {"503 of a gateway", answer(503, "<html>"), unknown, error_category::server},
        {"500", support::failure(500, "InternalError"), unknown, error_category::server},
        {"500 with a detailed code", support::failure(500, "InternalError.Algo"), unknown, error_category::server},
        {"502", answer(502, "<html>"), unknown, error_category::server},
        {"504", answer(504, ""), unknown, error_category::server},
        {"408", answer(408, ""), unknown, error_category::server},
        {"200 with nothing", answer(200, "{}"), unknown, error_category::protocol},
        {"200 with garbage", answer(200, "<html>"), unknown, error_category::protocol},
        {"200 with an empty id", answer(200, R"({"output":{"task_id":""}})"), unknown, error_category::protocol},
        {"an error code that says too fast, under a status that says broken", failure(500, "Throttling"), unknown, error_category::throttled},
        {"busy, under another status", failure(504, "ModelUnavailable"), unknown, error_category::unavailable},
        {"a clear no, under a status that says broken", failure(504, "NotFound"), unknown, error_category::not_found},
        {"too fast, under a status that says yes", failure(200, "Throttling"), not_accepted, error_category::throttled},
        {"too fast, under another status that says no", failure(400, "Throttling.RateQuota"), not_accepted, error_category::throttled},
        {"a status that nobody sends", answer(0, ""), unknown, error_category::protocol},
        {"425", answer(425, ""), not_accepted, error_category::throttled},
        {"200 with a code that nobody knows", failure(200, "SomethingNew"), refused, error_category::invalid_request},
        {"200 with an error code", support::failure(200, "InvalidParameter"), refused, error_category::invalid_request},
        {"200 with a success code alone", support::failure(200, "Success"), unknown, error_category::protocol},
        {"bill overdue shares 429", support::failure(429, "PostpaidBillOverdue"), refused, error_category::billing},
        {"arrears come as 400", support::failure(400, "Arrearage"), refused, error_category::billing},
        {"no async header", support::failure(403, "AccessDenied"), refused, error_category::permission},
        {"not bought", support::failure(403, "AccessDenied.Unpurchased"), refused, error_category::billing},
        {"no model", support::failure(404, "ModelNotFound"), refused, error_category::not_found},
        {"bad image", support::failure(400, "InvalidImage.Format"), refused, error_category::invalid_media},
        {"bad prompt", support::failure(400, "DataInspectionFailed"), refused, error_category::content_rejected},
        {"an unknown code", support::failure(400, "Novelty.Of.2027"), refused, error_category::invalid_request},
        {"a proxy's 404", answer(404, "<html>"), refused, error_category::not_found},
        {"a redirect", answer(302, "", {{"Location", "https://elsewhere"}}), refused, error_category::invalid_request},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string{row.what});
        const auto got = wan::parse_submit(api, row.answer);
        CHECK(got.verdict == row.verdict);
        REQUIRE(got.error);
        CHECK(got.error->category == row.category);
        CHECK_FALSE(got.error->message.empty());
    }
}

TEST_CASE("submitted: a byte order mark before the answer hides nothing") {
    const auto got = wan::parse_submit(api, answer(200, "\xEF\xBB\xBF" R"({"output":{"task_id":"task-1","task_status":"PENDING"}})"));
    CHECK(got.verdict == wan::submit_verdict::accepted);
    CHECK(got.reply.task_id == "task-1");
}

TEST_CASE("submitted: a task id counts even in an answer that says otherwise") {
    const auto got = wan::parse_submit(api, answer(500, R"({"code":"InternalError","output":{"task_id":"task-1"}})"));
    CHECK(got.verdict == wan::submit_verdict::accepted);
    CHECK(got.reply.task_id == "task-1");
}

TEST_CASE("submitted: a task id counts even in a reply that is damaged behind it, but not half an id") {
    for (const char* text : {"{\"output\":{\"task_id\":\"task-1\"},\"note\":\"\xFF\"}", "{\"output\":{\"task_id\":\"task-1\",\"x", R"({"output":{"task_id":"task-1"}}garbage)"}) {
        CAPTURE(std::string{text});
        const auto got = wan::parse_submit(api, answer(200, text));
        CHECK(got.verdict == wan::submit_verdict::accepted);
        CHECK(got.reply.task_id == "task-1");
    }
    for (const char* text : {R"({"output":{"task_id":"task-)", R"({"output":{"task_id":"task-\u00)"}) {
        CAPTURE(std::string{text});
        const auto got = wan::parse_submit(api, answer(200, text));
        CHECK(got.verdict == wan::submit_verdict::unknown);
        CHECK(got.reply.task_id.empty());
    }
}

TEST_CASE("submitted: an id that is a number and ends with a damaged text is none, for it may have been longer") {
    const auto cut = wan::parse_submit(wan::sinancode::api, answer(200, R"({"task_id":123)"));
    CHECK(cut.verdict == wan::submit_verdict::unknown);
    CHECK(cut.reply.task_id.empty());
    CHECK(wan::parse_submit(wan::sinancode::api, answer(200, R"({"task_id":123,)")).reply.task_id == "123");
    CHECK(wan::parse_submit(wan::sinancode::api, answer(200, R"({"task_id":123})")).reply.task_id == "123");
}

TEST_CASE("queried: a video") {
    const auto got = wan::parse_query(api, answer(200, golden("dashscope-succeeded-reply.json")));
    CHECK(got.verdict == wan::query_verdict::succeeded);
    const auto& r = got.reply;
    CHECK(r.video_url == "https://dashscope-result-wlcb.oss-cn-wulanchabu.aliyuncs.com/xxx.mp4?xxxxx");
    CHECK(r.submit_time == "2025-04-18 10:36:58.394");
    CHECK(r.scheduled_time == "2025-04-18 10:37:13.802");
    CHECK(r.end_time == "2025-04-18 10:45:23.004");
    CHECK(r.orig_prompt == "...");
    CHECK(r.actual_prompt == "...");
    CHECK(r.video_duration == 5);
    CHECK(r.video_count == 1);
    CHECK(r.resolution == 480);
}

TEST_CASE("queried: a video in another place, and numbers as strings") {
    const auto got = wan::parse_query(api, answer(200, golden("dashscope-results-reply.json")));
    CHECK(got.verdict == wan::query_verdict::succeeded);
    CHECK(got.reply.video_url == "http://example.com/video.mp4?Expires=1756777047");
    CHECK(got.reply.video_duration == 18.13);
    CHECK(got.reply.resolution == 480);
}

TEST_CASE("queried: a failure with a reason, and one without") {
    const auto got = wan::parse_query(api, answer(200, golden("dashscope-failed-reply.json")));
    CHECK(got.verdict == wan::query_verdict::failed);
    REQUIRE(got.error);
    CHECK(got.error->category == error_category::invalid_request);
    CHECK(got.error->code == "InvalidParameter");
    CHECK(got.error->message == "The size is not match xxxxxx");

    const auto silent = wan::parse_query(api, support::status("FAILED"));
    CHECK(silent.verdict == wan::query_verdict::failed);
    REQUIRE(silent.error);
    CHECK(silent.error->message == "the task failed; the service gave no reason");
    CHECK(silent.error->request_id == "request-2");
}

TEST_CASE("queried: an id that the service does not know") {
    CHECK(wan::parse_query(api, answer(200, golden("dashscope-unknown-reply.json"))).verdict == wan::query_verdict::expired);
}

TEST_CASE("queried: what each answer says about the task") {
    using enum wan::query_verdict;
    struct {
        const char* what;
        wan::http_result answer;
        wan::query_verdict verdict;
    } const rows[] = {
        {"pending", support::status("PENDING"), working},
        {"running", support::status("RUNNING"), working},
        {"suspended", support::status("SUSPENDED"), working},
        {"a word of another case", support::status("Running"), working},
        {"a word that nobody knows", support::status("WARMING_UP"), working},
        {"canceled", support::status("CANCELED"), canceled},
        {"a video without URL", support::status("SUCCEEDED"), retry},
        {"a video at a place that is no URL", answer(200, R"({"output":{"task_status":"SUCCEEDED","video_url":"https://x/\u001b[2J.mp4"}})"), retry},
        {"a video at a place that cannot be fetched", answer(200, R"({"output":{"task_status":"SUCCEEDED","video_url":"file:///etc/passwd"}})"), retry},
        {"network", support::maybe_sent(), retry},
        {"throttled", support::failure(429, "Throttling"), retry},
        {"503", answer(503, "<html>"), retry},
        {"500", support::failure(500, "InternalError"), retry},
        {"408", answer(408, ""), retry},
        {"425", answer(425, ""), retry},
        {"garbage", answer(200, "<html>"), retry},
        {"nothing", answer(200, "{}"), retry},
        {"empty", answer(200, ""), retry},
        {"wrong key", support::failure(401, "InvalidApiKey"), lost},
        {"bill overdue", support::failure(429, "PrepaidBillOverdue"), lost},
        {"a proxy's 404", answer(404, "<html>"), lost},
        {"a redirect", answer(301, ""), lost},
        {"a failure inside a 4xx", answer(400, R"({"output":{"task_status":"FAILED"}})"), failed},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string{row.what});
        const auto got = wan::parse_query(api, row.answer);
        CHECK(got.verdict == row.verdict);
        const bool says_why = got.verdict == failed || got.verdict == retry || got.verdict == lost;
        CHECK(got.error.has_value() == says_why);
    }
}

TEST_CASE("queried: an answer about another task is none") {
    CHECK(wan::parse_query(api, support::succeeded(), "task-1").verdict == wan::query_verdict::succeeded);
    const auto other = wan::parse_query(api, support::succeeded(), "task-2");
    CHECK(other.verdict == wan::query_verdict::retry);
    CHECK(other.reply.video_url.empty());
    REQUIRE(other.error);
    CHECK(other.error->message.find("another task") != std::string::npos);
}

TEST_CASE("queried: a failure with a code that nobody knows keeps the service's words") {
    const auto got = wan::parse_query(api, answer(200, R"({"output":{"task_status":"FAILED","code":"BrandNew","message":"we ran out"}})"));
    CHECK(got.verdict == wan::query_verdict::failed);
    CHECK(got.error->code == "BrandNew");
    CHECK(got.error->message == "we ran out");
    CHECK(got.error->category == error_category::server);
    const auto known = wan::parse_query(api, answer(200, R"({"output":{"task_status":"FAILED","code":"DataInspectionFailed.Output"}})"));
    CHECK(known.error->category == error_category::content_rejected);
}

TEST_CASE("queried: a prompt that the service cut within a character does not hide the video") {
    const auto with_prompt = [](const std::string& prompt) {
        return answer(200, R"({"output":{"task_id":"t1","task_status":"SUCCEEDED","video_url":"https://x/v.mp4?Expires=9","orig_prompt":")" +
                               prompt + R"(","actual_prompt":"whole"},"usage":{"video_duration":5}})");
    };
    for (const char* cut : {"a\\ud83d", "a\\uDE00", "a\xF0", "a\xFF"}) {
        CAPTURE(std::string{cut});
        const auto got = wan::parse_query(api, with_prompt(cut), "t1");
        CHECK(got.verdict == wan::query_verdict::succeeded);
        CHECK(got.reply.video_url == "https://x/v.mp4?Expires=9");
        CHECK(got.reply.orig_prompt.empty()); // it is not the request's, but what is left of it
        CHECK(got.reply.actual_prompt == "whole");
        CHECK(got.reply.video_duration == 5);
    }
    CHECK(wan::parse_query(api, with_prompt("a\\ud83d\\ude00\\\\ud83d"), "t1").reply.orig_prompt == "a\xF0\x9F\x98\x80\\ud83d");
}

TEST_CASE("an id or a URL with a broken byte is none, a message is shown") {
    const auto submitted = wan::parse_submit(api, answer(200, "{\"output\":{\"task_id\":\"0385\xFF-5ff8\",\"task_status\":\"PENDING\"}}"));
    CHECK(submitted.verdict == wan::submit_verdict::unknown);
    CHECK(wan::parse_submit(api, answer(200, R"({"output":{"task_id":"ab\ud800c"}})")).verdict == wan::submit_verdict::unknown);
    const auto queried = wan::parse_query(api, answer(200, "{\"output\":{\"task_id\":\"t1\",\"task_status\":\"SUCCEEDED\",\"video_url\":\"https://x/\xFF.mp4\"}}"), "t1");
    CHECK(queried.verdict == wan::query_verdict::retry);
    const auto refused = wan::parse_submit(api, answer(400, "{\"code\":\"InvalidParameter\",\"message\":\"no \xFF\"}"));
    CHECK(refused.error->message == "no \xEF\xBF\xBD");
}

TEST_CASE("queried: an end that stands whole before some damage counts, and nothing else does") {
    const auto verdict_of = [](const std::string& body) { return wan::parse_query(api, answer(200, body), "t1").verdict; };
    const std::string whole = R"({"output":{"task_id":"t1","task_status":"SUCCEEDED","video_url":"https://x/v.mp4"}})";
    CHECK(verdict_of(whole + "trailing") == wan::query_verdict::succeeded);
    for (std::size_t n = 0; n < whole.size(); ++n) {
        const bool has_url = n > whole.rfind("mp4\"") + 3;
        CAPTURE(n);
        CHECK(verdict_of(whole.substr(0, n)) == (has_url ? wan::query_verdict::succeeded : wan::query_verdict::retry));
    }
    CHECK(verdict_of(R"({"output":{"task_id":"t1","task_status":"FAILED","code":"InternalError"}})" "x") == wan::query_verdict::failed);
    CHECK(verdict_of(R"({"output":{"task_id":"t1","task_status":"RUNNING"}})" "x") == wan::query_verdict::retry);
    CHECK(verdict_of(R"({"output":{"task_id":"t2","task_status":"SUCCEEDED","video_url":"https://x/v.mp4"}})" "x") == wan::query_verdict::retry);
}

TEST_CASE("queried: a number that no number can hold is none") {
    const auto got = wan::parse_query(wan::jiekou::api, answer(200, R"({"task":{"status":"TASK_STATUS_PROCESSING","progress_percent":1e400,"eta":1e300}})"));
    CHECK_FALSE(got.reply.progress);
}

TEST_CASE("Retry-After is read in seconds") {
    const auto after = [](const char* value) {
        return wan::parse_query(api, answer(503, "", {{"Retry-After", value}})).retry_after;
    };
    CHECK(after("7") == std::chrono::seconds{7});
    for (const char* other : {"", "-1", "soon", "7s", "99999999999999999999"}) CHECK_FALSE(after(other));
}

TEST_CASE("Retry-After is read as a date beside the reply's own") {
    const auto after = [](const char* until, const char* date) {
        wan::http_response response{.status = 429, .headers = {{"Retry-After", until}}};
        if (date != nullptr) response.headers.push_back({"date", date});
        return wan::retry_after(response);
    };
    CHECK(after("Sun, 06 Nov 1994 08:50:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT") == std::chrono::seconds{60});
    CHECK(after("Thu, 01 Jan 2026 00:00:05 GMT", "Wed, 31 Dec 2025 23:59:55 GMT") == std::chrono::seconds{10});
    CHECK_FALSE(after("Sun, 06 Nov 1994 08:50:37 GMT", nullptr));
    CHECK_FALSE(after("Sun, 06 Nov 1994 08:48:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT"));
    for (const char* bad : {"Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 xxx 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT",
                            "Sun, 06 anF 1994 08:49:37 GMT", "Sun, -6 Nov 1994 08:49:37 GMT", "soon", ""})
        CHECK_FALSE(after(bad, "Sun, 06 Nov 1994 08:49:37 GMT"));
}

TEST_CASE("the video's URL expires when it says, or 24 hours after the task's end") {
    using std::chrono::sys_seconds;
    const auto expiry = [](const char* url, const char* end) {
        return wan::video_of({.video_url = url, .end_time = end}, std::chrono::hours{24}).expires_at;
    };
    CHECK(expiry("https://x/a.mp4?Expires=1756777047&Signature=y", "") == sys_seconds{std::chrono::seconds{1756777047}});
    CHECK(expiry("https://x/a.mp4?a=b&Expires=1756777047", "2025-04-18 10:45:23.004") ==
          sys_seconds{std::chrono::seconds{1756777047}});
    // 2025-04-19 02:45:23 UTC
    CHECK(expiry("https://x/a.mp4", "2025-04-18 10:45:23.004") == sys_seconds{std::chrono::seconds{1745030723}});
    for (const char* nonsense : {"-9223372036854775808", "0", "1756777047000", "99999999999999999999", "x"})
        CHECK_FALSE(expiry(("https://x/a.mp4?Expires=" + std::string{nonsense}).c_str(), ""));
    for (const char* unreadable : {"", "soon", "2025-13-18 10:45:23", "2025-04-18"}) CHECK_FALSE(expiry("https://x/a.mp4", unreadable));
}
