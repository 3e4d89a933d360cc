// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The example of a service of one's own, against a scripted peer.
#include "support/doctest.hpp"
#include "support/golden.hpp"
#include "support/scripted_peer.hpp"

#include "../../examples/custom_gateway.hpp"

#include <algorithm>

TEST_SUITE_BEGIN("custom gateway");

using support::answer;

namespace {

const std::string at = "https://queue.fal.run/fal-ai/wan/requests/r-1";

wan::http_result queued(const std::string& status_url = at + "/status") {
    return answer(200, R"({"status":"IN_QUEUE","request_id":"r-1","response_url":")" + at +
                           R"(","status_url":")" + status_url + R"(","cancel_url":")" + at +
                           R"(/cancel","queue_position":0})");
}
wan::http_result in_progress() {
    return answer(202, R"({"status":"IN_PROGRESS","request_id":"r-1","logs":[]})");
}
wan::http_result completed(const std::string& more = {}) {
    return answer(200, R"({"status":"COMPLETED","request_id":"r-1","metrics":{"inference_time":61.2})" +
                           more + "}");
}
wan::http_result result() {
    return answer(
        200,
        R"({"video":{"url":"https://v3.fal.media/files/a.mp4","content_type":"video/mp4"},"seed":7,"actual_prompt":"a lamp, warm"})");
}

wan::outcome made(support::scripted_peer& peer) {
    return wan::run(fal::provider("fal-key"), support::test_shot(), peer, {.policy = support::exact_policy()},
                    support::virtual_timer{});
}

} // namespace

TEST_CASE("a service that is defined in a user's own code makes a video") {
    support::scripted_peer peer{{queued(), in_progress(), completed(), result()}};
    auto shot = support::test_shot();
    shot.prompt = "p";
    shot.resolution = wan::resolution::p720;
    shot.duration = 8;
    shot.prompt_extend = false;
    const auto end = wan::run(fal::provider("fal-key"), shot, peer, {}, support::virtual_timer{});
    REQUIRE_MESSAGE(end, to_string(end));
    CHECK(end.task_id == "r-1");
    CHECK(end.video->url == "https://v3.fal.media/files/a.mp4");
    CHECK(end.reply.actual_prompt == "a lamp, warm");

    REQUIRE(peer.requests().size() == 4);
    const auto& submit = peer.requests()[0];
    CHECK(submit.url == "https://queue.fal.run/fal-ai/wan/v2.7/image-to-video");
    CHECK(support::equal_as_json(*submit.body.flatten(), R"({"image_url":"https://frames.example/first.png",
        "end_image_url":"https://frames.example/last.png","prompt":"p","resolution":"720p","duration":8,"enable_prompt_expansion":false})"));
    CHECK(peer.requests()[1].url == at + "/status");
    CHECK(peer.requests()[3].url == at);
    for (const auto& sent : peer.requests())
        CHECK(*wan::find_header(sent.headers, "Authorization") == "Key fal-key");
}

TEST_CASE("values go in the form that it wants") {
    const wan::image_to_video request{
        .image_url = "https://x/a.png", .resolution = wan::resolution::p1080, .duration = 10};
    const auto submit = wan::make_submit(fal::provider("fal-key"), request);
    REQUIRE(submit);
    CHECK(submit->url == "https://queue.fal.run/fal-ai/wan-25-preview/image-to-video");
    CHECK(support::equal_as_json(*submit->body.flatten(),
                                 R"({"image_url":"https://x/a.png","resolution":"1080p","duration":"10"})"));
}

TEST_CASE("a failure that is called COMPLETED is one, and the video is not asked for") {
    support::scripted_peer peer{
        {queued(),
         completed(R"(,"error":"Runner scheduling failure","error_type":"runner_scheduling_failure")")}};
    const auto end = made(peer);
    CHECK(end.ending == wan::task_ending::failed);
    CHECK(end.error->category == wan::error_category::server);
    CHECK(end.error->message == "Runner scheduling failure");
    CHECK(peer.requests().size() == 2);
}

TEST_CASE("a failure that stands where the video should be is one") {
    support::scripted_peer peer{
        {queued(), completed(),
         answer(
             422,
             R"({"detail":[{"loc":["body","image_url"],"msg":"unsafe","type":"content_policy_violation"}]})")}};
    const auto end = made(peer);
    CHECK(end.ending == wan::task_ending::failed);
    CHECK(end.error->category == wan::error_category::content_rejected);
    CHECK(end.error->message == "unsafe");
    CHECK(end.task_id == "r-1");
}

TEST_CASE("the video is asked for until it comes, and the task stays resumable if it does not") {
    SUBCASE("it comes late") {
        support::scripted_peer peer{
            {queued(), completed(), answer(503, "busy"), support::maybe_sent(), answer(200, "{}"), result()}};
        CHECK(made(peer));
        CHECK(peer.submits() == 1);
    }
    SUBCASE("it never comes") {
        support::scripted_peer peer{{queued(), completed(), answer(500, "")}};
        const auto end = made(peer);
        CHECK(end.ending == wan::task_ending::unreachable);
        CHECK(end.task_id == "r-1");
    }
}

TEST_CASE("another process goes on where the service said to ask") {
    support::scripted_peer peer{{queued()}};
    auto task = wan::make_task(fal::provider("fal-key"), support::test_shot(), wan::no_wall_clock,
                               support::exact_policy());
    REQUIRE(task);
    const auto submit = task->next({});
    REQUIRE(task->receive(peer(submit.request()), {}));
    const auto token = wan::read_token(to_string(task->token()));
    REQUIRE(token);
    CHECK(token->query_url == at + "/status");

    support::scripted_peer later{{completed(), result()}};
    auto resumed =
        wan::resume_task(fal::provider("fal-key"), *token, wan::no_wall_clock, support::exact_policy());
    REQUIRE(resumed);
    const auto end = wan::run(*std::move(resumed), later, {}, support::virtual_timer{});
    CHECK(end);
    CHECK(later.requests()[0].url == at + "/status");
    CHECK(later.requests()[1].url == at);
}

TEST_CASE("the key follows nobody to another place") {
    for (const std::string elsewhere :
         {"https://evil.example/status", "http://queue.fal.run/status", "https://queue.fal.run:8443/s",
          "https://k@queue.fal.run/s", "https://queue.fal.run.evil.example/s", "//queue.fal.run/s",
          "https://queue.fal.run\\\\@evil.example/s"}) {
        CAPTURE(elsewhere);
        support::scripted_peer peer{{queued(elsewhere), completed(), result()}};
        const auto end = made(peer);
        CHECK(end.ending == wan::task_ending::unreachable);
        CHECK(end.task_id == "r-1");
        CHECK(end.error->category == wan::error_category::protocol);
        CHECK(end.error->message.find("the API key is sent only to https://queue.fal.run") !=
              std::string::npos);
        CHECK(peer.requests().size() == 1);
    }
    auto token = wan::resume_token{.dialect = "fal",
                                   .base_url = "https://queue.fal.run",
                                   .task_id = "r-1",
                                   .query_url = "https://evil.example/"};
    const auto resumed = wan::resume_task(fal::provider("fal-key"), token, wan::no_wall_clock);
    REQUIRE_FALSE(resumed);
    CHECK(resumed.error().message ==
          "resume token: it names https://evil.example/ for querying the task; the API key is sent only to "
          "https://queue.fal.run; use an unmodified copy of the token");
}

TEST_CASE("what it has no place for is refused, and so is a job that it does not offer") {
    auto shot = support::test_shot();
    shot.watermark = true;
    const auto refused = wan::make_submit(fal::provider("key"), shot);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message == "watermark: not supported by fal; leave it unset");
    CHECK_FALSE(
        wan::make_submit(fal::provider("key"), wan::video_continuation{.first_clip_url = "https://x/a.mp4"}));
}

TEST_CASE("a table that accepts only URLs is named as what may be incomplete") {
    auto table = fal::api;
    table.media_schemes = {wan::url_scheme::https};
    auto shot = support::test_shot();
    shot.first_frame_url = wan::media::owned(std::vector<std::byte>(8), "first.png");
    const auto refused = wan::make_submit(
        wan::provider{.dialect = &table, .base_url = "https://queue.fal.run", .key = "key"}, shot);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find(
              "first_frame_url: first.png cannot be sent: fal accepts only URLs; host the file where the "
              "provider can fetch it by http or https, and pass that URL. If the provider does accept base64 "
              "images, add url_scheme::data to media_schemes in its table") != std::string::npos);
    table.media_schemes = {};
    shot.first_frame_url = "https://x/a.png";
    const auto none = wan::make_submit(
        wan::provider{.dialect = &table, .base_url = "https://queue.fal.run", .key = "key"}, shot);
    REQUIRE_FALSE(none);
    CHECK(none.error().message.find("has a scheme that is not in the table's media_schemes; ") !=
          std::string::npos);
}

TEST_CASE("a member that the provider does not support is not asked for") {
    using t = wan::text_to_video;
    namespace json = wan::json;
    using body = json::layout<
        json::place<json::resolved_model<&t::model>, &t::prompt, &t::duration>,
        json::refused<&t::negative_prompt, &t::audio_url, &t::audio, &t::resolution, &t::ratio, &t::shot_type,
                      &t::seed, &t::enable_thinking, &t::prompt_extend, &t::watermark>>;
    static constexpr wan::submit_route<t> routes[] = {{"", "/videos", json::layout_of<t, body>}};
    auto lamps = wan::dashscope::api;
    lamps.name = "lamps";
    lamps.jobs = {};
    lamps.jobs.text_to_video = {"wan2.7-t2v", routes};
    const wan::provider provider{.dialect = &lamps, .base_url = "https://lamps.example", .key = "key"};
    for (const auto& v : wan::validate(provider, t{.prompt = "a lamp"})) CHECK(v.field != "resolution");

    const auto found = wan::validate(provider, t{.prompt = "a lamp", .resolution = wan::resolution::p720});
    const auto unsupported = std::find_if(
        found.begin(), found.end(), [](const wan::violation& v) { return v.rule == wan::rule::unsupported; });
    REQUIRE(unsupported != found.end());
    CHECK(unsupported->message == "resolution: not supported by lamps; leave it unset");
}

TEST_CASE("the default model is written under the provider's own name for it, and named as the default") {
    using t = wan::text_to_video;
    namespace json = wan::json;
    using body = json::layout<
        json::place<json::resolved_model<&t::model, "engine">, &t::prompt>,
        json::refused<&t::negative_prompt, &t::audio_url, &t::audio, &t::resolution, &t::ratio, &t::duration,
                      &t::shot_type, &t::seed, &t::enable_thinking, &t::prompt_extend, &t::watermark>>;
    static constexpr wan::submit_route<t> routes[] = {{"", "/videos", json::layout_of<t, body>}};
    auto lamps = wan::dashscope::api;
    lamps.name = "lamps";
    lamps.jobs = {};
    lamps.jobs.text_to_video = {"lamp-2", routes};
    const wan::provider provider{.dialect = &lamps, .base_url = "https://lamps.example", .key = "key"};
    const auto body_of = [&](const t& request) {
        return *wan::make_submit(provider, request)->body.flatten();
    };
    CHECK(body_of({.prompt = "a lamp"}) == R"({"engine":"lamp-2","prompt":"a lamp"})");
    CHECK(body_of({.prompt = "a lamp", .model = "lamp-1"}) == R"({"engine":"lamp-1","prompt":"a lamp"})");

    const auto about_model = [&](const t& request) {
        for (const auto& v : wan::validate(provider, request))
            if (v.field == "model") return v.message;
        return std::string{};
    };
    constexpr std::string_view is_default = "; it is the default, because no model is set";
    CHECK(about_model({.prompt = "a lamp"}).ends_with(is_default));
    CHECK_FALSE(about_model({.prompt = "a lamp", .model = "lamp-2"}).ends_with(is_default));
}

TEST_CASE("a model leads nowhere but down from the service's address") {
    for (const std::string bad : {"fal-ai/v2.7/../../admin", "v2.7/.", "/v2.7", "v2.7//x"}) {
        CAPTURE(bad);
        auto shot = support::test_shot();
        shot.model = bad;
        CHECK_FALSE(wan::make_submit(fal::provider("key"), shot, wan::strictness::off));
    }
    auto shot = support::test_shot();
    shot.model = "fal-ai/wan/v2.7?x#y";
    CHECK(wan::make_submit(fal::provider("key"), shot)->url ==
          "https://queue.fal.run/fal-ai/wan/v2.7%3Fx%23y");
}
