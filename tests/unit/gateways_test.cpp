// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// One request, many services: what each gets, and what each answers.
#include "support/doctest.hpp"
#include "support/golden.hpp"
#include "support/scripted_peer.hpp"

#include <string>

TEST_SUITE_BEGIN("gateways");

using support::answer;
using support::equal_as_json;
using support::golden;
using wan::error_category;

namespace {

template <class Request>
wan::http_request built(const wan::provider& who, const Request& request,
                        wan::strictness how = wan::strictness::standard) {
    auto http = wan::make_submit(who, request, how);
    REQUIRE_MESSAGE(http, to_string(http.error()));
    return *std::move(http);
}

} // namespace

TEST_CASE("sinancode: the samples of its pages") {
    const auto who = wan::sinancode::provider("sk-1");
    // The samples hold placeholders where URLs belong.
    const auto keyframes = built(who,
                                 wan::keyframe_to_video{.first_frame_url = "<string>",
                                                        .last_frame_url = "<string>",
                                                        .prompt = "<string>",
                                                        .negative_prompt = "<string>",
                                                        .template_ = "<string>",
                                                        .model = "wan2.2-kf2v-flash",
                                                        .resolution = wan::resolution::p480,
                                                        .seed = 1073741823,
                                                        .prompt_extend = true,
                                                        .watermark = true},
                                 wan::strictness::off);
    CHECK(keyframes.url == "https://api.sinancode.com/v1/generate/bailian/wan2-keyframe-to-video");
    CHECK(keyframes.headers.size() == 3);
    CHECK(*wan::find_header(keyframes.headers, "Authorization") == "Bearer sk-1");
    CHECK(equal_as_json(*keyframes.body.flatten(), golden("sinancode-keyframe-submit.json")));

    const auto image = built(
        who,
        wan::image_to_video{
            .image_url = "https://media.sinancode.com/uploads/20251217/a6aa177e82d58f6738109807a0548605.webp",
            .audio_url = "<string>",
            .audio = true,
            .prompt = "<string>",
            .negative_prompt = "<string>",
            .template_ = "<string>",
            .model = "wan2.6-i2v",
            .resolution = wan::resolution::p720,
            .duration = 5,
            .shot_type = wan::shot_type::single,
            .seed = 1073741823,
            .prompt_extend = true,
            .watermark = true},
        wan::strictness::off);
    CHECK(image.url == "https://api.sinancode.com/v1/generate/bailian/wan2-image-to-video");
    CHECK(equal_as_json(*image.body.flatten(), golden("sinancode-image-submit.json")));
}

TEST_CASE("sinancode: a duration that it cannot say but always makes is left out, another one refused") {
    const auto who = wan::sinancode::provider("k");
    auto shot = support::test_shot();
    shot.duration = 5;
    CHECK(built(who, shot).body.flatten()->find("duration") == std::string::npos);
    shot.duration = 8;
    CHECK_FALSE(wan::make_submit(who, shot));
    shot.model = "wan9-kf2v"; // whatever a model may do, the service cannot be told
    CHECK_FALSE(wan::make_submit(who, shot, wan::strictness::off));
}

TEST_CASE("sinancode: its replies") {
    const auto& api = wan::sinancode::api;
    CHECK(wan::parse_submit(api, answer(200, R"({"task_id":"01234567-89ab-cdef-0123-456789abcdef"})"))
              .reply.task_id == "01234567-89ab-cdef-0123-456789abcdef");
    const auto working = wan::parse_query(api, answer(200, golden("sinancode-task-reply.json")),
                                          "01234567-89ab-cdef-0123-456789abcdef");
    CHECK(working.verdict == wan::query_verdict::working);
    for (const char* result : {R"([{"type":"video","url":"https://x/a.mp4"}])", R"(["https://x/a.mp4"])"}) {
        const auto got = wan::parse_query(
            api, answer(200, R"({"id":"t","status":"completed","result":)" + std::string{result} + "}"));
        CHECK(got.verdict == wan::query_verdict::succeeded);
        CHECK(got.reply.video_url == "https://x/a.mp4");
    }
    const auto failed = wan::parse_query(
        api,
        answer(200,
               R"({"id":"t","status":"failed","error_code":"E42","error_msg":"the image is too small"})"));
    CHECK(failed.verdict == wan::query_verdict::failed);
    CHECK(failed.error->message == "the image is too small");
    CHECK(failed.error->code == "E42");
    CHECK(wan::parse_query(api, answer(200, R"({"id":"t","status":"waiting_room"})")).verdict ==
          wan::query_verdict::working);
    CHECK(wan::make_query(wan::sinancode::provider("k"), "t")->url == "https://api.sinancode.com/v1/tasks/t");
}

TEST_CASE("sinancode: an error that carries an id or a status word is still an error") {
    const auto& api = wan::sinancode::api;
    CHECK(wan::parse_submit(api, answer(400, R"({"id":"req-1","message":"bad"})")).verdict ==
          wan::submit_verdict::refused);
    for (const unsigned status : {401u, 403u, 404u})
        for (const char* word : {"error", "failed", "processing"}) {
            const auto got = wan::parse_query(
                api, answer(status, R"({"status":")" + std::string{word} + R"(","message":"invalid key"})"));
            // a new id may not be known yet
            CHECK(got.verdict == (status == 404 ? wan::query_verdict::retry : wan::query_verdict::lost));
            CHECK(got.error->message == "invalid key");
        }
    CHECK(wan::parse_query(api, answer(429, R"({"status":"failed"})")).verdict == wan::query_verdict::retry);
}

TEST_CASE("a model that a service has no route for is refused by name, with every strictness") {
    const auto failed = wan::make_submit(
        wan::jiekou::provider("k"),
        wan::image_to_video{.image_url = "https://x/a.png", .model = "wan2.6-i2v"}, wan::strictness::off);
    REQUIRE_FALSE(failed);
    CHECK(failed.error().message == "model: jiekou has no route for wan2.6-i2v; use another model");
}

TEST_CASE("yutoai: DashScope behind a prefix") {
    const auto who = wan::yutoai::at("https://yutoai.example/qwen/api/v1", "sk-1");
    const auto request = built(
        who,
        wan::keyframe_to_video{.first_frame_url = "https://wanx.alicdn.com/material/20250318/first_frame.png",
                               .last_frame_url = "https://wanx.alicdn.com/material/20250318/last_frame.png",
                               .prompt = "Example prompt from provider documentation.",
                               .resolution = wan::resolution::p480,
                               .prompt_extend = true});
    CHECK(request.url == "https://yutoai.example/qwen/api/v1/services/aigc/image2video/video-synthesis");
    CHECK(*wan::find_header(request.headers, "X-DashScope-Async") == "enable");
    CHECK(equal_as_json(*request.body.flatten(), golden("dashscope-proxy-submit.json")));
    CHECK(wan::make_query(who, "t")->url == "https://yutoai.example/qwen/api/v1/tasks/t");
    // A relay's list, if it has one, shows the tasks of all its customers.
    CHECK_FALSE(wan::make_list(who));
    CHECK_FALSE(wan::make_cancel(who, "t"));
    CHECK(wan::limits_of(who).queries_per_second ==
          wan::limits_of(wan::jiekou::provider("k")).queries_per_second);
    CHECK(wan::parse_query(wan::yutoai::api, answer(200, golden("dashscope-results-reply.json"))).verdict ==
          wan::query_verdict::succeeded);
}

TEST_CASE(
    "jiekou: a model that no table knows had no route; it goes out in the newest form, under its name") {
    const auto who = wan::jiekou::provider("k");
    const wan::image_to_video newest{.image_url = "https://x/a.png",
                                     .audio = false,
                                     .model = "wan3.0-video",
                                     .duration = 20,
                                     .shot_type = wan::shot_type::multi};
    const auto request = built(who, newest);
    CHECK(request.url == "https://api.jiekou.ai/v3/async/wan3.0-video");
    CHECK(
        equal_as_json(*request.body.flatten(),
                      R"({"duration":20,"image_url":"https://x/a.png","shot_type":"multi","audio":false})"));
    for (const auto& v : wan::validate(who, newest)) CHECK(v.severity == wan::severity::warning);
    for (const char* older :
         {"wan2.6-i2v", "wan2.5-i2v-preview", "wan2.2-i2v-plus", "wan2.1-i2v-turbo", "wanx2.1-i2v-turbo"})
        CHECK_FALSE(
            wan::make_submit(who, wan::image_to_video{.image_url = "https://x/a.png", .model = older}));
}

TEST_CASE("yutoai: a base URL without the path of its documents gets it, one with it keeps it") {
    constexpr const char* whole = "https://yutoai.example/qwen/api/v1";
    for (const char* given :
         {"https://yutoai.example", "https://yutoai.example/", "https://yutoai.example/qwen",
          "https://yutoai.example/qwen/api/", "https://yutoai.example/qwen/api/v1",
          "https://yutoai.example/qwen/api/v1/", "https://yutoai.example//"}) {
        CAPTURE(std::string{given});
        CHECK(wan::make_query(wan::yutoai::at(given, "k"), "t")->url == std::string{whole} + "/tasks/t");
    }
    CHECK(wan::yutoai::at("https://h/proxy", "k").base_url == "https://h/proxy/qwen/api/v1");
    CHECK(wan::yutoai::at("https://h/proxy/qwen/api/v1", "k").base_url == "https://h/proxy/qwen/api/v1");
    CHECK(wan::yutoai::at("https://h:8443", "k").base_url == "https://h:8443/qwen/api/v1");
    CHECK(wan::yutoai::at("https://h/notqwen/api/v1", "k").base_url ==
          "https://h/notqwen/api/v1/qwen/api/v1");
    // What can be no base URL is left for its error to show.
    for (const char* bad : {"", "yutoai.example", "https://h/?x=1"})
        CHECK(wan::yutoai::at(bad, "k").base_url == bad);
}

TEST_CASE(
    "sinancode: the model is left to the service unless the request names one, as its pages recommend") {
    const auto who = wan::sinancode::provider("k");
    CHECK(built(who, support::test_shot()).body.flatten()->find("model") == std::string::npos);
    CHECK(built(who, wan::image_to_video{.image_url = "https://x/a.png"}).body.flatten()->find("model") ==
          std::string::npos);
    auto named = support::test_shot();
    named.model = "wan2.2-kf2v-flash";
    CHECK(built(who, named).body.flatten()->find(R"("model":"wan2.2-kf2v-flash")") != std::string::npos);
    // The default's limits hold all the same.
    auto long_shot = support::test_shot();
    long_shot.prompt = std::string(801, 'x');
    CHECK_FALSE(wan::make_submit(who, long_shot));
}

TEST_CASE("a 404 of whatever stands at a wrong address names the base URL as a possible reason") {
    const auto message = [](const wan::dialect& d, const char* body) {
        return wan::parse_submit(d, answer(404, body)).error->message;
    };
    for (const char* body :
         {"<html>404</html>", "", "{}", R"({"detail":"Not Found"})", R"({"message":"Not Found"})",
          R"({"status":404,"error":"Not Found","path":"/x"})",
          R"({"code":"NotFound","message":"Not Found","request_id":"r"})"})
        CHECK_MESSAGE(
            message(wan::dashscope::api, body).find("check the base URL, which usually ends with /api/v1") !=
                std::string::npos,
            body);
    CHECK(message(wan::jiekou::api, "{}") ==
          "the provider gave no reason; check the base URL; the response begins: {}");
    for (const unsigned status : {401u, 402u, 403u})
        CHECK(wan::parse_submit(wan::jiekou::api, answer(status, "{}")).error->message ==
              "the provider gave no reason; check the API key and the account in the provider's console; the "
              "response begins: {}");
    CHECK(message(wan::dashscope::api, R"({"code":"ModelNotFound","message":"no such model"})") ==
          "no such model");
    CHECK(message(wan::sinancode::api, R"({"message":"no such task"})") == "no such task");
}

TEST_CASE("jiekou, novita, ppio: one API at three addresses") {
    const auto shot = support::test_shot();
    CHECK(built(wan::jiekou::provider("k"), shot).url == "https://api.jiekou.ai/v3/async/wan2.7-i2v");
    CHECK(built(wan::novita::provider("k"), shot).url == "https://api.novita.ai/v3/async/wan2.7-i2v");
    CHECK(built(wan::ppio::provider("k"), shot).url == "https://api.ppio.com/v3/async/wan2.7-i2v");
    CHECK(wan::make_query(wan::jiekou::provider("k"), "a/b")->url ==
          "https://api.jiekou.ai/v3/async/task-result?task_id=a%2Fb");
}

TEST_CASE("jiekou: the three jobs of its page, under its names") {
    const auto who = wan::jiekou::provider("k");
    CHECK(equal_as_json(
        built(who, wan::keyframe_to_video{.first_frame_url = "https://x/a.png",
                                          .last_frame_url = "https://x/b.png",
                                          .driving_audio_url = "https://x/a.mp3",
                                          .prompt = "p",
                                          .negative_prompt = "n",
                                          .resolution = wan::resolution::p720,
                                          .duration = 5,
                                          .seed = 123,
                                          .prompt_extend = true,
                                          .watermark = false})
            .body.flatten()
            .value(),
        R"({"seed":123,"prompt":"p","duration":5,"image_url":"https://x/a.png","watermark":false,"resolution":"720P",
                            "prompt_extend":true,"last_frame_url":"https://x/b.png","negative_prompt":"n","driving_audio_url":"https://x/a.mp3"})"));
    CHECK(equal_as_json(
        *built(who, wan::image_to_video{.image_url = "https://x/a.png", .audio_url = "https://x/a.mp3"})
             .body.flatten(),
        R"({"image_url":"https://x/a.png","driving_audio_url":"https://x/a.mp3"})"));
    CHECK(equal_as_json(*built(who, wan::video_continuation{.first_clip_url = "https://x/a.mp4",
                                                            .last_frame_url = "https://x/b.png"})
                             .body.flatten(),
                        R"({"first_clip_url":"https://x/a.mp4","last_frame_url":"https://x/b.png"})"));
}

TEST_CASE("jiekou: media by URL alone") {
    const auto who = wan::jiekou::provider("k");
    for (const char* bad : {"data:image/png;base64,QUJD", "oss://bucket/a.png"}) {
        const auto failed = wan::make_submit(who, wan::image_to_video{.image_url = bad});
        REQUIRE_FALSE(failed);
        CHECK(failed.error().message.find("http or https") != std::string::npos);
    }
}

TEST_CASE("jiekou: its replies") {
    const auto& api = wan::jiekou::api;
    const auto done = wan::parse_query(api, answer(200, golden("jiekou-succeeded-reply.json")), "task-1");
    CHECK(done.verdict == wan::query_verdict::succeeded);
    CHECK(done.reply.video_url == "https://example.com/video.mp4");
    CHECK(done.reply.progress == 100);
    CHECK(wan::video_of(done.reply, std::chrono::hours{1}).valid_for == std::chrono::seconds{3600});
    const auto failed = wan::parse_query(api, answer(200, golden("jiekou-failed-reply.json")), "task-1");
    CHECK(failed.verdict == wan::query_verdict::failed);
    CHECK(failed.error->message == "the image is too small");
    for (const char* ttl : {"3600", "\"3600\"", "3600.0"}) {
        const auto got = wan::parse_query(
            api,
            answer(
                200,
                R"({"task":{"status":"TASK_STATUS_SUCCEED","progress_percent":0},"videos":[{"video_url":"https://x/a.mp4","video_url_ttl":)" +
                    std::string{ttl} + "}]}"));
        CHECK(got.verdict == wan::query_verdict::succeeded); // whatever the progress
        CHECK(got.reply.video_url_ttl == 3600);
    }
    CHECK_FALSE(
        wan::video_of({.video_url = "https://x/a.mp4", .video_url_ttl = 0}, std::chrono::hours{1}).valid_for);
    CHECK(wan::parse_query(api, answer(200, R"({"task":{"status":"TASK_STATUS_SUCCEED"},"videos":[]})"))
              .verdict == wan::query_verdict::retry);
}

TEST_CASE("jiekou: one status, two errors: the reason decides") {
    const auto& api = wan::jiekou::api;
    const auto category = [&](unsigned status, const char* reason) {
        const auto got =
            wan::parse_submit(api, answer(status, R"({"code":403,"reason":")" + std::string{reason} +
                                                      R"(","message":"m","metadata":{"trace_id":"r"}})"));
        CHECK(got.error->request_id == "r");
        return got.error->category;
    };
    CHECK(category(403, "INVALID_API_KEY") == error_category::authentication);
    CHECK(category(403, "NOT_ENOUGH_BALANCE") == error_category::billing);
    CHECK(category(403, "model_access_denied") == error_category::permission);
    const auto limited = wan::parse_submit(api, answer(429, golden("jiekou-error-reply.json")));
    CHECK(limited.verdict == wan::submit_verdict::not_accepted);
    CHECK(limited.error->code == "RATE_LIMIT_EXCEEDED");
    CHECK(wan::parse_submit(api, answer(503, R"({"reason":"SERVICE_NOT_AVAILABLE"})")).verdict ==
          wan::submit_verdict::unknown);
}

TEST_CASE("dashscope: the samples of the image and 2.7 references") {
    const auto who = wan::dashscope::provider("k", wan::region::singapore);
    const auto image = built(who, wan::image_to_video{.image_url = "https://example.com/a.png",
                                                      .audio_url = "https://example.com/a.mp3",
                                                      .prompt = "...",
                                                      .model = "wan2.6-i2v-flash",
                                                      .resolution = wan::resolution::p720,
                                                      .duration = 10,
                                                      .shot_type = wan::shot_type::multi,
                                                      .prompt_extend = true});
    CHECK(image.url.ends_with("/services/aigc/video-generation/video-synthesis"));
    CHECK(equal_as_json(*image.body.flatten(), golden("dashscope-image-submit.json")));
    const auto keyframes = built(
        who,
        wan::keyframe_to_video{.first_frame_url = "https://wanx.alicdn.com/material/20250318/first_frame.png",
                               .last_frame_url = "https://wanx.alicdn.com/material/20250318/last_frame.png",
                               .prompt = "...",
                               .model = "wan2.7-i2v-2026-04-25",
                               .resolution = wan::resolution::p720,
                               .duration = 10,
                               .prompt_extend = false,
                               .watermark = true});
    CHECK(keyframes.url.ends_with("/services/aigc/video-generation/video-synthesis"));
    CHECK(equal_as_json(*keyframes.body.flatten(), golden("dashscope-27-keyframe-submit.json")));
}

TEST_CASE("dashscope 2.7: the six sets of media, and no request that could say another") {
    const auto who = wan::dashscope::provider("k", wan::region::singapore);
    const auto types = [&](const auto& request) {
        std::string all;
        const auto body = support::parse_json(*built(who, request).body.flatten());
        for (const auto& m : body.at("input").at("media").as_array())
            all.append(m.at("type").as_string().c_str()).append(" ");
        return all;
    };
    const char *png = "https://x/a.png", *mp3 = "https://x/a.mp3", *mp4 = "https://x/a.mp4",
               *model = "wan2.7-i2v";
    CHECK(types(wan::image_to_video{.image_url = png, .model = model}) == "first_frame ");
    CHECK(types(wan::image_to_video{.image_url = png, .audio_url = mp3, .model = model}) ==
          "first_frame driving_audio ");
    CHECK(types(wan::keyframe_to_video{.first_frame_url = png, .last_frame_url = png, .model = model}) ==
          "first_frame last_frame ");
    CHECK(types(wan::keyframe_to_video{
              .first_frame_url = png, .last_frame_url = png, .driving_audio_url = mp3, .model = model}) ==
          "first_frame last_frame driving_audio ");
    CHECK(types(wan::video_continuation{.first_clip_url = mp4}) == "first_clip ");
    CHECK(types(wan::video_continuation{.first_clip_url = mp4, .last_frame_url = png}) ==
          "first_clip last_frame ");

    CHECK_FALSE(wan::make_submit(who, wan::keyframe_to_video{.last_frame_url = png, .model = model}));
    CHECK_FALSE(wan::make_submit(who, wan::keyframe_to_video{.driving_audio_url = mp3, .model = model}));
    CHECK_FALSE(wan::make_submit(who, wan::image_to_video{.audio_url = mp3, .model = model}));
    CHECK_FALSE(wan::make_submit(who, wan::video_continuation{.last_frame_url = png}));
}

TEST_CASE("one request value runs at every service that can do the job") {
    const auto shot = support::test_shot();
    for (const auto& who : {wan::dashscope::provider("k", wan::region::singapore),
                            wan::dashscope::provider("k", wan::region::beijing),
                            wan::sinancode::provider("k"), wan::yutoai::at("https://h/qwen/api/v1", "k"),
                            wan::jiekou::provider("k"), wan::novita::provider("k"), wan::ppio::provider("k")})
        CHECK_MESSAGE(wan::make_submit(who, shot), std::string{who.dialect->name});
}
