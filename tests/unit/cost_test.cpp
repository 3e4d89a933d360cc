// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What a video will cost.
#include "support/doctest.hpp"

#include <wan/provider/dashscope.hpp>
#include <wan/request/any_request.hpp>
#include <wan/video/cost.hpp>

#include <cstdint>
#include <limits>
#include <span>
#include <string>

TEST_SUITE_BEGIN("cost");

using wan::error_category;
using wan::resolution;

namespace {

// Round numbers: real prices change.
constexpr wan::price_row prices[] = {
    {.model = "wan2.2-kf2v-flash", .tier = resolution::p480, .per_second = 100'000, .currency = "CNY"},
    {.model = "wan2.2-kf2v-flash", .tier = resolution::p720, .per_second = 200'000, .currency = "CNY"},
    {.model = "wan2.7-i2v", .tier = resolution::p720, .per_second = 600'000, .currency = "CNY"},
    {.model = "wan2.7-i2v", .tier = resolution::p1080, .per_second = 733'924, .currency = "CNY"},
    {.model = "wan2.6-i2v-flash", .sound = true, .per_second = 500'000, .currency = "CNY"},
    {.model = "wan2.6-i2v-flash", .sound = false, .per_second = 250'000, .currency = "CNY"},
};

const auto who = wan::dashscope::provider("key", wan::region::beijing);

template <class Request>
wan::cost_estimate cost_of(const Request& request, std::span<const wan::price_row> table = prices) {
    const auto cost = wan::estimate_cost(who, request, table);
    REQUIRE_MESSAGE(cost, to_string(cost.error()));
    return *cost;
}

template <class Request>
wan::error failure(const Request& request, std::span<const wan::price_row> table = prices) {
    const auto cost = wan::estimate_cost(who, request, table);
    REQUIRE_FALSE(cost);
    return cost.error();
}

} // namespace

TEST_CASE("what a request says is what is paid") {
    const auto cost = cost_of(wan::image_to_video{.image_url = "https://x/a.png",
                                                  .model = "wan2.7-i2v",
                                                  .resolution = resolution::p720,
                                                  .duration = 10});
    CHECK(cost.amount == 6'000'000);
    CHECK(cost.currency == "CNY");
    CHECK(cost.seconds == 10);
    CHECK(cost.row == &prices[2]);
    CHECK(to_string(cost) == "6.00 CNY");
}

TEST_CASE("where it says nothing, the provider's and the model's defaults are paid") {
    const auto cost = cost_of(wan::keyframe_to_video{.first_frame_url = "https://x/a.png"});
    CHECK(cost.row == &prices[1]); // wan2.2-kf2v-flash at 720P
    CHECK(cost.seconds == 5);
    CHECK(cost.amount == 1'000'000);
    // 1080P
    CHECK(cost_of(wan::image_to_video{.image_url = "https://x/a.png", .model = "wan2.7-i2v"}).row ==
          &prices[3]);
}

TEST_CASE("of a continuation the whole video is paid, the given clip's seconds too") {
    const auto cost = cost_of(wan::video_continuation{
        .first_clip_url = "https://x/3-seconds.mp4", .model = "wan2.7-i2v", .duration = 15});
    CHECK(cost.seconds == 15);
    CHECK(cost.amount == 15 * 733'924);
    CHECK(to_string(cost) == "11.00886 CNY");
}

TEST_CASE("sound has its price with models that charge for it") {
    wan::image_to_video shot{.image_url = "https://x/a.png", .model = "wan2.6-i2v-flash"};
    CHECK(cost_of(shot).row == &prices[4]); // it makes sound unless told not to
    shot.audio = true;
    CHECK(cost_of(shot).row == &prices[4]);
    shot.audio = false;
    CHECK(cost_of(shot).row == &prices[5]);
    shot.audio_url = "https://x/a.mp3"; // contradicts: the dearer one
    CHECK(cost_of(shot).row == &prices[4]);
}

TEST_CASE("a dated model has its model's price, unless it has its own") {
    const wan::image_to_video shot{
        .image_url = "https://x/a.png", .model = "wan2.7-i2v-2026-04-25", .resolution = resolution::p720};
    CHECK(cost_of(shot).row == &prices[2]);
    const wan::price_row own[] = {{.model = "wan2.7-i2v-2026-04-25", .per_second = 1, .currency = "CNY"},
                                  prices[2]};
    CHECK(cost_of(shot, own).row == &own[0]);
}

TEST_CASE("the first row that fits counts") {
    const wan::price_row table[] = {
        {.model = "wan2.7-i2v", .tier = resolution::p720, .per_second = 1, .currency = "A"},
        {.model = "wan2.7-i2v", .per_second = 2, .currency = "B"}};
    wan::image_to_video shot{
        .image_url = "https://x/a.png", .model = "wan2.7-i2v", .resolution = resolution::p720};
    CHECK(cost_of(shot, table).currency == "A");
    shot.resolution = resolution::p1080;
    CHECK(cost_of(shot, table).currency == "B");
}

TEST_CASE("a request for whichever job has its cost") {
    const wan::any_request shot =
        wan::keyframe_to_video{.first_frame_url = "https://x/a.png", .resolution = resolution::p480};
    CHECK(cost_of(shot).amount == 500'000);
}

TEST_CASE("without a fitting row there is no estimate, and it is said what was looked for") {
    const auto missing = failure(
        wan::keyframe_to_video{.first_frame_url = "https://x/a.png", .resolution = resolution::p1080});
    CHECK(missing.category == error_category::not_found);
    CHECK(missing.message ==
          "the price table has no row for wan2.2-kf2v-flash at 1080P, without sound; add one");
    const auto loud = failure(wan::image_to_video{.image_url = "https://x/a.png", .model = "wan2.7-i2v"},
                              std::span{prices}.first(3));
    CHECK(loud.message == "the price table has no row for wan2.7-i2v at 1080P, with sound; add one");
}

TEST_CASE("of a model that nobody knows the length must be said; the tier only where the price needs it") {
    const wan::price_row table[] = {{.model = "wan9", .per_second = 7, .currency = "CNY"}};
    wan::image_to_video shot{.image_url = "https://x/a.png", .model = "wan9"};
    const auto unknown = failure(shot, table);
    CHECK(unknown.category == error_category::invalid_request);
    CHECK(unknown.message.find("duration: not set") == 0);
    shot.duration = 3;
    CHECK(cost_of(shot, table).amount == 21);
    const wan::price_row by_tier[] = {
        {.model = "wan9", .tier = resolution::p720, .per_second = 7, .currency = "CNY"}};
    CHECK(failure(shot, by_tier).category == error_category::not_found);
}

TEST_CASE("what is no price and no length gives no amount") {
    wan::image_to_video shot{.image_url = "https://x/a.png", .model = "wan2.7-i2v", .duration = 2};
    for (const std::int64_t price : {std::int64_t{-1}, (std::numeric_limits<std::int64_t>::max)() / 2 + 1}) {
        const wan::price_row table[] = {{.model = "wan2.7-i2v", .per_second = price, .currency = "CNY"}};
        CHECK(failure(shot, table).category == error_category::invalid_request);
    }
    shot.duration = -2;
    CHECK(failure(shot).message == "duration: -2 seconds; it must not be negative");
    shot.duration = 0;
    CHECK(cost_of(shot).amount == 0);
}

TEST_CASE("amounts are exact, and shown without needless zeros") {
    const auto shown = [](std::int64_t amount) {
        return to_string(wan::cost_estimate{.amount = amount, .currency = "CNY"});
    };
    CHECK(shown(0) == "0.00 CNY");
    CHECK(shown(1) == "0.000001 CNY");
    CHECK(shown(10'000) == "0.01 CNY");
    CHECK(shown(3'669'620) == "3.66962 CNY");
    CHECK(shown(1'000'500'000) == "1000.50 CNY");
}
