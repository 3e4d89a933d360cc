// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The example of a service of one's own, against a scripted peer.
#include "support/doctest.hpp"
#include "support/golden.hpp"
#include "support/scripted_peer.hpp"

#include "../../examples/own_gateway.hpp"

TEST_SUITE_BEGIN("own gateway");

using support::answer;

TEST_CASE("a service that is defined in a user's own code makes a video") {
    support::scripted_peer peer{{answer(429, R"({"error":{"type":"rate_limit","message":"slow down"},"trace":"t"})"),
                                 answer(200, R"({"data":{"taskId":"a b"},"status":"submitted"})"),
                                 answer(200, R"({"status":"in_progress"})"),
                                 answer(200, R"({"status":"completed","result_url":"https://x/a.mp4"})")}};
    auto shot = support::test_shot();
    shot.prompt = "p";
    shot.watermark = true;
    const auto end = wan::run(relay::provider("key-of-the-relay"), shot, peer, {}, support::virtual_timer{});
    REQUIRE_MESSAGE(end, to_string(end));
    CHECK(end.video->url == "https://x/a.mp4");
    const auto& submit = peer.requests().at(1);
    CHECK(submit.url == "https://api.relay.example/wan/submit");
    CHECK(*wan::find_header(submit.headers, "X-Api-Key") == "key-of-the-relay");
    CHECK(support::equal_as_json(submit.body.flatten(), R"({"model":"wan2.2-kf2v-flash","prompt":"p",
        "image_start":"https://frames.example/first.png","image_end":"https://frames.example/last.png","options":{"watermark":true}})"));
    CHECK(peer.requests().at(2).url == "https://api.relay.example/v1/tasks/a%20b");
}

TEST_CASE("what it has no place for is refused, and so is a job that it does not offer") {
    auto shot = support::test_shot();
    shot.template_ = "hanfu-1";
    const auto refused = wan::make_submit(relay::provider("key"), shot);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message == "template: relay has no place for it");
    CHECK_FALSE(wan::make_submit(relay::provider("key"), wan::image_to_video{.image_url = "https://x/a.png"}));
    auto longer = support::test_shot();
    longer.model = "wan2.7-i2v";
    longer.duration = 10;
    CHECK_FALSE(wan::make_submit(relay::provider("key"), longer));
}

TEST_CASE("its errors keep their own meaning") {
    const auto got = wan::parse_submit(relay::api, answer(403, R"({"error":{"type":"insufficient_quota","message":"m"}})"));
    CHECK(got.verdict == wan::submit_verdict::refused);
    CHECK(got.error->category == wan::error_category::billing);
}
