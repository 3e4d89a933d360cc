// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"
#include "support/golden.hpp"
#include "support/scripted_peer.hpp"

#include <wan/detail/text.hpp>

#include <string>
#include <utility>
#include <vector>

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

wan::http_request built(const wan::keyframe_to_video& request) {
    return built(wan::dashscope::provider("sk-1", wan::region::singapore), request);
}

std::string header(const wan::http_request& request, std::string_view name) {
    const auto* value = find_header(request.headers, name);
    return value == nullptr ? "(none)" : *value;
}

} // namespace

TEST_CASE("submit: the guide's sample") {
    const auto request =
        built({.first_frame_url = "https://help-static-aliyun-doc.aliyuncs.com/file-manage-files/zh-CN/"
                                  "20260126/ixdxvt/wan-kf2v-blue-1.png",
               .last_frame_url = "https://help-static-aliyun-doc.aliyuncs.com/file-manage-files/zh-CN/"
                                 "20260126/nhtdrc/wan-kf2v-blue-2.png",
               .prompt = "A cute blue monster with a slightly sad expression stands in the rain. The camera "
                         "slowly zooms in and "
                         "stops on the moment it looks up at the sky.",
               .resolution = wan::resolution::p720,
               .prompt_extend = true,
               .watermark = true});
    CHECK(request.method == wan::http_method::post);
    CHECK(request.url ==
          "https://dashscope-intl.aliyuncs.com/api/v1/services/aigc/image2video/video-synthesis");
    CHECK(request.headers.size() == 4);
    CHECK(header(request, "X-DashScope-Async") == "enable");
    CHECK(header(request, "Authorization") == "Bearer sk-1");
    CHECK(header(request, "Content-Type") == "application/json");
    CHECK(support::equal_as_json(*request.body.flatten(), golden("dashscope-guide-submit.json")));
}

TEST_CASE("submit: the sample of a service that passes DashScope's API through under a prefix") {
    const auto request =
        built(wan::dashscope::at("https://relay.example/qwen/api/v1", "sk-1"),
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
    wan::keyframe_to_video shot{
        .first_frame_url = "https://wanx.alicdn.com/material/20250318/first_frame.png",
        .last_frame_url = "https://wanx.alicdn.com/material/20250318/last_frame.png",
        .prompt = "写实风格，一只黑色小猫好奇地看向天空，镜头从平视逐渐上升，最后俯拍它的好奇的眼神。",
        .resolution = wan::resolution::p480,
        .prompt_extend = true};
    CHECK(support::equal_as_json(*built(shot).body.flatten(), golden("dashscope-reference-submit.json")));
    shot.prompt =
        "Realistic style. A curious black kitten looks up at the sky. The camera starts at eye level and "
        "gradually rises until it captures the kitten’s curious gaze from above.";
    shot.resolution = wan::resolution::p720;
    shot.watermark = true;
    CHECK(support::equal_as_json(*built(shot).body.flatten(), golden("dashscope-guide-kitten-submit.json")));
}

TEST_CASE("submit: a video effect") {
    const auto request = built(wan::dashscope::provider("sk-1", wan::region::beijing),
                               {.first_frame_url = "https://example.com/11.png",
                                .template_ = "hanfu-1",
                                .model = "wanx2.1-kf2v-plus",
                                .resolution = wan::resolution::p720,
                                .prompt_extend = true});
    CHECK(request.url == "https://dashscope.aliyuncs.com/api/v1/services/aigc/image2video/video-synthesis");
    CHECK(support::equal_as_json(*request.body.flatten(), golden("dashscope-template-submit.json")));
}

TEST_CASE("submit: nothing is sent that was not set, but the model and an object for the parameters") {
    CHECK(
        *built({.first_frame_url = "https://example.com/a.png"}).body.flatten() ==
        R"({"model":"wan2.2-kf2v-flash","input":{"first_frame_url":"https://example.com/a.png"},"parameters":{}})");
}

TEST_CASE("submit: every member reaches the wire") {
    CHECK(
        built({.first_frame_url = "https://f",
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
    shot.extra = {
        {"/input/reference_urls", wan::json_text{R"(["https://x/a.png", "oss://dashscope-instant/a.png"])"}}};
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
        CHECK(refused.error().violations[0].message.find(
                  place == "/model" ? "the member model" : "the member prompt") != std::string::npos);
    }
    auto shot = support::test_shot();
    shot.extra = {{"/model_version", "2"}, {"/input/prompt_style", "dry"}};
    CHECK(wan::make_submit(support::test_provider(), shot));
}

TEST_CASE("a provider's own headers go along with every request") {
    auto who = wan::dashscope::provider("sk-1", wan::region::singapore);
    who.headers = {{"X-DashScope-WorkSpace", "ws-1"}};
    CHECK(header(built(who, support::test_shot()), "X-DashScope-WorkSpace") == "ws-1");
    CHECK(header(*wan::make_query(who, "task-1"), "X-DashScope-WorkSpace") == "ws-1");
    for (const wan::http_header& bad :
         {wan::http_header{"X", "a\r\nY: b"}, {"X: Y", "a"}, {"", "a"}, {"X\n", "a"}}) {
        who.headers = {bad};
        CHECK_FALSE(wan::make_query(who, "task-1"));
    }
}

TEST_CASE("a provider's own headers are none that the library or HTTP sets") {
    for (const char* name : {"authorization", "Content-Type", "content-length", "Host", "Transfer-Encoding",
                             "Connection", "x-dashscope-async"}) {
        auto who = wan::dashscope::provider("sk-1", wan::region::singapore);
        who.headers = {{name, "1"}};
        const auto refused = wan::make_query(who, "task-1");
        REQUIRE_FALSE(refused);
        CHECK(refused.error().violations.at(0).message ==
              "headers: \"" + std::string{name} +
                  "\" is set by the library or by HTTP; remove it from "
                  "provider::headers");
    }
}

TEST_CASE("a provider without a dialect is refused wherever it is used") {
    const wan::provider none{.base_url = "https://x", .key = "k"};
    const auto shot = support::test_shot();
    const auto said = [](const wan::error& e) {
        return e.violations.empty() ? e.message : e.violations[0].message;
    };
    const std::string expected =
        "dialect: missing; use the dialect of a provider, such as &wan::dashscope::api, or your own";
    CHECK(said(wan::make_task(none, shot, wan::no_wall_clock).error()) == expected);
    CHECK(said(wan::resume_task(none, wan::resume_token{.task_id = "t"}, wan::no_wall_clock).error()) ==
          expected);
    CHECK(said(wan::resume_task(none, wan::resume_token{.task_id = "t"}, shot, wan::no_wall_clock).error()) ==
          expected);
    CHECK(said(wan::make_submit(none, shot).error()) == expected);
    CHECK(said(wan::make_query(none, "t").error()) == expected);
    CHECK(said(wan::make_result_query(none, "t").error()) == expected);
    CHECK(said(wan::make_cancel(none, "t").error()) == expected);
    CHECK(said(wan::make_list(none).error()) == expected);
    CHECK(said(wan::make_upload_policy(none, "m").error()) == expected);
    CHECK(said(wan::billed_video_of(none, shot).error()) == expected);
    CHECK(wan::validate(none, shot).at(0).message == expected);
    CHECK(wan::limits_of(none) == wan::account_limits{});
    CHECK(wan::limits_of(none, "m") == wan::lane_limits{});
}

TEST_CASE("a base URL is shown without what may be a secret") {
    const auto shown = [](const char* url) {
        return wan::validate(wan::dashscope::at(url, "k")).at(0).value;
    };
    CHECK(shown("https://user:hunter2@host/api/v1") == "\"https://***@host/api/v1\"");
    CHECK(shown("https://user:hunter2@host:badport/api/v1") == "\"https://***@host:badport/api/v1\"");
    CHECK(shown("https://user:hun/ter2@host/api") == "\"https://***@host/api\"");
    CHECK(shown("https://user:hun?ter2@host/api") == "\"https://***@host/api\"");
    CHECK(shown("https://user:hun#ter2@host/api?key=hunter2") == "\"https://***@host/api?***\"");
    CHECK(shown("https://host/api?key=hunter2") == "\"https://host/api?***\"");
    CHECK(shown("http://host/api") == "\"http://host/api\"");
    CHECK(shown("sk-hunter2") == "not a URL (10 bytes without ://)"); // key and address swapped
    const auto who = wan::dashscope::at("https://user:hunter2@host/api/v1", "k");
    const auto token = wan::resume_token{
        .dialect = "dashscope", .base_url = "https://u:hunter3@host/api/v1", .task_id = "t"};
    CHECK(to_string(wan::resume_task(who, token, support::test_shot(), wan::no_wall_clock).error())
              .find("hunter") == std::string::npos);
    CHECK(
        to_string(wan::resume_task(wan::dashscope::at("https://host/api/v1", "k"), token, wan::no_wall_clock)
                      .error())
            .find("hunter") == std::string::npos);
}

TEST_CASE("the region follows from the address where it is known") {
    CHECK(wan::dashscope::provider("k", wan::region::singapore).region == wan::region::singapore);
    CHECK(wan::dashscope::provider("k", wan::region::beijing).region == wan::region::beijing);
    CHECK(wan::dashscope::at("https://ws-1.cn-beijing.maas.aliyuncs.com/api/v1", "k").region ==
          wan::region::beijing);
    CHECK(wan::dashscope::at("https://ws-1.eu-central-1.maas.aliyuncs.com/api/v1", "k").region ==
          wan::region::frankfurt);
    CHECK(wan::dashscope::at("https://relay.example/dashscope.aliyuncs.com", "k").region ==
          wan::region::unknown);
    CHECK(wan::dashscope::at("https://evildashscope.aliyuncs.com/api/v1", "k").region ==
          wan::region::unknown);
    CHECK(wan::dashscope::at("https://dashscope.aliyuncs.com.evil.example/api/v1", "k").region ==
          wan::region::unknown);
}

TEST_CASE("query: one GET with the key") {
    const auto query = wan::make_query(wan::dashscope::provider("sk-1", wan::region::singapore),
                                       "0385dc79-5ff8-4d82-bcb6-xxxxxx");
    REQUIRE(query);
    CHECK(query->method == wan::http_method::get);
    CHECK(query->url == "https://dashscope-intl.aliyuncs.com/api/v1/tasks/0385dc79-5ff8-4d82-bcb6-xxxxxx");
    CHECK(query->headers.size() == 2);
    CHECK(header(*query, "Authorization") == "Bearer sk-1");
    CHECK(header(*query, "Accept-Encoding") == "identity");
    CHECK(query->body.empty());
}

TEST_CASE("query: an id cannot lead elsewhere") {
    CHECK(wan::make_query(wan::dashscope::provider("k", wan::region::singapore), "../../x?y#z")->url ==
          "https://dashscope-intl.aliyuncs.com/api/v1/tasks/..%2F..%2Fx%3Fy%23z");
    for (const char* bad : {"", ".", ".."})
        CHECK_FALSE(wan::make_query(wan::dashscope::provider("k", wan::region::singapore), bad));
    CHECK(wan::make_query(wan::dashscope::provider("k", wan::region::singapore), std::string(4096, 'x')));
    const auto long_one =
        wan::make_query(wan::dashscope::provider("k", wan::region::singapore), std::string(4097, 'x'));
    REQUIRE_FALSE(long_one);
    CHECK(long_one.error().message.find(std::string(4096, 'x') +
                                        "...\" is not a valid task ID (4097 bytes)") != std::string::npos);
}

TEST_CASE("submitted: an id of some hundred bytes is an id") {
    const auto id = std::string(700, 'a');
    const auto got = wan::parse_submit(
        api, answer(200, R"({"output":{"task_status":"PENDING","task_id":")" + id + "\"}}"));
    CHECK(got.verdict == wan::submit_verdict::accepted);
    CHECK(got.reply.task_id == id);
    CHECK(wan::make_cancel(wan::dashscope::provider("k", wan::region::singapore), id));
    CHECK(wan::adopt({.dialect = "dashscope", .ending = wan::task_ending::submit_unknown}, id)->task_id ==
          id);
}

TEST_CASE("submitted: an id that cannot be used is shown whole, and the submit is never sent again") {
    for (const auto& id : {std::string(5000, 'x'), std::string{".."}, std::string{"paid-\xEF\xBF\xBD-id"}})
        for (const unsigned status : {200u, 400u, 500u}) {
            CAPTURE(id);
            const auto got =
                wan::parse_submit(api, answer(status, R"({"code":"","output":{"task_id":")" + id + "\"}}"));
            CHECK(got.verdict == wan::submit_verdict::unknown);
            CHECK(got.reply.task_id == id);
            REQUIRE(got.error);
            CHECK(got.error->task_id == id);
            CHECK(got.error->message.find(id.substr(0, 4096)) != std::string::npos);
            CHECK(to_string(*got.error).find(id.substr(0, 4096)) != std::string::npos);
        }
    const auto broken = wan::parse_submit(api, answer(200, "{\"output\":{\"task_id\":\"0385\xFF-5ff8\"}}"));
    CHECK(broken.error->message.find("0385\xEF\xBF\xBD-5ff8") != std::string::npos);
    CHECK(wan::adopt({.dialect = "dashscope", .ending = wan::task_ending::submit_unknown},
                     std::string(5000, 'x'))
              .error()
              .message.find("1 to 4096 bytes") != std::string::npos);
}

TEST_CASE("submitted: a reply that is not understood is shown, whatever it says for people") {
    for (const char* text :
         {R"({"code": 200, "msg": "submitted", "data": [{"task_id": "task_01KV"}]})",
          R"({"message":"ok","data":{"id":"task_01KV"}})", R"({"success":true,"id":"task_01KV"})",
          R"({"code":"201","msg":"submitted","data":"task_01KV"})", "task_01KV"})
        for (const unsigned status : {200u, 201u, 202u}) {
            CAPTURE(std::string{text});
            const auto got = wan::parse_submit(api, answer(status, text));
            CHECK(got.verdict == wan::submit_verdict::unknown);
            CHECK(got.error->message.find("does not show whether the submit was accepted") !=
                  std::string::npos);
            CHECK(got.error->message.find("task_01KV") != std::string::npos);
            CHECK(got.error->message.find("; the task may exist: check the provider's console before you "
                                          "submit again; the response begins: ") != std::string::npos);
        }
    CHECK(wan::parse_submit(api, support::maybe_sent()).error->message ==
          "connection reset; the task may exist: check the provider's console before you submit again");
    CHECK(wan::parse_submit(api, support::not_sent()).error->message.find("console") == std::string::npos);
    const auto far = wan::parse_submit(api, answer(200, R"({"msg":"m","x":")" + std::string(480, 'x') +
                                                            R"(END","y":")" + std::string(99, 'y') + "\"}"));
    CHECK(far.error->message.find("END") != std::string::npos);
    CHECK(far.error->message.find(std::string(50, 'y')) == std::string::npos);
}

TEST_CASE("submitted: a clear no is a no, under a status that says broken too") {
    using enum wan::submit_verdict;
    struct {
        unsigned status;
        const char* body;
        wan::submit_verdict verdict;
        error_category category;
    } const rows[] = {
        {503,
         R"({"error":{"code":"model_not_found","message":"No available channel for model x","type":"new_api_error"}})",
         refused, error_category::not_found},
        {503, R"({"error":{"code":"model_not_found","message":"m"}})", refused, error_category::not_found},
        {503, R"({"code":"Model.NotExist","message":"m"})", refused, error_category::not_found},
        {503, R"({"error":{"message":"NO AVAILABLE CHANNEL for x","type":"new_api_error"}})", refused,
         error_category::server},
        {503,
         "{\"message\":"
         "\"\xE5\xBD\x93\xE5\x89\x8D\xE5\x88\x86\xE7\xBB\x84\xE6\x97\xA0\xE5\x8F\xAF\xE7\x94\xA8\xE6\xB8\xA0"
         "\xE9\x81\x93\"}",
         refused, error_category::server},
        {500, R"({"code":"InternalError.DataInspection","message":"m"})", refused,
         error_category::content_rejected},
        {400, R"({"code":"InternalError","message":"m"})", refused, error_category::server},
        {409, R"({"code":"Conflict","message":"m"})", refused, error_category::invalid_request},
        {422, R"({"error":{"code":"brand_new"}})", refused, error_category::invalid_request},
        {429, R"({"code":"Throttling.AllocationQuota","message":"m"})", refused, error_category::billing},
        {429, R"({"error":{"code":"insufficient_quota","message":"m"}})", refused, error_category::billing},
        {429, R"({"error":{"code":429,"type":"insufficient_quota","message":"m"}})", refused,
         error_category::billing},
        {429, R"({"error":{"code":null,"type":"INSUFFICIENT_QUOTA"}})", refused, error_category::billing},
        {403, R"({"error":{"code":"insufficient_user_quota","type":"new_api_error"}})", refused,
         error_category::billing},
        {429, R"({"code":"LimitRequests"})", not_accepted, error_category::throttled},
        {429, R"({"error":{"code":"limit_requests","type":"limit_requests"}})", not_accepted,
         error_category::throttled},
        {429, R"({"code":"limit_burst_rate"})", not_accepted, error_category::throttled},
        {429, R"({"code":"Throttling.Concurrency"})", not_accepted, error_category::throttled},
        {429, R"({"code":"Throttling.NewIn2027"})", not_accepted, error_category::throttled},
        {429, R"({"error":{"code":"do_request_failed","type":"upstream_error","message":"rate limit"}})",
         not_accepted, error_category::throttled},
        {401, R"({"error":{"code":null,"type":"invalid_request_error"}})", refused,
         error_category::authentication},
        {402, R"({"error":{"code":"brand_new","type":"server_error"}})", refused, error_category::billing},
        {503, "no available channel for model x", refused, error_category::server},
        {503, R"({"error":{"code":"503","type":"Model_Not_Found"}})", refused, error_category::not_found},
        {503, R"({"error":"there are no channels available"})", refused, error_category::server},
        {429, R"({"code":"ServiceOverloaded"})", not_accepted, error_category::throttled},
        {429, R"({"code":"ResourceExhausted"})", not_accepted, error_category::throttled},
        {200, R"({"error":{"code":429,"message":"slow down"}})", not_accepted, error_category::throttled},
        {401, R"({"error":{"code":"401","message":"no key"}})", refused, error_category::authentication},
        {404, R"({"code":"Model.NotExist"})", refused, error_category::not_found},
        // What may have acted stays open. A relay may say so after an attempt that took too long.
        {504,
         R"({"error":{"code":"get_channel_failed","message":"upstream timed out, retry: no available channel"}})",
         unknown, error_category::server},
        {500, "<html>no available channel</html>", unknown, error_category::server},
        {502, R"({"error":{"code":"insufficient_quota","message":"m"}})", unknown, error_category::billing},
        {500, R"({"error":{"code":"model_not_found","message":"m"}})", unknown, error_category::not_found},
        // And so does a code that nobody knows under a status that says yes, beside what may be a task.
        {200, R"({"code":"submitted","message":"ok","data":[{"task_id":"task_01KV"}]})", unknown,
         error_category::protocol},
        {202, R"({"code":"PENDING","data":{"id":"task_01KV"}})", unknown, error_category::protocol},
        {202, R"({"code":"PENDING","message":"m"})", unknown, error_category::protocol},
        {503, R"({"code":"ServiceUnavailable"})", unknown, error_category::server},
        {504, R"({"code":"GatewayTimeout"})", unknown, error_category::server},
        {503, R"({"code":"ServiceOverloaded"})", unknown, error_category::throttled},
        {503, R"({"error":{"code":"brand_new","message":"m"}})", unknown, error_category::server},
        {500,
         R"({"error":{"code":"do_request_failed","type":"upstream_error","message":"upstream timeout"}})",
         unknown, error_category::server},
        {408, R"({"code":"RequestTimeOut"})", unknown, error_category::server},
        {408, R"({"code":"BrandNew"})", unknown, error_category::server},
        {499, "", unknown, error_category::server},
        {200, R"({"error":{"code":500,"message":"m"}})", unknown, error_category::server},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string{row.body});
        auto response = answer(row.status, row.body, {{"Retry-After", "1849295"}});
        const auto got = wan::parse_submit(api, response);
        CHECK(got.verdict == row.verdict);
        CHECK(got.error->category == row.category);
    }
}

TEST_CASE("an answer that came compressed although identity was asked for is named as that") {
    const std::string zipped = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\xab\x56\x2a";
    for (const char* coding : {"gzip", "br", "GZIP"})
        for (const unsigned status : {200u, 502u}) {
            const auto packed = answer(status, zipped, {{"content-encoding", coding}});
            const auto named =
                std::string{"Content-Encoding \""} + coding + "\" although identity was requested";
            const auto submit = wan::parse_submit(api, packed);
            CHECK(submit.verdict == wan::submit_verdict::unknown);
            CHECK(submit.error->message.find(named) != std::string::npos);
            const auto query = wan::parse_query(api, packed, "t");
            CHECK(query.verdict == wan::query_verdict::retry);
            CHECK(query.error->message.find(named) != std::string::npos);
            if (status == 502)
                CHECK(wan::parse_upload(packed).error->message.find(named) != std::string::npos);
            CHECK(wan::parse_list(api, packed).error().message.find(named) != std::string::npos);
            CHECK(wan::parse_cancel(api, packed).error->message.find(named) != std::string::npos);
            CHECK(wan::parse_upload_policy(wan::dashscope::provider("k", wan::region::singapore), packed)
                      .error->message.find(named) != std::string::npos);
        }
    // An executor that decodes may leave the header.
    CHECK(wan::parse_submit(api, answer(200, R"({"output":{"task_id":"t"}})", {{"Content-Encoding", "gzip"}}))
              .verdict == wan::submit_verdict::accepted);
    CHECK(wan::parse_submit(api, answer(502, "<html>", {{"Content-Encoding", "gzip"}}))
              .error->message.find("Content-Encoding") == std::string::npos);
}

TEST_CASE("every request asks for replies as they are, once") {
    auto who = wan::dashscope::provider("k", wan::region::singapore);
    const auto asks = [](const wan::http_request& request) {
        std::string all;
        for (const auto& h : request.headers)
            if (h.name == "Accept-Encoding") all += h.value + ";";
        return all;
    };
    const auto shot = support::test_shot();
    for (const auto& request :
         {*wan::make_submit(who, shot), *wan::make_query(who, "t"), *wan::make_list(who),
          *wan::make_cancel(who, "t"), *wan::make_upload_policy(who, "m")})
        CHECK(asks(request) == "identity;");
    who.headers = {{"Accept-Encoding", "gzip"}}; // of a caller whose executor decodes it
    CHECK(asks(*wan::make_query(who, "t")) == "gzip;");
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
        {"500 with a detailed code", support::failure(500, "InternalError.Algo"), unknown,
         error_category::server},
        {"502", answer(502, "<html>"), unknown, error_category::server},
        {"504", answer(504, ""), unknown, error_category::server},
        {"408", answer(408, ""), unknown, error_category::server},
        {"200 with nothing", answer(200, "{}"), unknown, error_category::protocol},
        {"200 with garbage", answer(200, "<html>"), unknown, error_category::protocol},
        {"200 with an empty id", answer(200, R"({"output":{"task_id":""}})"), unknown,
         error_category::protocol},
        {"an error code that says too fast, under a status that says broken", failure(500, "Throttling"),
         unknown, error_category::throttled},
        {"busy, under another status", failure(504, "ModelUnavailable"), unknown,
         error_category::unavailable},
        {"a clear no, under a status that says broken", failure(504, "NotFound"), unknown,
         error_category::not_found},
        {"too fast, under a status that says yes", failure(200, "Throttling"), not_accepted,
         error_category::throttled},
        {"too fast, under another status that says no", failure(400, "Throttling.RateQuota"), not_accepted,
         error_category::throttled},
        {"a status that nobody sends", answer(0, ""), unknown, error_category::protocol},
        {"425", answer(425, ""), not_accepted, error_category::throttled},
        {"200 with a code that nobody knows", failure(200, "SomethingNew"), refused,
         error_category::invalid_request},
        {"200 with an error code", support::failure(200, "InvalidParameter"), refused,
         error_category::invalid_request},
        {"200 with a success code alone", support::failure(200, "Success"), unknown,
         error_category::protocol},
        {"bill overdue shares 429", support::failure(429, "PostpaidBillOverdue"), refused,
         error_category::billing},
        {"arrears come as 400", support::failure(400, "Arrearage"), refused, error_category::billing},
        {"no async header", support::failure(403, "AccessDenied"), refused, error_category::permission},
        {"not bought", support::failure(403, "AccessDenied.Unpurchased"), refused, error_category::billing},
        {"no model", support::failure(404, "ModelNotFound"), refused, error_category::not_found},
        {"bad image", support::failure(400, "InvalidImage.Format"), refused, error_category::invalid_media},
        {"bad prompt", support::failure(400, "DataInspectionFailed"), refused,
         error_category::content_rejected},
        {"an unknown code", support::failure(400, "Novelty.Of.2027"), refused,
         error_category::invalid_request},
        {"a proxy's 404", answer(404, "<html>"), refused, error_category::not_found},
        {"a redirect", answer(302, "", {{"Location", "https://elsewhere"}}), refused,
         error_category::invalid_request},
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
    const auto got =
        wan::parse_submit(api, answer(200, "\xEF\xBB\xBF"
                                           R"({"output":{"task_id":"task-1","task_status":"PENDING"}})"));
    CHECK(got.verdict == wan::submit_verdict::accepted);
    CHECK(got.reply.task_id == "task-1");
}

TEST_CASE("submitted: a task id counts even in an answer that says otherwise") {
    const auto got =
        wan::parse_submit(api, answer(500, R"({"code":"InternalError","output":{"task_id":"task-1"}})"));
    CHECK(got.verdict == wan::submit_verdict::accepted);
    CHECK(got.reply.task_id == "task-1");
}

TEST_CASE("submitted: a task id counts even in a reply that is damaged behind it, but not half an id") {
    for (const char* text :
         {"{\"output\":{\"task_id\":\"task-1\"},\"note\":\"\xFF\"}",
          "{\"output\":{\"task_id\":\"task-1\",\"x", R"({"output":{"task_id":"task-1"}}garbage)"}) {
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

TEST_CASE(
    "submitted: an id that is a number and ends with a damaged text is none, for it may have been longer") {
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

TEST_CASE("queried: a video that was made of clips, with its size") {
    const auto got = wan::parse_query(
        api, answer(200, R"({"request_id":"r","output":{"task_id":"t","task_status":"SUCCEEDED",)"
                         R"("video_url":"https://example.com/a.mp4"},"usage":{"duration":13.24,)"
                         R"("input_video_duration":6.62,"output_video_duration":6.62,"video_count":1,)"
                         R"("SR":720,"ratio":"16:9","size":"1280*720"}})"));
    CHECK(got.verdict == wan::query_verdict::succeeded);
    CHECK(got.reply.video_duration == 13.24);
    CHECK(got.reply.video_ratio == "16:9");
    CHECK(got.reply.video_size == "1280*720");
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
    CHECK(silent.error->message ==
          "the task failed; the provider gave no reason; change the request, or ask the "
          "provider with the request ID");
    CHECK(silent.error->request_id == "request-2");
}

TEST_CASE("queried: an id that the service does not know") {
    const auto got = wan::parse_query(api, answer(200, golden("dashscope-unknown-reply.json")));
    CHECK(got.verdict == wan::query_verdict::expired);
    CHECK(got.error->category == error_category::not_found);
    CHECK(api.keeps_tasks_for == std::chrono::hours{24}); // of a younger task the machine does not believe it
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
        {"a video at a place whose host is none",
         answer(200, R"({"output":{"task_status":"SUCCEEDED","video_url":"https://x\u001b[2J/a.mp4"}})"),
         retry},
        {"a video at a place that cannot be fetched",
         answer(200, R"({"output":{"task_status":"SUCCEEDED","video_url":"file:///etc/passwd"}})"), retry},
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
        {"a wrong key, by the status alone", answer(401, "<html>"), lost},
        {"not permitted", answer(403, "<html>"), lost},
        {"a redirect", answer(301, ""), lost},
        {"a proxy's 404", answer(404, "<html>"), retry},
        {"an id that is not known yet", support::failure(404, "NotFound", "task not exist"), retry},
        {"the same, as relays say it", answer(400, R"({"code":"task_not_exist","message":"task_not_exist"})"),
         retry},
        {"a conflict", support::failure(409, "Conflict", "task is being updated"), retry},
        {"locked", answer(423, ""), retry},
        {"a proxy that gave up", answer(499, ""), retry},
        {"an error under a status that says yes",
         answer(
             200,
             R"({"error":{"message":"upstream timeout","type":"upstream_error","code":"do_request_failed"}})"),
         retry},
        {"a code that nobody knows under a status that says yes", support::failure(200, "BrandNew"), retry},
        {"a bad request", support::failure(400, "InvalidParameter"), retry},
        {"a word that says unknown", support::status("unknown"), expired},
        {"a failure inside a 4xx", answer(400, R"({"output":{"task_status":"FAILED"}})"), failed},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string{row.what});
        const auto got = wan::parse_query(api, row.answer);
        CHECK(got.verdict == row.verdict);
        const bool says_why =
            got.verdict == failed || got.verdict == retry || got.verdict == lost || got.verdict == expired;
        CHECK(got.error.has_value() == says_why);
    }
}

TEST_CASE("queried: words that say the same everywhere mean what they say, in any case and behind a prefix") {
    using wan::task_status;
    const auto with = [](const std::string& word) {
        return answer(200, R"({"output":{"task_status":")" + word +
                               R"(","video_url":"https://x/v.mp4"},"message":"the reason"})");
    };
    const std::pair<std::vector<const char*>, wan::query_verdict> rows[] = {
        {{"SUCCESS", "success", "Succeeded", "succeed", "completed", "Complete", "DONE", "finished",
          "TASK_STATUS_SUCCEEDED", "task_status_Success", " Succeeded\\n"},
         wan::query_verdict::succeeded},
        {{"failed", "FAILURE", "error", "Error", "TASK_STATUS_FAILURE"}, wan::query_verdict::failed},
        {{"CANCELED", "cancelled", "TASK_STATUS_CANCELLED"}, wan::query_verdict::canceled},
        {{"WARMING_UP", "successful?", "TASK_STATUS_", "TASK_STATUS_QUEUED", "not_done"},
         wan::query_verdict::working},
    };
    for (const auto& [words, verdict] : rows)
        for (const char* word : words) {
            CAPTURE(std::string{word});
            const auto got = wan::parse_query(api, with(word));
            CHECK(got.verdict == verdict);
            if (verdict == wan::query_verdict::failed) CHECK(got.error->message == "the reason");
        }
    // A dialect's own meaning counts, and under an error status only its own words speak of the task.
    constexpr wan::status_word own[] = {{"done", task_status::running}};
    auto d = api;
    d.statuses = own;
    CHECK(wan::parse_query(d, with("DONE")).verdict == wan::query_verdict::working);
    CHECK(wan::parse_query(d, with("finished")).verdict == wan::query_verdict::succeeded);
    CHECK(wan::parse_query(api, answer(400, R"({"output":{"task_status":"error"},"message":"bad id"})"))
              .verdict == wan::query_verdict::retry);
}

TEST_CASE("queried: a video URL that is written loosely is the URL that is meant") {
    const auto read = [](const std::string& value) {
        return wan::parse_query(
            api, answer(200, R"({"output":{"task_status":"SUCCEEDED","video_url":)" + value + "}}"));
    };
    const std::pair<const char*, const char*> rows[] = {
        {R"("https://x/v.mp4\n")", "https://x/v.mp4"},
        {R"(" \t\r\n\u00a0\ufeffhttps://x/v.mp4\u3000 ")", "https://x/v.mp4"},
        {R"("https://x\u3000")", "https://x"},
        {R"("https://x/my video.mp4?Expires=1&a=b c")", "https://x/my%20video.mp4?Expires=1&a=b%20c"},
        {R"("https://x/a\"<b>`{|}^\\.mp4")", "https://x/a%22%3Cb%3E%60%7B%7C%7D%5E%5C.mp4"},
        {R"("https://x/\u89c6\u9891.mp4#t=1")", "https://x/%E8%A7%86%E9%A2%91.mp4#t=1"},
        {R"("https://x/a\u0007b\u007f.mp4")", "https://x/a%07b%7F.mp4"},
        {R"("https://x/a%20b.mp4?Signature=a%2Bb%3d")", "https://x/a%20b.mp4?Signature=a%2Bb%3d"},
        {R"("https://x/100%.mp4?x=%zz")", "https://x/100%25.mp4?x=%25zz"},
        {R"("https://x/a.mp4?sig=a+b/c=&x=[1]~!$'()*,;:@")", "https://x/a.mp4?sig=a+b/c=&x=[1]~!$'()*,;:@"},
        {R"("HTTPS://X/a.mp4")", "HTTPS://X/a.mp4"},
        {R"(["https://x/v.mp4"])", "https://x/v.mp4"},
        {R"([ " https://x/my v.mp4" ])", "https://x/my%20v.mp4"},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string{row.first});
        const auto got = read(row.first);
        CHECK(got.verdict == wan::query_verdict::succeeded);
        CHECK(got.reply.video_url == row.second);
    }
    const auto elsewhere = wan::parse_query(
        api,
        answer(200,
               R"({"output":{"task_status":"SUCCEEDED","results":{"video_url":["https://x/a b.mp4"]}}})"));
    CHECK(elsewhere.reply.video_url == "https://x/a%20b.mp4");
    for (const char* none : {R"([])", R"(["https://x/1.mp4","https://x/2.mp4"])", R"([["https://x/1.mp4"]])",
                             R"([{"url":"https://x/1.mp4"}])", R"([1])"}) {
        CAPTURE(std::string{none});
        const auto got = read(none);
        CHECK(got.verdict == wan::query_verdict::retry);
        // what there is, is shown
        CHECK(got.error->message.find("the response begins: {\"output\"") != std::string::npos);
    }
}

TEST_CASE("queried: a video URL that cannot be fetched is shown whole") {
    const auto read = [](const wan::dialect& d, const std::string& url) {
        return wan::parse_query(
            d, answer(200, R"({"output":{"task_status":"SUCCEEDED","video_url":")" + url + "\"}}"), {},
            "https://relay.example:8443/api/v1");
    };
    for (const auto& url : {std::string{"/v1/videos/task-1/content"}, std::string{"//cdn.example/a.mp4"},
                            std::string{"videos/1.mp4"}, std::string{"file:///etc/passwd"},
                            std::string{"https://"}, "oss://bucket/" + std::string(3000, 'x')}) {
        CAPTURE(url);
        const auto got = read(api, url);
        CHECK(got.verdict == wan::query_verdict::retry);
        CHECK(got.reply.video_url == url);
        CHECK(got.error->message.find("its video URL cannot be fetched: \"" + url + "\"") !=
              std::string::npos);
        CHECK(to_string(*got.error).find(url) != std::string::npos);
    }
    auto d = api;
    d.resolves_video_urls = true;
    CHECK(read(d, "/v1/videos/1/content?x=a b").reply.video_url ==
          "https://relay.example:8443/v1/videos/1/content?x=a%20b");
    CHECK(read(d, "/v1/videos/1/content").verdict == wan::query_verdict::succeeded);
    for (const char* other : {"//cdn.example/a.mp4", "videos/1.mp4"})
        CHECK(read(d, other).verdict == wan::query_verdict::retry);
    // no address is known
    CHECK(wan::parse_query(d, answer(200, R"({"output":{"task_status":"SUCCEEDED","video_url":"/a.mp4"}})"))
              .verdict == wan::query_verdict::retry);
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
    const auto got = wan::parse_query(
        api, answer(200, R"({"output":{"task_status":"FAILED","code":"BrandNew","message":"we ran out"}})"));
    CHECK(got.verdict == wan::query_verdict::failed);
    CHECK(got.error->code == "BrandNew");
    CHECK(got.error->message == "we ran out");
    CHECK(got.error->category == error_category::server);
    const auto known = wan::parse_query(
        api, answer(200, R"({"output":{"task_status":"FAILED","code":"DataInspectionFailed.Output"}})"));
    CHECK(known.error->category == error_category::content_rejected);
}

TEST_CASE("queried: a prompt that the service cut within a character does not hide the video") {
    const auto with_prompt = [](const std::string& prompt) {
        return answer(
            200,
            R"({"output":{"task_id":"t1","task_status":"SUCCEEDED","video_url":"https://x/v.mp4?Expires=9","orig_prompt":")" +
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
    CHECK(wan::parse_query(api, with_prompt("a\\ud83d\\ude00\\\\ud83d"), "t1").reply.orig_prompt ==
          "a\xF0\x9F\x98\x80\\ud83d");
}

TEST_CASE("an id or a URL with a broken byte is none, a message is shown") {
    const auto submitted = wan::parse_submit(
        api, answer(200, "{\"output\":{\"task_id\":\"0385\xFF-5ff8\",\"task_status\":\"PENDING\"}}"));
    CHECK(submitted.verdict == wan::submit_verdict::unknown);
    CHECK(wan::parse_submit(api, answer(200, R"({"output":{"task_id":"ab\ud800c"}})")).verdict ==
          wan::submit_verdict::unknown);
    const auto queried = wan::parse_query(api,
                                          answer(200, "{\"output\":{\"task_id\":\"t1\",\"task_status\":"
                                                      "\"SUCCEEDED\",\"video_url\":\"https://x/\xFF.mp4\"}}"),
                                          "t1");
    CHECK(queried.verdict == wan::query_verdict::retry);
    CHECK(queried.error->message.find("https://x/\xEF\xBF\xBD.mp4") != std::string::npos);
    const auto refused =
        wan::parse_submit(api, answer(400, "{\"code\":\"InvalidParameter\",\"message\":\"no \xFF\"}"));
    CHECK(refused.error->message == "no \xEF\xBF\xBD");
}

TEST_CASE("queried: an end that stands whole before some damage counts, and nothing else does") {
    const auto verdict_of = [](const std::string& body) {
        return wan::parse_query(api, answer(200, body), "t1").verdict;
    };
    const std::string whole =
        R"({"output":{"task_id":"t1","task_status":"SUCCEEDED","video_url":"https://x/v.mp4"}})";
    CHECK(verdict_of(whole + "trailing") == wan::query_verdict::succeeded);
    for (std::size_t n = 0; n < whole.size(); ++n) {
        const bool has_url = n > whole.rfind("mp4\"") + 3;
        CAPTURE(n);
        CHECK(verdict_of(whole.substr(0, n)) ==
              (has_url ? wan::query_verdict::succeeded : wan::query_verdict::retry));
    }
    CHECK(verdict_of(R"({"output":{"task_id":"t1","task_status":"FAILED","code":"InternalError"}})"
                     "x") == wan::query_verdict::failed);
    CHECK(verdict_of(R"({"output":{"task_id":"t1","task_status":"RUNNING"}})"
                     "x") == wan::query_verdict::retry);
    CHECK(verdict_of(R"({"output":{"task_id":"t2","task_status":"SUCCEEDED","video_url":"https://x/v.mp4"}})"
                     "x") == wan::query_verdict::retry);
}

TEST_CASE("queried: a number that no number can hold is none") {
    const auto got = wan::parse_query(
        wan::jiekou::api,
        answer(200, R"({"task":{"status":"TASK_STATUS_PROCESSING","progress_percent":1e400,"eta":1e300}})"));
    CHECK_FALSE(got.reply.progress);
}

TEST_CASE("Retry-After is read in seconds") {
    const auto after = [](const char* value) {
        return wan::parse_query(api, answer(503, "", {{"Retry-After", value}})).retry_after;
    };
    CHECK(after("7") == std::chrono::seconds{7});
    for (const char* other : {"", "-1", "soon", "7s", "99999999999999999999"}) CHECK_FALSE(after(other));
}

TEST_CASE("the video's URL expires when it says, or 24 hours after the task's end") {
    using std::chrono::sys_seconds;
    const auto expiry = [](const char* url, const char* end) {
        return wan::video_of({.video_url = url, .end_time = end}, std::chrono::hours{24}).expires_at;
    };
    CHECK(expiry("https://x/a.mp4?Expires=1756777047&Signature=y", "") ==
          sys_seconds{std::chrono::seconds{1756777047}});
    CHECK(expiry("https://x/a.mp4?a=b&Expires=1756777047", "2025-04-18 10:45:23.004") ==
          sys_seconds{std::chrono::seconds{1756777047}});
    // 2025-04-19 02:45:23 UTC
    CHECK(expiry("https://x/a.mp4", "2025-04-18 10:45:23.004") ==
          sys_seconds{std::chrono::seconds{1745030723}});
    for (const char* nonsense : {"-9223372036854775808", "0", "1756777047000", "99999999999999999999", "x"})
        CHECK_FALSE(expiry(("https://x/a.mp4?Expires=" + std::string{nonsense}).c_str(), ""));
    for (const char* unreadable : {"", "soon", "2025-13-18 10:45:23", "2025-04-18"})
        CHECK_FALSE(expiry("https://x/a.mp4", unreadable));
}

TEST_CASE("whatever the strictness, a body is JSON in UTF-8") {
    using wan::strictness;
    const auto who = wan::dashscope::provider("k", wan::region::singapore);
    const auto field_of = [&](const auto& request, strictness how) {
        const auto made = wan::make_submit(who, request, how);
        REQUIRE_FALSE(made);
        CHECK(to_string(made.error()).find("\xff") == std::string::npos);
        for (const auto& v : made.error().violations)
            if (v.rule == wan::rule::encoding) return v.field;
        return std::string{"none"};
    };
    for (const auto how : {strictness::off, strictness::standard, strictness::strict})
        for (const char* bad :
             {"https://x/a\xff.png", "https://x/a \xff.png", "data:image/\xff;base64,AAAA",
              "data:image/png;base64,AAAAAAAAAAAAAAAAAAAAAAAA\xff\xff\xff\xff", "\xC3", "\xED\xA0\x80"}) {
            CAPTURE(std::string{bad});
            CHECK(field_of(wan::keyframe_to_video{.first_frame_url = bad, .prompt = "p"}, how) ==
                  "first_frame_url");
            CHECK(field_of(wan::image_to_video{.image_url = "https://x/a.png", .audio_url = bad}, how) ==
                  "audio_url");
            CHECK(field_of(wan::video_continuation{.first_clip_url = bad}, how) == "first_clip_url");
            CHECK(field_of(wan::keyframe_to_video{.first_frame_url = "https://x/a.png", .prompt = bad},
                           how) == "prompt");
            CHECK(
                field_of(wan::keyframe_to_video{.first_frame_url = "https://x/a.png", .negative_prompt = bad},
                         how) == "negative_prompt");
            CHECK(field_of(wan::keyframe_to_video{.first_frame_url = "https://x/a.png", .model = bad}, how) ==
                  "model");
            CHECK(field_of(wan::keyframe_to_video{.first_frame_url = "https://x/a.png", .template_ = bad},
                           how) == "template");
        }
    for (const wan::extra_field& bad :
         {wan::extra_field{"/input/x", std::string{"\xff"}},
          wan::extra_field{"/input/x", wan::json_text{"\"\xff\""}}, wan::extra_field{"/input/\xff", true}})
        CHECK_FALSE(wan::make_submit(
            who, wan::keyframe_to_video{.first_frame_url = "https://x/a.png", .extra = {bad}},
            strictness::off));
    const auto good = wan::make_submit(
        who,
        wan::keyframe_to_video{.first_frame_url = "ftp://x/\xE4\xBE\x8B.png", .prompt = "\xF0\x9F\x98\x80"},
        strictness::off);
    REQUIRE(good);
    (void)support::parse_json(*good->body.flatten());
}

TEST_CASE("control characters of a model, a word or a code reach no terminal") {
    const std::string escape = "x\x1b[2J\nINFO: all good\x7f\xC2\x9B";
    const auto is_clean = [](const std::string& text) {
        for (std::size_t i = 0; i < text.size(); ++i)
            if ((wan::detail::is_control(text[i]) && text.substr(i, 3) != "\n  ") ||
                wan::detail::is_c1_control(std::string_view{text}.substr(i, 2)))
                return false;
        return true;
    };
    const auto who = wan::dashscope::provider("k", wan::region::singapore);
    const auto check = [&](const wan::error& e) {
        CHECK_MESSAGE(is_clean(to_string(e)), to_string(e));
        CHECK_MESSAGE(is_clean(e.message), e.message);
        for (const auto& v : e.violations)
            for (const auto& text : {v.field, v.path, v.value, v.allowed, v.message})
                CHECK_MESSAGE(is_clean(text), text);
    };
    for (const auto& model : {escape, "wan2.7-i2v" + escape, "kf2v" + escape, "/" + escape + "/.."})
        for (const auto& at : {who, wan::jiekou::provider("k"), wan::sinancode::provider("k")}) {
            check(wan::make_submit(at, wan::keyframe_to_video{.first_frame_url = "ftp://x",
                                                              .model = model,
                                                              .resolution = wan::resolution::p480,
                                                              .duration = 99})
                      .error());
            check(wan::make_submit(
                      at, wan::image_to_video{.image_url = "ftp://x", .model = model, .duration = 99},
                      wan::strictness::strict)
                      .error());
            check(
                wan::make_submit(
                    at, wan::video_continuation{.first_clip_url = "ftp://x", .model = model, .duration = 99})
                    .error());
        }
    check(wan::make_submit(who, wan::keyframe_to_video{.first_frame_url = escape,
                                                       .template_ = escape,
                                                       .extra = {{escape, escape},
                                                                 {"/input/prompt", wan::json_text{escape}}}})
              .error());
    check(wan::make_query(who, escape + std::string(5000, 'x')).error());
    check(wan::adopt({.dialect = "dashscope", .state = wan::task_state::waiting, .task_id = escape}, "t")
              .error());
    check(wan::read_token(R"({"wan_token":1,"dialect":"d","base_url":"https://x","state":"\u001b[2J"})")
              .error());
    const auto json = [](std::string_view status, std::string_view code) {
        return R"({"request_id":"\u001b]0;","code":")" + std::string{code} +
               R"(","output":{"task_status":")" + std::string{status} +
               R"(","task_id":"","video_url":"\u001b[2J"}})";
    };
    const char* const word = "\\u001b[2J\\u009b";
    check(*wan::parse_query(api, answer(200, json("FAILED", word))).error);
    check(*wan::parse_query(api, answer(200, json("SUCCEEDED", ""))).error);
    check(*wan::parse_query(api, answer(500, json("", word))).error);
    check(*wan::parse_submit(api, answer(400, json("", word))).error);
    check(*wan::parse_submit(api, answer(200, json(word, ""))).error);
    wan::outcome end{
        .ending = wan::task_ending::failed,
        .task_id = escape,
        .status = escape,
        .error = wan::error{.message = escape, .code = escape, .request_id = escape, .task_id = escape}};
    CHECK_MESSAGE(is_clean(to_string(end)), to_string(end));
}

TEST_CASE("a dialect whose tables are longer than what is read is refused") {
    std::vector<wan::reply_path> rows(65, {&wan::reply::message, "/m"});
    rows[0] = {&wan::reply::task_id, "/t"};
    auto d = api;
    d.reply = std::span{rows}.first(64);
    const wan::provider who{.dialect = &d, .base_url = "https://x.example", .key = "k"};
    CHECK(wan::validate(who).empty());
    d.reply = rows;
    REQUIRE(wan::validate(who).size() == 1);
    CHECK(wan::validate(who)[0].message == "dialect: the table reply has 65 rows; use at most 64");
    CHECK_FALSE(wan::make_query(who, "t"));
    // 64 rows of three places each
    std::vector<std::string> names;
    for (int i = 0; i < 64; ++i) names.push_back("/o" + std::to_string(i) + "/a/b");
    std::vector<wan::reply_path> wide(64, {&wan::reply::task_id, "/t"});
    for (std::size_t i = 0; i < wide.size(); ++i) wide[i].pointer = names[i];
    d.reply = wide;
    REQUIRE(wan::validate(who).size() == 1);
    CHECK(wan::validate(who)[0].message ==
          "dialect: the pointers of the table reply name too many places; use at most 160 different objects, "
          "arrays and values");
    d.reply = api.reply;
    const std::vector<wan::list_path> list(65, {&wan::listed_task::task_id, "/t"});
    d.list.task = list;
    CHECK(wan::validate(who).size() == 1);
    // The last row that fits is read.
    std::vector<wan::list_path> last(63, {&wan::listed_task::model, "/m"});
    last.push_back({&wan::listed_task::task_id, "/id"});
    d.list.task = last;
    CHECK(wan::parse_list(d, answer(200, R"({"data":[{"id":"t"}]})"))->tasks.at(0).task_id == "t");
}

TEST_CASE("a task that the service does not know yet, or asks to be left alone, comes to its video with one "
          "submit") {
    const auto no = [](unsigned status, const char* body) { return answer(status, body); };
    support::scripted_peer peer{
        {support::submitted(), no(404, R"({"code":"NotFound","message":"task not exist"})"),
         no(409, R"({"code":"Conflict","message":"task is being updated"})"), no(423, ""), no(499, ""),
         no(400, R"({"code":"task_not_exist"})"), support::status("WARMING_UP"),
         no(200,
            R"({"error":{"message":"upstream timeout","type":"upstream_error","code":"do_request_failed"}})"),
         support::succeeded()}};
    const auto end =
        wan::run(support::test_provider(), support::test_shot(), peer, {}, support::virtual_timer{});
    CHECK_MESSAGE(end.succeeded(), to_string(end));
    CHECK(peer.submits() == 1);
}

TEST_CASE("a task that the service never knows ends resumable, with what it said") {
    std::vector<wan::http_result> answers{support::submitted()};
    answers.insert(answers.end(), 30, answer(404, R"({"code":"NotFound","message":"task not exist"})"));
    support::scripted_peer peer{std::move(answers)};
    const auto end =
        wan::run(support::test_provider(), support::test_shot(), peer, {}, support::virtual_timer{});
    CHECK(end.ending == wan::task_ending::unreachable);
    CHECK(end.is_resumable());
    CHECK(end.task_id == "task-1");
    CHECK(end.error->message == "task not exist");
    CHECK(peer.requests().size() == 1 + wan::policy{}.max_failed_queries);
}

TEST_CASE("a spent quota ends the task at once, however long it asks to wait") {
    support::scripted_peer peer{
        {answer(429, R"({"code":"Throttling.AllocationQuota","message":"Allocated quota exceeded"})",
                {{"Retry-After", "1849295"}})}};
    support::virtual_timer timer;
    const auto end = wan::run(support::test_provider(), support::test_shot(), peer, {}, timer);
    CHECK(end.ending == wan::task_ending::rejected);
    CHECK(end.error->category == error_category::billing);
    CHECK(timer.elapsed() == std::chrono::seconds{0});
    CHECK(peer.requests().size() == 1);
}

TEST_CASE("an id of 700 bytes and a video URL with a space go from the submit to the video") {
    const auto id = "video_" + std::string(694, 'b');
    support::scripted_peer peer{
        {answer(200, R"({"output":{"task_status":"PENDING","task_id":")" + id + "\"}}"),
         answer(200, R"({"output":{"task_status":"SUCCESS","task_id":")" + id +
                         R"(","video_url":["https://x/my video.mp4\n"]}})")}};
    const auto end =
        wan::run(support::test_provider(), support::test_shot(), peer, {}, support::virtual_timer{});
    REQUIRE_MESSAGE(end.succeeded(), to_string(end));
    CHECK(end.task_id == id);
    CHECK(end.video->url == "https://x/my%20video.mp4");
    CHECK(to_string(end).find(id) != std::string::npos);
    CHECK(peer.requests().at(1).url.ends_with("/tasks/" + id));
}

TEST_CASE("submitted: what is not understood is shown, whatever else the reply holds") {
    for (const auto& reply :
         {answer(500, R"({"message":"saved","data":{"taskNo":"PAID-7"}})"),
          answer(200, R"({"error":{"type":"upstream_error","message":"slow"},"data":{"taskNo":"PAID-7"}})"),
          answer(200, R"({"code":"submitted","message":"ok","data":[{"task_id":"PAID-7"}]})")}) {
        const auto got = wan::parse_submit(api, reply);
        CHECK(got.verdict == wan::submit_verdict::unknown);
        CHECK_MESSAGE(got.error->message.find("PAID-7") != std::string::npos, got.error->message);
    }
}

TEST_CASE("a query that failed ended its task as failed: an error of the query is asked again") {
    using enum wan::query_verdict;
    const auto& sinancode = *wan::sinancode::provider("k").dialect;
    CHECK(
        wan::parse_query(
            sinancode,
            answer(
                200,
                R"({"status":"error","error":{"message":"upstream timeout","type":"upstream_error","code":"do_request_failed"}})"))
            .verdict == retry);
    CHECK(wan::parse_query(sinancode, answer(200, R"({"status":"error","code":"task_not_exist"})")).verdict ==
          retry);
    CHECK(wan::parse_query(sinancode, answer(409, R"({"status":"failed","message":"task is being updated"})"))
              .verdict == retry);
    CHECK(wan::parse_query(sinancode, answer(423, R"({"status":"failed","message":"locked"})")).verdict ==
          retry);
    CHECK(wan::parse_query(sinancode, answer(200, R"({"status":"failed","message":"moderated"})")).verdict ==
          failed);
    const auto odd = wan::parse_query(
        api,
        answer(
            200,
            R"({"output":{"task_status":"SUCCEEDED","video_url":"oss://bucket/paid.mp4","code":"Done."}})"));
    CHECK(odd.verdict == retry);
    CHECK(odd.error->message.find("oss://bucket/paid.mp4") != std::string::npos);
}
