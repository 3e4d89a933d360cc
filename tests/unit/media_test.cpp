// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"
#include "support/files.hpp"
#include "support/golden.hpp"

#include <wan/wan.hpp>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

using namespace support;
using wan::media_transfer;
using wan::rule;

namespace {

const auto dashscope = wan::dashscope::provider("sk-test-secret", wan::region::singapore);

wan::media from(const std::string& bytes, std::string name = {},
                media_transfer how = media_transfer::automatic) {
    return wan::media{shared_bytes(bytes, true), std::move(name), how};
}

wan::keyframe_to_video frames_of(wan::media first, std::string model = "wan2.2-kf2v-flash") {
    return {.first_frame_url = std::move(first),
            .last_frame_url = "https://x/last.png",
            .model = std::move(model),
            .resolution = wan::resolution::p720};
}

/// Of one field; warnings too.
template <class Request>
std::vector<wan::violation> found_in(std::string_view field, const Request& request,
                                     const wan::provider& who = dashscope) {
    auto found = wan::validate(who, request);
    std::erase_if(found, [&](const wan::violation& v) { return v.field != field; });
    return found;
}

struct expected {
    wan::rule rule;
    wan::severity severity;
    std::string value;
    std::string message;
};

template <class Request>
void check_violation(std::string_view field, const Request& request, const expected& e,
                     const wan::provider& who = dashscope) {
    const auto found = found_in(field, request, who);
    REQUIRE(found.size() == 1);
    CHECK(found[0].rule == e.rule);
    CHECK(found[0].severity == e.severity);
    CHECK(found[0].value == e.value);
    CHECK(found[0].message == e.message);
}

constexpr auto error = wan::severity::error;
constexpr auto warning = wan::severity::warning;

} // namespace

TEST_CASE("an image within the limits passes, in memory or in a file of the host's") {
    for (const bool in_memory : {true, false})
        CHECK(found_in("first_frame_url", frames_of(wan::media{shared_bytes(png({750, 1000}), in_memory)}))
                  .empty());
    const auto bytes = png({750, 1000});
    CHECK(found_in("first_frame_url",
                   frames_of(wan::media::borrowed(std::as_bytes(std::span{bytes}), "first.png")))
              .empty());
    CHECK(found_in("first_frame_url", frames_of("data:image/png;base64," + base64(bytes))).empty());
}

TEST_CASE("every wrong image is refused, with what was measured and what is allowed") {
    check_violation(
        "first_frame_url", frames_of(from(png({200, 1000}))),
        {rule::range, error, "200x1000 pixels",
         "first_frame_url: 200x1000 pixels; wan2.2-kf2v-flash accepts sides of 240 to 8000 pixels"});
    check_violation(
        "first_frame_url", frames_of(from(png({1000, 8001}))),
        {rule::range, error, "1000x8001 pixels",
         "first_frame_url: 1000x8001 pixels; wan2.2-kf2v-flash accepts sides of 240 to 8000 pixels"});
    check_violation("first_frame_url", frames_of(from(png({750, 1000}, png_colour::rgba))),
                    {rule::alpha, error, "image/png with an alpha channel",
                     "first_frame_url: image/png with an alpha channel; remove it, for example with "
                     "ImageMagick: `convert IN -background white -alpha remove -alpha off PNG24:OUT`; "
                     "wan2.2-kf2v-flash accepts images without an alpha channel"});
    check_violation("first_frame_url", frames_of(from(png({750, 1000}, png_colour::rgb, 10 << 20))),
                    {rule::max_bytes, error, std::to_string(png({1, 1}).size() + (10 << 20)) + " bytes",
                     "first_frame_url: " + std::to_string(png({1, 1}).size() + (10 << 20)) +
                         " bytes; wan2.2-kf2v-flash accepts at most 10485760 bytes"});
    check_violation("first_frame_url",
                    frames_of(from(png({8000, 900}), {}, media_transfer::upload), "wan2.7-i2v"),
                    {rule::range, error, "8.8:1",
                     "first_frame_url: 8000x900 pixels, 8.8:1; wan2.7-i2v accepts ratios from 1:8 to 8:1"});
    check_violation("first_frame_url", frames_of(from("GIF89a and so on")),
                    {rule::one_of, error, "",
                     "first_frame_url: not a JPEG, PNG, BMP or WebP image; wan2.2-kf2v-flash accepts "
                     "image/jpeg, image/png, image/bmp or image/webp"});
    CHECK(found_in("first_frame_url", frames_of(from("")))[0].severity == error);
    const auto cut = found_in("first_frame_url", frames_of(from(png({750, 1000}).substr(0, 20))));
    REQUIRE(cut.size() == 1);
    CHECK(cut[0].rule == rule::unreadable);
    CHECK(cut[0].value == "image/png");
    const unreadable_bytes broken{1000, 0};
    const auto unread = found_in(
        "first_frame_url",
        frames_of(wan::media{std::shared_ptr<const wan::byte_source>{std::shared_ptr<void>{}, &broken}}));
    REQUIRE(unread.size() == 1);
    CHECK(unread[0].rule == rule::unreadable);
    CHECK(unread[0].message == "first_frame_url: the bytes cannot be read; check that the file was not "
                               "changed or removed");
}

TEST_CASE("what is wrong with a file names the file, and an empty one is said to be empty") {
    check_violation("first_frame_url", frames_of(from(png({200, 1000}), "shots/first.png")),
                    {rule::range, error, "200x1000 pixels",
                     "first_frame_url: shots/first.png: 200x1000 pixels; wan2.2-kf2v-flash accepts sides of "
                     "240 to 8000 pixels"});
    check_violation(
        "first_frame_url", frames_of(from("", "empty.png")),
        {rule::unreadable, error, "",
         "first_frame_url: empty.png: the file is empty, or could not be read; check its name and size"});
    const auto odd = found_in("first_frame_url", frames_of(from("", "a\x1B[2Jz.png")));
    REQUIRE(odd.size() == 1);
    CHECK(odd[0].message.find('\x1B') == std::string::npos);
}

TEST_CASE("no bytes are no image, whatever they are called") {
    const wan::media nothing{std::shared_ptr<const wan::byte_source>{}, "https://x/a.png"};
    CHECK(nothing.url().empty());
    CHECK(!wan::make_submit(dashscope, frames_of(nothing)));
}

TEST_CASE("between the limits of two documents there is a warning") {
    check_violation("first_frame_url", frames_of(from(png({300, 1000}))),
                    {rule::range, warning, "300x1000 pixels",
                     "first_frame_url: 300x1000 pixels; wan2.2-kf2v-flash accepts sides of 360 to 2000 "
                     "pixels, according to some documents"});
}

TEST_CASE("what a medium was said to be is held against what it is") {
    check_violation(
        "first_frame_url", frames_of(from(png({750, 1000}), "first.jpg")),
        {rule::type, warning, "image/png",
         "first_frame_url: first.jpg: labelled .jpg but contains image/png; correct the name or type"});
    check_violation(
        "first_frame_url", frames_of("data:image/jpeg;base64," + base64(png({750, 1000}))),
        {rule::type, error, "image/png",
         "first_frame_url: labelled image/jpeg but contains image/png; correct the name or type"});
    CHECK(found_in("first_frame_url", frames_of(from(png({750, 1000}), "FIRST.PNG"))).empty());
    CHECK(found_in("first_frame_url", frames_of(from(png({750, 1000}), "first"))).empty());
}

TEST_CASE("an image within a data URL is looked at like any other") {
    check_violation(
        "first_frame_url", frames_of("data:image/png;base64," + base64(png({200, 1000}))),
        {rule::range, error, "200x1000 pixels",
         "first_frame_url: 200x1000 pixels; wan2.2-kf2v-flash accepts sides of 240 to 8000 pixels"});
}

TEST_CASE("every wrong sound and clip is refused, with what was measured and what is allowed") {
    const auto sound = [](const std::string& bytes) {
        return wan::image_to_video{.image_url = "https://x/a.png",
                                   .audio_url = from(bytes),
                                   .model = "wan2.6-i2v",
                                   .resolution = wan::resolution::p720,
                                   .duration = 5};
    };
    CHECK(found_in("audio_url", sound(wav(3000))).empty());
    CHECK(found_in("audio_url", sound(wav(30'000))).empty());
    check_violation(
        "audio_url", sound(wav(2900)),
        {rule::range, error, "2.9 seconds", "audio_url: 2.9 seconds; wan2.6-i2v accepts 3 to 30 seconds"});
    check_violation(
        "audio_url", sound(wav(30'500)),
        {rule::range, error, "30.5 seconds", "audio_url: 30.5 seconds; wan2.6-i2v accepts 3 to 30 seconds"});
    check_violation("audio_url", sound(png({1000, 1000})),
                    {rule::one_of, error, "image/png",
                     "audio_url: not a WAV or MP3 sound; wan2.6-i2v accepts audio/wav or audio/mpeg"});

    const auto clip = [](const std::string& bytes) {
        return wan::video_continuation{.first_clip_url = from(bytes),
                                       .model = "wan2.7-i2v",
                                       .resolution = wan::resolution::p720,
                                       .duration = 15};
    };
    CHECK(found_in("first_clip_url", clip(mp4({1280, 720}, 3000))).empty());
    check_violation("first_clip_url", clip(mp4({1280, 720}, 1500)),
                    {rule::range, error, "1.5 seconds",
                     "first_clip_url: 1.5 seconds; wan2.7-i2v accepts 2 to 10 seconds"});
    check_violation("first_clip_url", clip(mp4({1280, 720}, 10'001)),
                    {rule::range, error, "10.001 seconds",
                     "first_clip_url: 10.001 seconds; wan2.7-i2v accepts 2 to 10 seconds"});
    check_violation("first_clip_url", clip(mp4({200, 720}, 3000)),
                    {rule::range, error, "200x720 pixels",
                     "first_clip_url: 200x720 pixels; wan2.7-i2v accepts sides of 240 to 4096 pixels"});
    check_violation("first_clip_url", clip(mp4({4000, 400}, 3000)),
                    {rule::range, error, "10:1",
                     "first_clip_url: 4000x400 pixels, 10:1; wan2.7-i2v accepts ratios from 1:8 to 8:1"});
    auto large = mp4({1280, 720}, 3000);
    large.resize(100 << 20, '\0');
    large += '\0';
    const auto found = found_in("first_clip_url", clip(large));
    REQUIRE(!found.empty());
    CHECK(found[0].message == "first_clip_url: 104857601 bytes; wan2.7-i2v accepts at most 104857600 bytes");
}

TEST_CASE("a length that is only estimated warns and never refuses") {
    auto coded = wav(60'000);
    coded[20] = '\x55'; // MP3 in a WAV, whose rate of bytes is an average
    const wan::image_to_video shot{.image_url = "https://x/a.png",
                                   .audio_url = from(coded),
                                   .model = "wan2.6-i2v",
                                   .resolution = wan::resolution::p720,
                                   .duration = 5};
    check_violation(
        "audio_url", shot,
        {rule::range, warning, "about 60 seconds",
         "audio_url: about 60 seconds, estimated from its headers; wan2.6-i2v accepts 3 to 30 seconds"});
}

TEST_CASE("sound in MP4 is refused as what it is") {
    auto clip = mp4({1280, 720}, 3000);
    clip.replace(clip.find("vide"), 4, "soun");
    const wan::image_to_video shot{.image_url = "https://x/a.png",
                                   .audio_url = from(clip, "song.m4a"),
                                   .model = "wan2.6-i2v",
                                   .resolution = wan::resolution::p720,
                                   .duration = 5};
    check_violation("audio_url", shot,
                    {rule::one_of, error, "audio/mp4",
                     "audio_url: song.m4a: M4A (sound in MP4), not a WAV or MP3 sound; wan2.6-i2v accepts "
                     "audio/wav or audio/mpeg"});
}

TEST_CASE("a video no longer than its clip has nothing new in it") {
    const wan::video_continuation request{.first_clip_url = from(mp4({1280, 720}, 6000)),
                                          .model = "wan2.7-i2v",
                                          .resolution = wan::resolution::p720,
                                          .duration = 5};
    check_violation(
        "duration", request,
        {rule::range, warning, "5 seconds",
         "duration: 5 seconds in total, but the given clip alone lasts 6 seconds; set a longer duration"});
}

TEST_CASE("a small image goes within the request, a large one and every recording is uploaded") {
    using wan::media_kind;
    using wan::media_route;
    const auto at_dashscope = wan::media_support_of(wan::dashscope::api),
               at_sinancode = wan::media_support_of(wan::sinancode::api),
               at_jiekou = wan::media_support_of(wan::jiekou::api);
    const auto small = from(png({750, 1000})), large = from(png({750, 1000}, png_colour::rgb, 8 << 20));
    CHECK(wan::media_route_of(at_dashscope, media_kind::image, "https://x/a.png") == media_route::url);
    CHECK(wan::media_route_of(at_dashscope, media_kind::image, small) == media_route::inline_data);
    CHECK(wan::media_route_of(at_dashscope, media_kind::image, large) == media_route::upload);
    CHECK(wan::media_route_of(at_dashscope, media_kind::recording, small) == media_route::upload);
    CHECK(wan::media_route_of(at_sinancode, media_kind::image, large) == media_route::inline_data);
    CHECK(wan::media_route_of(at_sinancode, media_kind::recording, small) == media_route::none);
    CHECK(wan::media_route_of(at_jiekou, media_kind::image, small) == media_route::none);

    const auto must_inline =
        from(png({750, 1000}, png_colour::rgb, 8 << 20), {}, media_transfer::inline_data);
    CHECK(wan::media_route_of(at_dashscope, media_kind::image, must_inline) == media_route::inline_data);
    CHECK(wan::media_route_of(at_dashscope, media_kind::recording, must_inline) == media_route::none);
    const auto must_upload = from(png({750, 1000}), {}, media_transfer::upload);
    CHECK(wan::media_route_of(at_dashscope, media_kind::image, must_upload) == media_route::upload);
    CHECK(wan::media_route_of(at_sinancode, media_kind::image, must_upload) == media_route::none);
}

TEST_CASE("a service that takes no bytes says what to do instead") {
    const wan::keyframe_to_video shot{.first_frame_url = from(png({750, 1000}), "first.png"),
                                      .last_frame_url = "https://x/b.png",
                                      .resolution = wan::resolution::p720};
    check_violation("first_frame_url", shot,
                    {rule::unsupported, error, "first.png",
                     "first_frame_url: first.png cannot be sent: jiekou accepts only URLs; host the file "
                     "where the provider can fetch it by http or https, and pass that URL"},
                    wan::jiekou::provider("k"));
    auto upload = shot;
    upload.first_frame_url = from(png({750, 1000}), "first.png", media_transfer::upload);
    upload.model = "wan2.2-kf2v-flash";
    check_violation("first_frame_url", upload,
                    {rule::unsupported, error, "first.png",
                     "first_frame_url: first.png cannot be uploaded: sinancode has no file store; send it in "
                     "the request"},
                    wan::sinancode::provider("k"));
    // Not even when nothing is checked: there is no way to send it.
    CHECK(!wan::make_submit(wan::jiekou::provider("k"), shot, wan::strictness::off));
}

TEST_CASE(
    "the bytes of an image stand in the body as base64, the sample of the API reference with real ones") {
    const auto bytes = png({750, 1000}), other = png({1000, 750});
    wan::keyframe_to_video shot{.first_frame_url = from(bytes),
                                .last_frame_url = from(other),
                                .prompt = "p",
                                .model = "wan2.2-kf2v-flash",
                                .resolution = wan::resolution::p480,
                                .prompt_extend = true};
    const auto expected =
        R"({"model":"wan2.2-kf2v-flash","input":{"first_frame_url":"data:image/png;base64,)" + base64(bytes) +
        R"(","last_frame_url":"data:image/png;base64,)" + base64(other) +
        R"(","prompt":"p"},"parameters":{"resolution":"480P","prompt_extend":true}})";
    const auto request = wan::make_submit(dashscope, shot);
    REQUIRE(request);
    CHECK(request->body.size() == expected.size());
    CHECK(*request->body.flatten() == expected);
    CHECK(wan::find_header(request->headers, "X-DashScope-OssResourceResolve") == nullptr);

    SUBCASE("beside extra fields") {
        shot.extra = {{"/input/x", std::string{"y"}}};
        CHECK(equal_as_json(*wan::make_submit(dashscope, shot)->body.flatten(),
                            expected.substr(0, expected.find("},\"parameters")) + R"(,"x":"y")" +
                                expected.substr(expected.find("},\"parameters"))));
    }
    SUBCASE("where an extra field takes the place of the medium, the medium is not sent") {
        shot.extra = {{"/input/last_frame_url", std::string{"https://x/c.png"}}};
        CHECK(request->body.size() > wan::make_submit(dashscope, shot)->body.size());
        CHECK(parse_json(*wan::make_submit(dashscope, shot)->body.flatten())
                  .at("input")
                  .at("last_frame_url")
                  .as_string() == "https://x/c.png");
    }
    SUBCASE("whatever the texts of the request say") {
        shot.prompt = "medium first_frame_url\" \"medium x";
        shot.negative_prompt = "medium first_frame_url";
        const auto body = parse_json(*wan::make_submit(dashscope, shot)->body.flatten());
        CHECK(body.at("input").at("prompt").as_string() == *shot.prompt);
        CHECK(body.at("input").at("negative_prompt").as_string() == *shot.negative_prompt);
        CHECK(std::string_view{body.at("input").at("first_frame_url").as_string()}.ends_with(base64(bytes)));
    }
}

TEST_CASE("a submit whose media must be uploaded is not made without them") {
    const auto refused =
        wan::make_submit(dashscope, frames_of(from(png({750, 1000}), {}, media_transfer::upload)));
    REQUIRE(!refused);
    CHECK(refused.error().message.find("first_frame_url: must be uploaded first") != std::string::npos);
}

TEST_CASE("a path in the place of a URL: what to do with a file is said") {
    for (const char* path : {"frames/first.png", "/home/me/first.png", "first.png"}) {
        const auto found = found_in("first_frame_url", frames_of(wan::media{path}));
        REQUIRE_MESSAGE(found.size() == 1, path);
        CHECK(found[0].rule == rule::url);
        CHECK_MESSAGE(found[0].message.find("pass the file's bytes with wan::media::owned") !=
                          std::string::npos,
                      found[0].message);
    }
}
