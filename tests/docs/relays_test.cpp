// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The services that docs/custom-gateway.md describes by data alone, against a scripted peer.
#include "relays.hpp"
#include "shapes.hpp"
#include "support/doctest.hpp"
#include "support/files.hpp"
#include "support/golden.hpp"
#include "support/scripted_peer.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

TEST_SUITE_BEGIN("relays");

using support::answer;

namespace {

const std::string video = "https://result.example/video.mp4?Expires=1756777047";

wan::http_result state(const std::string& word, const std::string& more = {}) {
    return answer(200, R"({"task_id":"task-1","status":")" + word + R"(","progress":"30%")" + more + "}");
}
wan::http_result completed(const std::string& url = video) {
    return state("completed", R"(,"result_url":")" + url + R"(")");
}

wan::outcome made(const wan::provider& at, support::scripted_peer& peer) {
    return wan::run(at, support::test_shot(), peer, {.policy = support::exact_policy()},
                    support::virtual_timer{});
}

struct relay {
    wan::provider who;
    std::string address;
};
const std::vector<relay> both{{relays::laozhang("sk-relay"), "https://api.laozhang.ai"},
                              {relays::apiyi("sk-relay"), "https://api.apiyi.com"}};

} // namespace

TEST_CASE("a relay takes DashScope's body under its own path and is asked at another") {
    for (const auto& at : both) {
        CAPTURE(at.address);
        support::scripted_peer peer{
            {support::submitted(), state("submitted"), state("in_progress"), completed()}};
        const auto end = made(at.who, peer);
        REQUIRE_MESSAGE(end, to_string(end));
        CHECK(end.video->url == video);
        CHECK(end.task_id == "task-1");

        REQUIRE(peer.requests().size() == 4);
        const auto& submit = peer.requests()[0];
        CHECK(submit.url == at.address + "/wan/api/v1/services/aigc/video-generation/video-synthesis");
        CHECK(*wan::find_header(submit.headers, "X-DashScope-Async") == "enable");
        CHECK(support::equal_as_json(*submit.body.flatten(), R"({"model":"wan2.7-i2v","input":{"media":[
            {"type":"first_frame","url":"https://frames.example/first.png"},{"type":"last_frame","url":"https://frames.example/last.png"}]},
            "parameters":{"resolution":"720P"}})"));
        for (std::size_t i = 1; i < 4; ++i) CHECK(peer.requests()[i].url == at.address + "/v1/tasks/task-1");
    }
}

TEST_CASE("the key goes to the relay alone, wherever result_url leads") {
    for (const auto& at : both)
        for (const auto& url :
             {video, at.address + "/files/video.mp4", std::string{"http://elsewhere.example/v.mp4"}}) {
            CAPTURE(url);
            support::scripted_peer peer{{support::submitted(), completed(url)}};
            const auto end = made(at.who, peer);
            REQUIRE(end);
            CHECK(end.video->url == url);
            REQUIRE(peer.requests().size() == 2);
            for (const auto& sent : peer.requests()) {
                CHECK(*wan::find_header(sent.headers, "Authorization") == "Bearer sk-relay");
                CHECK(sent.url.starts_with(at.address));
                CHECK(sent.url != url);
            }
        }
}

TEST_CASE("its own words for the end are understood") {
    const auto& who = both[0].who;
    SUBCASE("failed") {
        support::scripted_peer peer{
            {support::submitted(),
             state("failed", R"(,"error":{"message":"[InvalidImageUrl] cannot be fetched"})")}};
        const auto end = made(who, peer);
        CHECK(end.ending == wan::task_ending::failed);
        CHECK(end.error->message == "[InvalidImageUrl] cannot be fetched");
    }
    SUBCASE("failed, said in the other place") {
        support::scripted_peer peer{
            {support::submitted(), state("failed", R"(,"fail_reason":"no capacity")")}};
        CHECK(made(who, peer).error->message == "no capacity");
    }
    SUBCASE("not known, though it is no day old: asked again, and stays resumable") {
        support::scripted_peer peer{{support::submitted(), state("UNKNOWN")}};
        const auto end = made(who, peer);
        CHECK(end.ending == wan::task_ending::unreachable);
        CHECK(end.is_resumable());
    }
    SUBCASE("completed without a video is asked again, and stays resumable") {
        support::scripted_peer peer{{support::submitted(), state("completed")}};
        const auto end = made(who, peer);
        CHECK(end.ending == wan::task_ending::unreachable);
        CHECK(end.task_id == "task-1");
    }
}

TEST_CASE("all jobs go, with the limits of the one model, and media by https alone") {
    const auto& who = both[1].who;
    CHECK(wan::make_submit(
        who, wan::image_to_video{.image_url = "https://x/a.png", .resolution = wan::resolution::p720}));
    CHECK(wan::make_submit(who, wan::video_continuation{.first_clip_url = "https://x/a.mp4",
                                                        .resolution = wan::resolution::p720}));
    CHECK_FALSE(wan::make_submit(
        who, wan::image_to_video{.image_url = "https://x/a.png", .resolution = wan::resolution::p480}));
    CHECK_FALSE(wan::make_submit(who, wan::image_to_video{.image_url = "oss://x/a.png"}));
    const wan::media bytes{support::shared_bytes(support::png({750, 1000}), true)};
    CHECK_FALSE(wan::make_task(who,
                               wan::image_to_video{.image_url = bytes, .resolution = wan::resolution::p720},
                               wan::no_wall_clock));
    CHECK_FALSE(
        wan::make_submit(who, wan::image_to_video{.image_url = "https://x/a.png", .model = "wan2.6-i2v"}));
}

TEST_CASE("the single rows do what the page says") {
    auto api = relays::apiyi_api;
    const wan::reply_path replies[] = {{&wan::reply::task_id, "/output/task_id"},
                                       {&wan::reply::status, "/status"},
                                       {&wan::reply::code, "/code"},
                                       shapes::in_a_string};
    api.query = shapes::by_post;
    api.reply = replies;
    api.success_codes = shapes::success_codes;
    const wan::provider who{.dialect = &api, .base_url = "https://api.example", .key = "key"};

    api.submit_headers = shapes::submit_headers;
    const auto submit = wan::make_submit(
        who, wan::image_to_video{.image_url = "https://x/a.png", .resolution = wan::resolution::p720});
    REQUIRE(submit);
    const auto has = [&](std::string_view name) {
        return std::any_of(submit->headers.begin(), submit->headers.end(),
                           [&](const wan::http_header& h) { return h.name == name; });
    };
    CHECK(has("X-Mode"));
    CHECK_FALSE(has("X-Resolve-Files")); // no string begins with store://

    const auto query = wan::make_query(who, R"(a"b)");
    REQUIRE(query);
    CHECK(query->method == wan::http_method::post);
    CHECK(query->url == "https://api.example/v1/query");
    CHECK(support::equal_as_json(*query->body.flatten(), R"({"taskIds":["a\"b"]})"));

    const auto done = [&](const std::string& body) { return wan::parse_query(api, answer(200, body)); };
    const auto good = done(
        R"({"code":1000,"status":"completed","data":{"resultJson":"{\"resultUrls\":[\"https://x/v.mp4\"]}"}})");
    CHECK(good.verdict == wan::query_verdict::succeeded);
    CHECK(good.reply.video_url == "https://x/v.mp4");
    CHECK(done(R"({"code":"Done","status":"completed"})").verdict == wan::query_verdict::retry);
    CHECK(done(R"({"code":"broken","status":"completed"})").verdict == wan::query_verdict::failed);
}
