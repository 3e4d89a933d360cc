// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"
#include "support/files.hpp"
#include "support/scripted_peer.hpp"

#include <wan/http/file_url.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("validate");

using wan::rule;
using wan::severity;

namespace {

std::string repeated(const std::string& text, int times) {
    std::string all;
    while (times-- > 0) all += text;
    return all;
}

wan::keyframe_to_video shot() { return support::test_shot(); }

std::vector<wan::violation> judged(const wan::keyframe_to_video& request) {
    return wan::validate(support::test_provider(), request);
}

/// The only violation, which must be there.
wan::violation only(const wan::keyframe_to_video& request) {
    const auto found = judged(request);
    REQUIRE(found.size() == 1);
    return found.front();
}

/// A URL for the first frame is refused by that rule.
void check_first_frame(const std::string& url, rule broken) {
    CAPTURE(url);
    auto request = shot();
    request.first_frame_url = url;
    const auto v = only(request);
    CHECK(v.field == "first_frame_url");
    CHECK(v.path == "/input/first_frame_url");
    CHECK(v.rule == broken);
    CHECK(v.severity == severity::error);
    CHECK_FALSE(v.allowed.empty());
}

} // namespace

TEST_CASE("a plain request breaks no rule") { CHECK(judged(shot()).empty()); }

TEST_CASE("a default that differs between models is left to the service with a warning") {
    auto request = shot();
    request.resolution = {};
    const auto v = only(request);
    CHECK(v.field == "resolution");
    CHECK(v.path == "/parameters/resolution");
    CHECK(v.rule == rule::not_portable);
    CHECK(v.severity == severity::warning);
    CHECK(v.message == "resolution: not set; models for this job default to 720P or 1080P, wan2.2-kf2v-flash "
                       "to 720P; set it");

    request.model = "wan2.9-kf2v"; // not known: nobody knows its default either
    const auto found = judged(request);
    REQUIRE(found.size() == 2);
    CHECK(found[1].message == "resolution: not set; models for this job default to 720P or 1080P; set it");
    CHECK_FALSE(wan::make_submit(support::test_provider(), request, wan::strictness::strict));
    CHECK(wan::make_submit(support::test_provider(), request));
}

TEST_CASE("where all models take the same, an unset value is no matter") {
    const auto who = support::test_provider();
    CHECK(wan::validate(who, wan::video_continuation{.first_clip_url = "https://x/a.mp4"}).empty());
    const auto image = wan::validate(
        who, wan::image_to_video{.image_url = "https://x/a.png", .resolution = wan::resolution::p720});
    CHECK(image.empty());
}

TEST_CASE("a prompt has at most 800 characters, of whatever script") {
    for (const char* letter : {"x", "写"}) {
        auto request = shot();
        request.prompt = repeated(letter, 800);
        CHECK(judged(request).empty());
        request.prompt = repeated(letter, 801);
        const auto v = only(request);
        CHECK(v.field == "prompt");
        CHECK(v.path == "/input/prompt");
        CHECK(v.rule == rule::max_length);
        CHECK(v.value == "801 characters");
        CHECK(v.allowed == "at most 800");
        CHECK(v.message == "prompt: 801 characters; wan2.2-kf2v-flash accepts at most 800");
    }
}

TEST_CASE("a negative prompt has at most 500 characters") {
    auto request = shot();
    request.negative_prompt = repeated("人", 500);
    CHECK(judged(request).empty());
    request.negative_prompt = repeated("人", 501);
    CHECK(only(request).field == "negative_prompt");
    CHECK(only(request).rule == rule::max_length);
}

TEST_CASE("text is UTF-8, with every strictness") {
    auto request = shot();
    request.prompt = "caf\xE9";
    CHECK(only(request).rule == rule::encoding);
    for (const auto how : {wan::strictness::off, wan::strictness::standard, wan::strictness::strict})
        CHECK_FALSE(wan::make_submit(support::test_provider(), request, how));
}

TEST_CASE("a seed is from 0 to 2147483647") {
    auto request = shot();
    for (const std::int64_t good : {std::int64_t{0}, std::int64_t{2147483647}}) {
        request.seed = good;
        CHECK(judged(request).empty());
    }
    for (const std::int64_t bad : {std::int64_t{-1}, std::int64_t{2147483648}}) {
        request.seed = bad;
        const auto v = only(request);
        CHECK(v.field == "seed");
        CHECK(v.rule == rule::range);
        CHECK(v.value == std::to_string(bad));
        CHECK(v.allowed == "0 to 2147483647");
    }
}

TEST_CASE("a keyframe video lasts 5 seconds") {
    auto request = shot();
    request.duration = 5;
    CHECK(judged(request).empty());
    for (const int bad : {4, 6, 8, 0, -5}) {
        request.duration = bad;
        CHECK(only(request).field == "duration");
        CHECK(only(request).allowed == "only 5 seconds");
    }
}

TEST_CASE("a model offers some resolutions") {
    auto request = shot();
    for (const auto tier : {wan::resolution::p480, wan::resolution::p720, wan::resolution::p1080}) {
        request.resolution = tier;
        CHECK(judged(request).empty());
    }
    request.model = "wan2.1-kf2v-plus";
    request.resolution = wan::resolution::p1080;
    const auto v = only(request);
    CHECK(v.rule == rule::one_of);
    CHECK(v.value == "1080P");
    CHECK(v.allowed == "720P");
    CHECK(v.path == "/parameters/resolution");
}

TEST_CASE("what was cast to a tier is none") {
    auto request = shot();
    request.resolution = static_cast<wan::resolution>(99);
    CHECK(only(request).rule == rule::one_of);
    CHECK(wan::parse_resolution("720P").value() == wan::resolution::p720);
    const auto failed = wan::parse_resolution("360P");
    REQUIRE_FALSE(failed);
    CHECK(failed.error().message == "resolution: 360P; use 480P, 720P or 1080P");
    CHECK(wan::parse_resolution("720p").error().message == "resolution: 720p; use 720P");
}

TEST_CASE("a model exists in some regions, and has other names elsewhere") {
    auto request = shot();
    request.model = "wan2.1-kf2v-plus";
    CHECK(wan::validate(wan::dashscope::provider("k", wan::region::singapore), request).empty());
    const auto found = wan::validate(wan::dashscope::provider("k", wan::region::beijing), request);
    REQUIRE(found.size() == 1);
    CHECK(found[0].rule == rule::region);
    CHECK(found[0].severity == severity::error);
    CHECK(found[0].message.find("wanx2.1-kf2v-plus") != std::string::npos);
    // Where the region is not known, nothing can be said.
    CHECK(wan::validate(wan::dashscope::at("https://relay.example/api/v1", "k"), request).empty());
}

TEST_CASE("a frame is an http, https or oss URL") {
    for (const char* good :
         {"http://example.com/a.png", "https://example.com/写.png", "HTTPS://example.com/a",
          "oss://dashscope-instant/xxx/xxx.png", "https://example.com/a.png?x=1&Signature=a%2Fb"}) {
        auto request = shot();
        request.first_frame_url = good;
        CHECK_MESSAGE(judged(request).empty(), good);
    }
    check_first_frame("", rule::required);
    for (const char* bad :
         {"ftp://example.com/a.png", "file:///tmp/a.png", "/tmp/a.png", "first.png", "http://",
          "https:///a.png", "https://example.com/a b.png", "https://example.com/a.png\n",
          "https://example.com/a.png\r\nX-Injected: 1", "https://example.com/\t", "javascript://x"})
        check_first_frame(bad, rule::url);
    check_first_frame("https://example.com/\xFF.png", rule::encoding);
    const char* unset = nullptr;
    CHECK(only({.first_frame_url = unset,
                .last_frame_url = "https://example.com/a.png",
                .resolution = wan::resolution::p720})
              .rule == rule::required);
}

TEST_CASE("a scheme in capitals was none: it is one, and goes out as services read it") {
    for (const auto& [given, sent] :
         {std::pair{"OSS://dashscope-instant/Xxx.png", "oss://dashscope-instant/Xxx.png"},
          std::pair{"HttpS://Example.com/A.png", "https://Example.com/A.png"}}) {
        auto request = shot();
        request.first_frame_url = given;
        CHECK(judged(request).empty());
        const auto http = wan::make_submit(support::test_provider(), request).value();
        CHECK(http.body.flatten()->find(sent) != std::string::npos);
        CHECK((wan::find_header(http.headers, "X-DashScope-OssResourceResolve") != nullptr) ==
              std::string_view{sent}.starts_with("oss:"));
    }
    const auto image = support::base64(support::jpeg({750, 1000}));
    for (const char* head :
         {"DATA:image/jpeg;base64,", "data:IMAGE/JPEG;BASE64,", "data:image/jpg;base64,",
          "data:Image/Jpg;charset=utf-8;base64,", "data:image/jpeg;name=\"a.jpg\";charset=binary;base64,",
          "data:image/pjpeg;base64,"}) {
        auto request = shot();
        request.first_frame_url = head + image;
        CHECK_MESSAGE(judged(request).empty(), head);
        const auto body = wan::make_submit(support::test_provider(), request)->body.flatten().value();
        const bool is_as_documented = body.find("\"data:image/jpeg;base64," + image) != std::string::npos ||
                                      body.find("\"data:image/jpg;base64," + image) != std::string::npos ||
                                      body.find("\"data:image/pjpeg;base64," + image) != std::string::npos;
        CHECK_MESSAGE(is_as_documented, head);
    }
    auto mistaken = shot();
    mistaken.first_frame_url = "data:image/jpg;base64," + support::base64(support::png({750, 1000}));
    CHECK(only(mistaken).rule == rule::type);
    check_first_frame("data:;base64,QUJD", rule::one_of);
    check_first_frame("data:image/png;base64x,QUJD", rule::url);

    auto who = wan::dashscope::at("HTTPS://dashscope-intl.aliyuncs.com/api/v1", "sk-1");
    CHECK(who.region == wan::region::singapore);
    CHECK(wan::make_submit(who, shot()));
    CHECK(wan::make_submit(wan::dashscope::at("HTTP://127.0.0.1:8080/api/v1", "sk-1"), shot()));
    CHECK_FALSE(
        wan::make_submit(wan::dashscope::at("HTTP://dashscope-intl.aliyuncs.com/api/v1", "sk-1"), shot()));
}

TEST_CASE("a frame where only its own network can fetch it is a warning, unless the service is there, too") {
    const auto warned = [](const char* url, const wan::provider& who) {
        auto request = shot();
        request.first_frame_url = url;
        const auto found = wan::validate(who, request);
        for (const auto& v : found) {
            CHECK(v.rule == rule::url);
            CHECK(v.severity == severity::warning);
        }
        return !found.empty();
    };
    for (const char* url : {"http://10.1.2.3/a.png",        "https://172.16.0.1/a.png",
                            "http://172.31.255.255/a.png",  "http://192.168.1.20:8000/a.png",
                            "http://169.254.169.254/a.png", "http://127.0.0.1:8000/a.png",
                            "http://127.1/a.png",           "http://0x7f000001/a.png",
                            "http://2130706433/a.png",      "http://0177.0.0.1/a.png",
                            "http://[::1]/a.png",           "http://[fd12:3456::1]/a.png",
                            "http://[fe80::1]/a.png",       "http://[::ffff:192.168.1.1]/a.png",
                            "http://localhost/a.png",       "HTTP://LOCALHOST:8000/a.png",
                            "http://nas.local/a.png",       "http://nas.local./a.png",
                            "http://app.localhost/a.png",   "http://0.0.0.0:8000/a.png"}) {
        CHECK_MESSAGE(warned(url, support::test_provider()), url);
        CHECK_MESSAGE(!warned(url, wan::dashscope::at("http://127.0.0.1:8080/api/v1", "k")), url);
        CHECK_MESSAGE(!warned(url, wan::dashscope::at("https://192.168.1.5/api/v1", "k")), url);
    }
    for (const char* url : {"http://172.32.0.1/a.png", "http://11.0.0.1/a.png", "http://8.8.8.8/a.png",
                            "http://10.example.com/a.png", "https://local/a.png",
                            "https://localhost.example.com/a.png", "http://[2001:db8::1]/a.png",
                            "http://[fec::1]/a.png", "oss://10.0.0.1/a.png", "http://192.169.0.1/a.png"})
        CHECK_MESSAGE(!warned(url, support::test_provider()), url);
}

TEST_CASE("a path in the place of a URL is answered with what to do") {
    for (const char* path : {"first.png", "/tmp/first.png", "C:\\shots\\first.png", "file:///tmp/first.png",
                             "FILE:///tmp/first.png"}) {
        auto request = shot();
        request.first_frame_url = path;
        CHECK_MESSAGE(only(request).message.find("bytes with wan::media::owned") != std::string::npos, path);
        CHECK(only(request).rule == rule::url);
    }
}

TEST_CASE("a file URL is percent-decoded and may name localhost") {
    using wan::path_of_file_url;
    CHECK(path_of_file_url("file:///tmp/a%20b.png") == "/tmp/a b.png");
    CHECK(path_of_file_url("file://localhost/tmp/%E5%86%99.png") == "/tmp/\u5199.png");
    CHECK(path_of_file_url("FILE://LOCALHOST/tmp/100%25.png") == "/tmp/100%.png");
    CHECK(path_of_file_url("file:/tmp/a.png") == "/tmp/a.png");
    CHECK(path_of_file_url("file:///tmp/a%2Fb+c.png") == "/tmp/a/b+c.png");
    for (const char* bad :
         {"file://nas/share/a.png", "file:a.png", "file://", "file://localhost", "file:///a%00b.png",
          "file:///a%2", "file:///a%zz.png", "https://x/a.png", "a.png"})
        CHECK_MESSAGE(!path_of_file_url(bad), bad);
    CHECK_FALSE(path_of_file_url({"file:///a\0b.png", 16})); // as it is, not encoded
}

TEST_CASE("a base URL without the service's path is a warning that names the path") {
    const auto warned = [](const wan::provider& who) {
        for (const auto& v : wan::validate(who, shot()))
            if (v.field == "base_url" && v.severity == severity::warning) return true;
        return false;
    };
    for (const char* url : {"https://dashscope-intl.aliyuncs.com", "https://dashscope-intl.aliyuncs.com/",
                            "https://dashscope-intl.aliyuncs.com/api", "https://relay.example/api/v10"})
        CHECK_MESSAGE(warned(wan::dashscope::at(url, "k")), url);
    for (const char* url : {"https://dashscope-intl.aliyuncs.com/api/v1/", "https://api.302.ai/aliyun/api/v1",
                            "https://relay.example/dashscope/api/v1/proxy"})
        CHECK_MESSAGE(!warned(wan::dashscope::at(url, "k")), url);
    CHECK(warned(wan::sinancode::at("https://api.sinancode.com", "k")));
    CHECK_FALSE(warned(wan::sinancode::provider("k")));
    // A table of one's own whose routes have the path has nothing of it in the base URL.
    auto relay = wan::dashscope::api;
    static constexpr wan::submit_route<wan::keyframe_to_video> route{
        "",
        "/wan/api/v1/x",
        {[](std::string& out, const wan::keyframe_to_video&, std::string_view,
            std::vector<wan::json::medium_slot>*) { out = "{}"; },
         [](std::string_view) noexcept { return std::string_view{}; },
         [](const wan::keyframe_to_video&, std::string_view) noexcept { return false; }}};
    relay.jobs.keyframe_to_video.routes = {&route, 1};
    CHECK_FALSE(warned(wan::provider{.dialect = &relay, .base_url = "https://relay.example", .key = "k"}));
    CHECK_FALSE(warned(wan::jiekou::provider("k")));
}

TEST_CASE("a frame can be a data URL of an image") {
    constexpr wan::frame_size size{750, 1000};
    for (const auto& image :
         {std::pair{"image/jpeg", support::jpeg(size)}, std::pair{"image/png", support::png(size)},
          std::pair{"image/bmp", support::bmp(size)}, std::pair{"image/webp", support::webp(size)}}) {
        auto request = shot();
        request.first_frame_url =
            "data:" + std::string{image.first} + ";base64," + support::base64(image.second);
        CHECK_MESSAGE(judged(request).empty(), image.first);
    }
    check_first_frame("data:image/gif;base64,QUJD", rule::one_of);
    check_first_frame("data:text/html;base64,QUJD", rule::one_of);
    for (const char* bad : {"data:image/png,QUJD", "data:image/png;base64,", "data:image/png;base64,QUJ",
                            "data:image/png;base64,QU JD", "data:image/png;base64,QUJD\n", "data:"})
        check_first_frame(bad, rule::url);
}

TEST_CASE("an inline frame has at most 10 MB") {
    auto request = shot();
    const std::string head = "data:image/png;base64,";
    const auto of_size = [&](std::size_t bytes) {
        return head + support::base64(support::png({750, 1000}, support::png_colour::rgb,
                                                   bytes - support::png({1, 1}).size()));
    };
    request.first_frame_url = of_size(10 << 20);
    CHECK(judged(request).empty());
    check_first_frame(of_size((10 << 20) + 1), rule::max_bytes);
}

TEST_CASE("a last frame alone is no request") {
    wan::keyframe_to_video request{.last_frame_url = "https://example.com/last.png",
                                   .resolution = wan::resolution::p720};
    const auto v = only(request);
    CHECK(v.field == "first_frame_url");
    CHECK(v.rule == rule::required);
}

TEST_CASE("a missing last frame is a warning: the documents disagree") {
    const auto v =
        only({.first_frame_url = "https://example.com/first.png", .resolution = wan::resolution::p720});
    CHECK(v.field == "last_frame_url");
    CHECK(v.severity == severity::warning);
}

TEST_CASE("a template makes prompt and last frame useless, and only Beijing knows templates") {
    auto request = shot();
    request.model = "wanx2.1-kf2v-plus";
    request.template_ = "hanfu-1";
    request.prompt = "x";
    const auto found = wan::validate(wan::dashscope::provider("k", wan::region::beijing), request);
    REQUIRE(found.size() == 2);
    for (const auto& v : found) {
        CHECK(v.rule == rule::ignored);
        CHECK(v.severity == severity::warning);
    }
    wan::keyframe_to_video plain{.first_frame_url = "https://example.com/a.png", .template_ = "hanfu-1"};
    plain.model = "wanx2.1-kf2v-plus";
    plain.resolution = wan::resolution::p720;
    CHECK(wan::validate(wan::dashscope::provider("k", wan::region::beijing), plain).empty());
    plain.template_ = "hufu-1";
    CHECK(wan::validate(wan::dashscope::provider("k", wan::region::beijing), plain).at(0).rule ==
          rule::unknown);
    plain.model = "wan2.2-kf2v-flash";
    CHECK(only(plain).rule == rule::region);
    CHECK(only(plain).severity == severity::warning);
    CHECK(only(plain).message == "template: the provider documents effects of this model for beijing only, "
                                 "not for singapore; use another region, or test it");
}

TEST_CASE("an unknown model gets a warning and the widest limits") {
    auto request = shot();
    request.model = "wan9-kf2v";
    request.duration = 30;
    request.prompt = repeated("x", 20'000);
    const auto v = only(request);
    CHECK(v.rule == rule::unknown);
    CHECK(v.severity == severity::warning);
    request.prompt = repeated("x", 20'001);
    request.duration = 31;
    const auto found = judged(request);
    CHECK(found.size() == 3);
    CHECK(std::none_of(found.begin(), found.end(), wan::is_error));
}

TEST_CASE("an unknown model was refused for limits that no table can know; what it is told goes out with "
          "warnings alone") {
    const auto who = support::test_provider();
    wan::image_to_video newest{.image_url = "https://example.com/a.png",
                               .audio = false,
                               .prompt = repeated("x", 25'000),
                               .template_ = "rose",
                               .model = "wan9.0-video",
                               .resolution = wan::resolution::p480,
                               .shot_type = wan::shot_type::multi,
                               .seed = -2};
    for (const int seconds : {40, 60, -2, 0}) {
        newest.duration = seconds;
        const auto found = wan::validate(who, newest);
        for (const auto& v : found) CHECK_MESSAGE(v.severity == severity::warning, v.message);
        const auto said = [&](const char* field) {
            return std::any_of(found.begin(), found.end(), [&](const wan::violation& v) {
                return v.field == field && !v.message.empty();
            });
        };
        for (const char* field : {"model", "duration", "prompt", "seed"}) CHECK_MESSAGE(said(field), field);
        const auto request = wan::make_submit(who, newest);
        REQUIRE(request);
        const auto body = request->body.flatten().value();
        for (const auto& part : {"\"audio\":false", "\"template\":\"rose\"", "\"shot_type\":\"multi\"",
                                 "\"seed\":-2", "\"resolution\":\"480P\""})
            CHECK_MESSAGE(body.find(part) != std::string::npos, part);
        CHECK(body.find("\"duration\":" + std::to_string(seconds)) != std::string::npos);
        CHECK_FALSE(wan::make_submit(who, newest, wan::strictness::strict));
    }
    // Also of its media.
    newest.image_url = wan::media{
        support::shared_bytes(support::png({9000, 100}, support::png_colour::rgba, 21 << 20), true),
        {},
        wan::media_transfer::inline_data};
    newest.audio_url = wan::media{support::shared_bytes(support::wav(60'000), true)};
    newest.audio = {};
    for (const auto& v : wan::validate(who, newest))
        CHECK_MESSAGE(v.severity == severity::warning, v.message);
    newest.image_url = "data:image/avif;base64,QUJD";
    CHECK(wan::make_submit(who, wan::image_to_video{.image_url = newest.image_url, .model = "wan9.0-video"}));
    // Keyframes, by either form, and a continuation.
    for (const char* model : {"wan9.0-video", "wan9-kf2v"}) {
        auto frames = shot();
        frames.model = model;
        frames.template_ = "new-effect";
        frames.driving_audio_url = "https://example.com/a.mp3";
        frames.duration = 60;
        const auto request = wan::make_submit(who, frames);
        REQUIRE_MESSAGE(request, model);
        for (const char* part : {"new-effect", "https://example.com/a.mp3"})
            CHECK_MESSAGE(request->body.flatten().value().find(part) != std::string::npos, model);
    }
    CHECK(wan::make_submit(who, wan::video_continuation{.first_clip_url = "https://example.com/a.mp4",
                                                        .model = "wan9.0-video",
                                                        .duration = 60}));
}

TEST_CASE("what no model can be told is refused for an unknown one, too") {
    const auto who = support::test_provider();
    const wan::image_to_video plain{.image_url = "https://example.com/a.png", .model = "wan3.0-video"};
    const auto refused = [&](auto change) {
        auto request = plain;
        change(request);
        return !wan::make_submit(who, request);
    };
    CHECK(refused([](auto& r) { r.image_url = wan::media{}; }));
    CHECK(refused([](auto& r) { r.image_url = "first.png"; }));
    CHECK(refused([](auto& r) { r.image_url = "data:image/avif;base64,QUJ"; }));
    CHECK(refused([](auto& r) { r.prompt = "caf\xE9"; }));
    CHECK(refused([](auto& r) { r.resolution = static_cast<wan::resolution>(99); }));
    CHECK(refused([](auto& r) { r.shot_type = static_cast<wan::shot_type>(99); }));
    CHECK(refused([](auto& r) {
        r.image_url = wan::media{support::shared_bytes(support::png({750, 1000}).substr(0, 20), true)};
    }));
}

TEST_CASE("a mistyped model is answered with the nearest, and with the models of this job alone") {
    auto request = shot();
    request.model = "wan2.2-kf2v-flahs";
    const auto v = only(request);
    CHECK(v.message.find("did you mean wan2.2-kf2v-flash") != std::string::npos);
    CHECK(v.message.find("i2v-flash") == std::string::npos); // makes no video of two frames
    CHECK(v.message.find("wan2.7-i2v") != std::string::npos);
    request.model = "WAN2.2-KF2V-FLASH";
    CHECK(only(request).message.find("did you mean wan2.2-kf2v-flash") != std::string::npos);
    request.model = "something else";
    CHECK(only(request).message.find("did you mean") == std::string::npos);

    // A name that was cut short is meant only if no other name is similar.
    wan::image_to_video image{.image_url = "https://example.com/a.png"};
    for (const auto& [text, meant] : {std::pair{"wan2.6-i2v-falsh", "wan2.6-i2v-flash"},
                                      {"wan2.7-i2", "wan2.7-i2v"},
                                      {"wan2.2-i2v-pl", "wan2.2-i2v-plus"},
                                      {"wan2.7-i2v-longer", "wan2.7-i2v"}}) {
        const std::string given = text; // Clang 14 does not capture structured bindings
        CAPTURE(given);
        image.model = given;
        std::string said;
        for (const auto& found : wan::validate(support::test_provider(), image)) said += found.message + "\n";
        CHECK_MESSAGE(said.find(std::string{"did you mean "} + meant + "?") != std::string::npos, said);
    }
}

TEST_CASE("a model that is set must have a name") {
    auto request = shot();
    request.model = "";
    bool refused = false;
    for (const auto& v : judged(request)) refused = refused || (v.field == "model" && is_error(v));
    CHECK(refused);
}

TEST_CASE("all violations come at once, in the order of the members") {
    wan::keyframe_to_video request{.first_frame_url = "ftp://x",
                                   .prompt = repeated("x", 801),
                                   .negative_prompt = repeated("x", 501),
                                   .duration = 8,
                                   .seed = -1};
    const auto failed = wan::make_task(support::test_provider(), request, wan::no_wall_clock);
    REQUIRE_FALSE(failed);
    std::string fields;
    const auto why = failed.error();
    for (const auto& v : why.violations) fields += v.field + " ";
    CHECK(fields == "first_frame_url prompt negative_prompt resolution duration seed last_frame_url ");
    CHECK(why.category == wan::error_category::invalid_request);
}

TEST_CASE("the caller chooses what refuses") {
    const auto who = support::test_provider();
    const wan::keyframe_to_video warned{.first_frame_url = "https://example.com/a.png"};
    CHECK(wan::make_submit(who, warned, wan::strictness::standard));
    CHECK_FALSE(wan::make_submit(who, warned, wan::strictness::strict));
    auto wrong = shot();
    wrong.duration = 8;
    CHECK_FALSE(wan::make_submit(who, wrong, wan::strictness::standard));
    CHECK(wan::make_submit(who, wrong, wan::strictness::off));
}

TEST_CASE("the key goes only where it is safe, with every strictness") {
    for (const char* bad :
         {"http://dashscope-intl.aliyuncs.com/api/v1", "ftp://host/api/v1", "host/api/v1", "",
          "https://user:pass@host/api/v1", "https://host/api/v1?x=1", "https://host/api/v1#x",
          "https://host/\napi", "http://127.0.0.1@evil.example/api/v1"}) {
        CAPTURE(std::string{bad});
        const auto failed = wan::make_submit(wan::dashscope::at(bad, "sk-1"), shot(), wan::strictness::off);
        REQUIRE_FALSE(failed);
        CHECK(failed.error().violations.front().field == "base_url");
    }
    for (const char* good :
         {"https://host", "https://ws-1.ap-southeast-1.maas.aliyuncs.com/api/v1/",
          "http://127.0.0.1:8080/api/v1", "http://localhost/qwen/api/v1", "http://[::1]:1/api/v1"})
        CHECK_MESSAGE(wan::make_submit(wan::dashscope::at(good, "sk-1"), shot()), good);
}

TEST_CASE("a key that is missing or fits no header is refused without being shown") {
    for (const char* bad : {"", "sk-secret\n", "sk-secret\r\nX-Injected: 1", "sk secret"}) {
        const auto failed = wan::make_submit(wan::dashscope::provider(bad, wan::region::singapore), shot(),
                                             wan::strictness::off);
        REQUIRE_FALSE(failed);
        CHECK(failed.error().violations.front().field == "api_key");
        CHECK(to_string(failed.error()).find("secret") == std::string::npos);
    }
}
