// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The job "a video from a text": what each model accepts, and how it is sent.
#include "support/doctest.hpp"
#include "support/golden.hpp"

#include <wan/protocol/submit.hpp>
#include <wan/provider/dashscope.hpp>
#include <wan/provider/jiekou.hpp>
#include <wan/provider/validate.hpp>
#include <wan/request/json.hpp>
#include <wan/video/cost.hpp>

#include <boost/json/parse.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

TEST_SUITE_BEGIN("text to video");

using namespace wan;

namespace {

const auto service = dashscope::provider("k", region::singapore);

text_to_video rain(std::string_view model = "wan2.7-t2v") {
    text_to_video request;
    request.prompt = "rain";
    request.model = std::string{model};
    return request;
}

boost::json::object body_of(const provider& who, const text_to_video& request) {
    const auto http = make_submit(who, request);
    REQUIRE_MESSAGE(http, to_string(http.error()));
    return boost::json::parse(*http->body.flatten()).as_object();
}

/// The fields that the errors name.
std::vector<std::string> refused(const provider& who, const text_to_video& request) {
    std::vector<std::string> fields;
    for (const auto& v : validate(who, request))
        if (v.severity == severity::error) fields.push_back(v.field);
    return fields;
}
using fields = std::vector<std::string>;

} // namespace

TEST_CASE("the example of the API reference of 2.7") {
    text_to_video request;
    request.prompt = "A detective walks down a rainy street at night";
    request.resolution = resolution::p720;
    request.ratio = "16:9";
    request.duration = 15;
    request.prompt_extend = request.watermark = true;
    const auto http = make_submit(service, request);
    REQUIRE(http);
    CHECK(http->url ==
          "https://dashscope-intl.aliyuncs.com/api/v1/services/aigc/video-generation/video-synthesis");
    CHECK(support::equal_as_json(*http->body.flatten(), support::golden("dashscope-27-text-submit.json")));
}

TEST_CASE("up to 2.6 resolution and ratio are one size") {
    struct {
        const char* model;
        std::optional<resolution> tier;
        std::optional<std::string> ratio;
        const char* size; ///< empty: none is sent
    } rows[] = {
        {"wan2.6-t2v", resolution::p720, "9:16", "720*1280"},
        {"wan2.6-t2v", {}, {}, ""},
        {"wan2.6-t2v", {}, "1:1", "1440*1440"},
        {"wan2.6-t2v", resolution::p1080, {}, "1920*1080"},
        {"wan2.5-t2v-preview", resolution::p480, "1:1", "624*624"},
        {"wan2.2-t2v-plus", {}, "3:4", "1248*1632"},
        {"wan2.1-t2v-turbo", {}, "4:3", "1088*832"},
        {"wan2.1-t2v-plus", {}, "16:9", "1280*720"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.model);
        auto request = rain(row.model);
        request.resolution = row.tier;
        request.ratio = row.ratio;
        const auto body = body_of(service, request);
        const auto& parameters = body.at("parameters").as_object();
        CHECK_FALSE(parameters.contains("resolution"));
        CHECK_FALSE(parameters.contains("ratio"));
        if (*row.size == '\0')
            CHECK_FALSE(parameters.contains("size"));
        else
            CHECK(parameters.at("size") == row.size);
    }
}

TEST_CASE("a ratio that a tier lacks is refused, with those that it has") {
    auto request = rain("wan2.5-t2v-preview");
    request.resolution = resolution::p480;
    request.ratio = "4:3";
    const auto found = validate(service, request);
    REQUIRE(refused(service, request) == fields{"ratio"});
    CHECK(std::any_of(found.begin(), found.end(), [](const violation& v) {
        return v.message == "ratio: 4:3; wan2.5-t2v-preview accepts 16:9, 9:16 or 1:1 at 480P";
    }));
    CHECK_FALSE(make_submit(service, request, strictness::off));
    request.ratio = "2:1";
    CHECK(refused(service, request) == fields{"ratio"});
}

TEST_CASE("the prompt is required") {
    CHECK(refused(service, text_to_video{}) == fields{"prompt"});
    const auto read = read_request(R"({"job":"text_to_video","prompt":"rain","ratio":"9:16"})");
    REQUIRE(read);
    CHECK(*to_json(*read) == R"({"job":"text_to_video","prompt":"rain","ratio":"9:16"})");
}

TEST_CASE("the largest allowed value passes, the next is refused") {
    struct {
        const char* model;
        std::size_t characters;
        int longest;
        const char* field; ///< one that the model lacks
    } rows[] = {
        {"wan2.7-t2v", 5000, 15, "shot_type"},           {"wan2.6-t2v", 1500, 15, "enable_thinking"},
        {"wan2.5-t2v-preview", 1500, 10, "shot_type"},   {"wan2.2-t2v-plus", 800, 5, "audio_url"},
        {"wan2.1-t2v-turbo", 800, 5, "audio_url"},       {"wan3.0-video", 20'000, 30, "shot_type"},
        {"wan3.0-video-prime", 20'000, 30, "audio_url"}, {"happyhorse-1.1-t2v", 5000, 15, "negative_prompt"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.model);
        auto request = rain(row.model);
        request.prompt = std::string(row.characters, 'x');
        request.duration = row.longest;
        CHECK(refused(service, request) == fields{});
        request.prompt.push_back('x');
        ++*request.duration;
        CHECK(refused(service, request) == fields{"prompt", "duration"});
        request = rain(row.model);
        const std::string_view lacks = row.field;
        if (lacks == "shot_type") request.shot_type = shot_type::multi;
        if (lacks == "enable_thinking") request.enable_thinking = true;
        if (lacks == "audio_url") request.audio_url = media{"https://example.com/a.mp3"};
        if (lacks == "negative_prompt") request.negative_prompt = "x";
        CHECK(refused(service, request) == fields{row.field});
    }
}

TEST_CASE("Wan 3: the model may choose ratio and length; negative_prompt is disputed") {
    auto request = rain("wan3.0-video");
    request.ratio = "adaptive";
    request.duration = model_chooses;
    request.audio = false;
    request.seed = -1;
    request.enable_thinking = true;
    const auto body = body_of(service, request);
    CHECK(body.at("parameters") ==
          boost::json::parse(
              R"({"ratio":"adaptive","duration":-1,"seed":-1,"enable_thinking":true,"audio":false})"));
    request.negative_prompt = "fog";
    CHECK(refused(service, request) == fields{});
    CHECK_FALSE(make_submit(service, request, strictness::strict));
    request.duration = 0;
    const auto found = validate(service, request);
    CHECK(std::any_of(found.begin(), found.end(), [](const violation& v) {
        return v.message ==
               "duration: 0 seconds; wan3.0-video accepts 2 to 30 seconds, or -1 to let the model choose";
    }));
    const price_row prices[] = {{.model = "wan3.0-video", .per_second = 100'000, .currency = "USD"}};
    request.duration = model_chooses;
    const auto cost = estimate_cost(service, request, prices);
    REQUIRE(cost);
    CHECK(cost->seconds == 2);
    CHECK(cost->is_lower_bound);
}

TEST_CASE("HappyHorse counts Chinese characters twice") {
    auto request = rain("happyhorse-1.1-t2v");
    const auto chinese = [](int count) {
        std::string text;
        for (; count > 0; --count) text += "\xE9\x9B\xA8";
        return text;
    };
    request.prompt = chinese(2500);
    CHECK(refused(service, request) == fields{});
    request.prompt = chinese(2501);
    CHECK(refused(service, request) == fields{"prompt"});
    // Of a mixed text it is a guess.
    request.prompt = chinese(2000) + std::string(2000, 'x');
    CHECK(refused(service, request) == fields{});
    CHECK_FALSE(make_submit(service, request, strictness::strict));
    const auto found = validate(service, request);
    CHECK(std::any_of(found.begin(), found.end(), [](const violation& v) {
        return v.message == "prompt: 4000 characters, 2000 of them Chinese, may be counted as 6000; "
                            "happyhorse-1.1-t2v accepts at most 5000";
    }));
}

TEST_CASE("JieKou takes a size") {
    auto request = rain();
    request.resolution = resolution::p720;
    request.ratio = "4:3";
    request.duration = 7;
    const auto http = make_submit(jiekou::provider("k"), request);
    REQUIRE(http);
    CHECK(http->url == "https://api.jiekou.ai/v3/async/wan2.7-t2v");
    CHECK(
        support::equal_as_json(*http->body.flatten(), R"({"prompt":"rain","duration":7,"size":"1088*832"})"));
}

TEST_CASE("a type of shot is one of those that the model takes") {
    auto request = rain("wan2.6-t2v");
    request.shot_type = shot_type::multi;
    CHECK(refused(service, request).empty());
    request.shot_type = static_cast<shot_type>(99);
    CHECK(refused(service, request) == fields{"shot_type"});
    const auto found = validate(service, request);
    CHECK(std::any_of(found.begin(), found.end(), [](const violation& v) {
        return v.message.find("invalid shot type") != std::string::npos &&
               v.allowed.find("single") != std::string::npos;
    }));
}

TEST_CASE("what the provider would ignore is a warning that says what to do") {
    const auto ignored = [](const text_to_video& request) {
        std::string messages;
        for (const auto& v : validate(service, request)) {
            if (v.rule != rule::ignored) continue;
            CHECK(v.severity == severity::warning);
            messages += v.message;
        }
        return messages;
    };
    auto request = rain("wan2.6-t2v");
    request.shot_type = shot_type::multi;
    request.prompt_extend = false;
    CHECK(ignored(request) ==
          "shot_type: the provider ignores it when prompt_extend is false; leave it unset, or "
          "set prompt_extend to true");
    request.prompt_extend = true;
    CHECK(ignored(request) == "");

    auto sounding = rain("wan9-t2v"); // no known model takes both
    sounding.audio = true;
    CHECK(ignored(sounding) == "");
    sounding.audio_url = media{"https://example.com/a.mp3"};
    CHECK(ignored(sounding) ==
          "audio: set together with audio_url; the provider uses only one of them, so set only one");
}

TEST_SUITE_END();
