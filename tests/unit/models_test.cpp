// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Every limit of every model, as the documents state it: the largest allowed value passes, the next one is
// refused.
#include "support/doctest.hpp"
#include "support/scripted_peer.hpp"

#include <wan/model/catalog.hpp>
#include <wan/model/detail/offering_services.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

TEST_SUITE_BEGIN("models");

namespace {

using wan::rule;

struct expected {
    const char* model;
    wan::provider at;
    std::size_t prompt;
    std::vector<const char*> tiers;
    std::vector<int> durations;
    bool audio_url, audio, shot_type, template_;
    std::uint64_t image_megabytes;
    std::vector<wan::region> regions;
};

std::vector<expected> first_frame_models() {
    const auto singapore = wan::dashscope::provider("k", wan::region::singapore),
               beijing = wan::dashscope::provider("k", wan::region::beijing),
               virginia = wan::dashscope::provider("k", wan::region::virginia);
    const std::vector<int> two_to_fifteen{2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    const std::vector<wan::region> both{wan::region::singapore, wan::region::beijing};
    const std::vector<wan::region> all{wan::region::singapore, wan::region::beijing, wan::region::virginia,
                                       wan::region::frankfurt};
    auto everywhere = all;
    everywhere.insert(everywhere.end(), {wan::region::hong_kong, wan::region::tokyo});
    return {
        {"wan2.6-i2v", singapore, 1500, {"720P", "1080P"}, two_to_fifteen, true, false, true, true, 20, all},
        {"wan2.6-i2v-flash",
         singapore,
         1500,
         {"720P", "1080P"},
         two_to_fifteen,
         true,
         true,
         true,
         true,
         20,
         both},
        {"wan2.6-i2v-us",
         virginia,
         1500,
         {"720P", "1080P"},
         {5, 10, 15},
         true,
         false,
         true,
         true,
         20,
         {wan::region::virginia}},
        {"wan2.5-i2v-preview",
         singapore,
         1500,
         {"480P", "720P", "1080P"},
         {5, 10},
         true,
         false,
         false,
         true,
         20,
         both},
        {"wan2.2-i2v-flash",
         beijing,
         800,
         {"480P", "720P", "1080P"},
         {5},
         false,
         false,
         false,
         true,
         10,
         both},
        {"wan2.2-i2v-plus", beijing, 800, {"480P", "1080P"}, {5}, false, false, false, true, 10, both},
        {"wan2.1-i2v-turbo",
         singapore,
         800,
         {"480P", "720P"},
         {3, 4, 5},
         false,
         false,
         false,
         true,
         10,
         {wan::region::singapore}},
        {"wanx2.1-i2v-turbo",
         beijing,
         800,
         {"480P", "720P"},
         {3, 4, 5},
         false,
         false,
         false,
         true,
         10,
         {wan::region::beijing}},
        {"wan2.1-i2v-plus",
         singapore,
         800,
         {"720P"},
         {5},
         false,
         false,
         false,
         true,
         10,
         {wan::region::singapore}},
        {"wanx2.1-i2v-plus",
         beijing,
         800,
         {"720P"},
         {5},
         false,
         false,
         false,
         true,
         10,
         {wan::region::beijing}},
        {"wan2.7-i2v",
         singapore,
         5000,
         {"720P", "1080P"},
         two_to_fifteen,
         true,
         false,
         false,
         false,
         20,
         both},
        {"wan2.6-i2v",
         wan::sinancode::provider("k"),
         2000,
         {"720P", "1080P"},
         {5, 10, 15},
         true,
         true,
         true,
         true,
         10,
         everywhere},
        {"wan2.7-i2v",
         wan::jiekou::provider("k"),
         5000,
         {"720P", "1080P"},
         two_to_fifteen,
         true,
         false,
         false,
         false,
         20,
         everywhere},
    };
}

/// The rule by which an error refuses `field`.
template <class Request>
std::optional<rule> refused(const wan::provider& who, const Request& request, const char* field) {
    for (const auto& v : wan::validate(who, request))
        if (v.field == field && is_error(v)) return v.rule;
    return std::nullopt;
}

bool contains(const auto& values, const auto& value) {
    return std::find(values.begin(), values.end(), value) != values.end();
}

} // namespace

TEST_CASE("the models that begin with an image") {
    for (const auto& row : first_frame_models()) {
        CAPTURE(std::string{row.model});
        CAPTURE(std::string{row.at.dialect->name});
        const wan::image_to_video plain{.image_url = "https://example.com/a.png", .model = row.model};
        CHECK(wan::make_submit(row.at, plain));

        auto r = plain;
        r.prompt = std::string(row.prompt, 'x');
        CHECK_FALSE(refused(row.at, r, "prompt"));
        r.prompt = std::string(row.prompt + 1, 'x');
        CHECK(refused(row.at, r, "prompt") == rule::max_length);

        r = plain;
        r.negative_prompt = std::string(500, 'x');
        CHECK_FALSE(refused(row.at, r, "negative_prompt"));
        r.negative_prompt = std::string(501, 'x');
        CHECK(refused(row.at, r, "negative_prompt") == rule::max_length);

        for (const auto& tier : wan::wire_table<wan::resolution>) {
            r = plain;
            r.resolution = tier.value;
            CHECK((refused(row.at, r, "resolution") == rule::one_of) == !contains(row.tiers, tier.name));
        }
        for (int seconds = -1; seconds < 20; ++seconds) {
            r = plain;
            r.duration = seconds;
            CHECK((refused(row.at, r, "duration") == rule::one_of) == !contains(row.durations, seconds));
        }
        r = plain;
        r.seed = 2147483647;
        CHECK_FALSE(refused(row.at, r, "seed"));
        r.seed = 2147483648;
        CHECK(refused(row.at, r, "seed") == rule::range);

        const auto* limits = wan::find_model(row.at.dialect->models, row.model);
        REQUIRE(limits != nullptr);
        CHECK(limits->image_url.max_bytes == row.image_megabytes << 20);
        for (const auto& where : wan::wire_table<wan::region>)
            CHECK(limits->regions.contains(where.value) == contains(row.regions, where.value));

        r = plain;
        r.audio_url = "https://example.com/a.mp3";
        CHECK((refused(row.at, r, "audio_url") == rule::not_offered) == !row.audio_url);
        r = plain;
        r.audio = false;
        CHECK((refused(row.at, r, "audio") == rule::not_offered) == !row.audio);
        r = plain;
        r.shot_type = wan::shot_type::multi;
        CHECK((refused(row.at, r, "shot_type") == rule::not_offered) == !row.shot_type);
        r = plain;
        r.template_ = "rose";
        CHECK((refused(row.at, r, "template") == rule::not_offered) == !row.template_);
    }
}

TEST_CASE("the effects are those that are listed") {
    const auto warned = [](const wan::provider& who, const char* model, const char* effect) {
        for (const auto& v : wan::validate(
                 who,
                 wan::image_to_video{.image_url = "https://x/a.png", .template_ = effect, .model = model}))
            if (v.rule == rule::unknown) return true;
        return false;
    };
    const auto beijing = wan::dashscope::provider("k", wan::region::beijing);
    for (const char* effect : {"squish", "rotation", "poke", "inflate", "dissolve", "carousel", "singleheart",
                               "flying", "rose", "crystalrose", "hug", "frenchkiss", "coupleheart"}) {
        CHECK_FALSE(warned(beijing, "wanx2.1-i2v-turbo", effect));
        CHECK_FALSE(warned(beijing, "wanx2.1-i2v-plus", effect));
    }
    for (const char* effect : {"melt", "icecream", "dance1", "dance2", "dance3", "dance4", "dance5",
                               "mermaid", "graduation", "dragon", "money", "jellyfish", "pupil"}) {
        CHECK(warned(beijing, "wanx2.1-i2v-turbo", effect));
        CHECK_FALSE(warned(beijing, "wanx2.1-i2v-plus", effect));
    }
}

TEST_CASE("a refusal says who can") {
    const auto message = [](const auto& who, const auto& request) {
        return wan::make_submit(who, request).error().message;
    };
    wan::keyframe_to_video silent{.first_frame_url = "https://example.com/a.png",
                                  .driving_audio_url = "https://example.com/a.mp3"};
    CHECK(message(wan::dashscope::provider("k", wan::region::singapore), silent) ==
          "driving_audio_url: wan2.2-kf2v-flash does not accept it; use wan2.7-i2v");
    wan::image_to_video quiet{.image_url = "https://example.com/a.png",
                              .audio_url = "https://example.com/a.mp3",
                              .model = "wan2.2-i2v-flash"};
    CHECK(message(wan::dashscope::provider("k", wan::region::singapore), quiet) ==
          "audio_url: wan2.2-i2v-flash does not accept it; use wan2.6-i2v, wan2.6-i2v-flash, "
          "wan2.5-i2v-preview or wan2.7-i2v");
    wan::image_to_video american{.image_url = "https://example.com/a.png", .model = "wan2.6-i2v-flash"};
    CHECK(message(wan::dashscope::provider("k", wan::region::virginia), american) ==
          "model: wan2.6-i2v-flash is not available in virginia; there, use wan2.6-i2v, wan2.6-i2v-us, "
          "wan3.0-video, wan3.0-video-prime, happyhorse-1.1-i2v or happyhorse-1.0-i2v");
    wan::video_continuation more{.first_clip_url = "https://example.com/a.mp4"};
    CHECK(message(wan::sinancode::provider("k"), more) ==
          "sinancode does not offer video_continuation; use dashscope, yutoai, jiekou, novita or ppio");
    more.model = "wan2.6-i2v";
    CHECK(message(wan::dashscope::provider("k", wan::region::singapore), more) ==
          "model: wan2.6-i2v does not support video_continuation; use wan2.7-i2v");
}

TEST_CASE("a refusal says which region or service can, where none here can") {
    const auto said = [](const wan::provider& who, const auto& request) {
        std::string all;
        for (const auto& v : wan::validate(who, request))
            if (is_error(v)) all += v.message + "\n";
        return all;
    };
    auto shot = support::test_shot();
    CHECK(said(wan::dashscope::provider("k", wan::region::virginia), shot)
              .find("is not available in virginia; there, use wan3.0-video or wan3.0-video-prime") !=
          std::string::npos);
    CHECK(said(wan::dashscope::provider("k", wan::region::frankfurt), shot)
              .find("is not available in frankfurt; use wan2.2-kf2v-flash, wan2.1-kf2v-plus") !=
          std::string::npos);
    CHECK(said(wan::dashscope::provider("k", wan::region::frankfurt), shot)
              .find("in singapore, beijing, virginia or hong_kong") != std::string::npos);
    shot.driving_audio_url = "https://x/a.mp3";
    CHECK(said(wan::sinancode::provider("k"), shot)
              .find("driving_audio_url: wan2.2-kf2v-flash does not accept it; leave it unset, or use another "
                    "provider: "
                    "wan2.7-i2v at dashscope or yutoai or wan2.7-i2v at jiekou, novita or ppio") !=
          std::string::npos);
    auto effect = support::test_shot();
    effect.template_ = "hanfu-1";
    CHECK(said(wan::jiekou::provider("k"), effect).find("use another provider: ") != std::string::npos);
}

TEST_CASE("the hosts of Hong Kong, Tokyo and Virginia were no known region") {
    using wan::region;
    constexpr std::pair<const char*, region> hosts[] = {
        {"https://ws-1.us-east-1.maas.aliyuncs.com/api/v1", region::virginia},
        {"https://ws-1.cn-hongkong.maas.aliyuncs.com/api/v1", region::hong_kong},
        {"https://cn-hongkong.dashscope.aliyuncs.com/api/v1", region::hong_kong},
        {"https://ws-1.ap-northeast-1.maas.aliyuncs.com/api/v1", region::tokyo},
        {"HTTPS://WS-1.AP-SOUTHEAST-1.MAAS.ALIYUNCS.COM/api/v1", region::singapore},
    };
    for (const auto& host : hosts) {
        const auto& url = host.first;
        const auto where = host.second;
        const auto who = wan::dashscope::at(url, "k");
        CHECK_MESSAGE(who.region == where, url);
        // Of Hong Kong and Tokyo its guide does not speak: nobody is refused for that.
        const bool is_covered = where != region::hong_kong && where != region::tokyo;
        const auto found = wan::validate(who, support::test_shot());
        if (where == region::singapore)
            CHECK(found.empty());
        else {
            REQUIRE(found.size() == 1);
            CHECK(found[0].rule == rule::region);
            CHECK(is_error(found[0]) == is_covered);
        }
    }
}

TEST_CASE("what is wrong with a value is said once") {
    auto shot = support::test_shot();
    shot.duration = 10;
    CHECK(wan::validate(wan::sinancode::provider("k"), shot).size() == 1);
}

TEST_CASE("who offers a job is told as it is") {
    const wan::provider all[] = {wan::dashscope::provider("k", wan::region::singapore),
                                 wan::sinancode::provider("k"),
                                 wan::yutoai::at("https://h", "k"),
                                 wan::jiekou::provider("k"),
                                 wan::novita::provider("k"),
                                 wan::ppio::provider("k")};
    const auto check = [&]<class Request>(std::type_identity<Request>) {
        const auto services = wan::detail::services_offering(wan::job_of<Request>::value);
        for (const auto& who : all) {
            CAPTURE(who.dialect->name);
            CHECK(std::count(services.begin(), services.end(), who.dialect->name) ==
                  (wan::routes_of<Request>(who).routes.empty() ? 0 : 1));
        }
    };
#define CHECK_JOB(name) check(std::type_identity<wan::name>{});
    WAN_FOR_EACH_JOB(CHECK_JOB)
#undef CHECK_JOB
}

TEST_CASE("sounds and clips are given by URL alone") {
    const auto who = wan::dashscope::provider("k", wan::region::singapore);
    for (const char* bad : {"data:audio/wav;base64,QUJD", "data:image/png;base64,QUJD", "ftp://x/a.mp3", "",
                            "https://x/a b.mp3"}) {
        CAPTURE(std::string{bad});
        CHECK(
            refused(who, wan::image_to_video{.image_url = "https://x/a.png", .audio_url = bad}, "audio_url"));
        CHECK(refused(who, wan::video_continuation{.first_clip_url = bad}, "first_clip_url"));
    }
    CHECK_FALSE(
        refused(who, wan::video_continuation{.first_clip_url = "oss://bucket/a.mp4"}, "first_clip_url"));
}

TEST_CASE("what single members do not show is a warning") {
    const auto who = wan::dashscope::provider("k", wan::region::singapore);
    const auto warned = [&](const wan::image_to_video& request, const char* field) {
        for (const auto& v : wan::validate(who, request))
            if (v.field == field && v.severity == wan::severity::warning) return true;
        return false;
    };
    const wan::image_to_video plain{
        .image_url = "https://x/a.png", .prompt = "p", .model = "wan2.6-i2v-flash"};
    auto r = plain;
    r.audio = false;
    CHECK_FALSE(warned(r, "audio"));
    r.audio_url = "https://x/a.mp3";
    CHECK(warned(r, "audio"));
    r = plain;
    r.shot_type = wan::shot_type::multi;
    CHECK_FALSE(warned(r, "shot_type"));
    r.prompt_extend = false;
    CHECK(warned(r, "shot_type"));
    r = plain;
    r.model = "wan2.1-i2v-turbo";
    r.template_ = "rose";
    CHECK(warned(r, "prompt"));
}
