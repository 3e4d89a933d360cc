// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The jobs that refer to images, clips and sounds: what each model accepts, and how it is sent.
#include "support/doctest.hpp"
#include "support/golden.hpp"

#include <wan/protocol/submit.hpp>
#include <wan/provider/dashscope.hpp>
#include <wan/provider/jiekou.hpp>
#include <wan/provider/validate.hpp>
#include <wan/request/for_each_medium.hpp>
#include <wan/request/json.hpp>
#include <wan/video/cost.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

TEST_SUITE_BEGIN("reference to video");

using namespace wan;
constexpr auto reference_image = reference_type::reference_image,
               reference_video = reference_type::reference_video,
               reference_audio = reference_type::reference_audio;

namespace {

const auto service = dashscope::provider("k", region::singapore);

reference refer(reference_type type, const char* url) {
    reference each;
    each.type = type;
    each.url = std::string{url};
    return each;
}

std::vector<reference> many(reference_type type, int count) {
    std::vector<reference> all;
    for (; count > 0; --count) all.push_back(refer(type, "https://example.com/1"));
    return all;
}

reference_to_video made_of(std::vector<reference> references, std::string_view model = "wan2.7-r2v") {
    reference_to_video request;
    request.references = std::move(references);
    request.prompt = "Image 1 sings";
    request.model = std::string{model};
    return request;
}

template <class Request>
std::string body_of(const provider& who, const Request& request) {
    const auto http = make_submit(who, request);
    REQUIRE_MESSAGE(http, to_string(http.error()));
    return *http->body.flatten();
}

using fields = std::vector<std::string>;

template <class Request>
fields refused(const provider& who, const Request& request) {
    fields found;
    for (const auto& v : validate(who, request))
        if (v.severity == severity::error) found.push_back(v.field);
    return found;
}

} // namespace

TEST_CASE("2.7 takes a media list, with voices and descriptions") {
    auto request = made_of({refer(reference_image, "https://example.com/a.png"),
                            refer(reference_video, "https://example.com/b.mp4")});
    request.references[0].reference_voice = media{"https://example.com/a.mp3"};
    request.references[0].reference_description = "a \"singer\"";
    request.first_frame_url = media{"https://example.com/f.png"};
    request.resolution = resolution::p720;
    request.ratio = "9:16";
    request.duration = 10;
    request.seed = 7;
    CHECK(support::equal_as_json(body_of(service, request),
                                 R"({"model":"wan2.7-r2v","input":{"prompt":"Image 1 sings","media":[
              {"type":"first_frame","url":"https://example.com/f.png"},
              {"type":"reference_image","url":"https://example.com/a.png",
               "reference_voice":"https://example.com/a.mp3","reference_description":"a \"singer\""},
              {"type":"reference_video","url":"https://example.com/b.mp4"}]},
            "parameters":{"resolution":"720P","ratio":"9:16","duration":10,"seed":7}})"));
}

TEST_CASE("2.6 takes the URLs alone, and a size") {
    auto request = made_of({refer(reference_image, "https://example.com/a.png"),
                            refer(reference_video, "https://example.com/b.mp4")},
                           "wan2.6-r2v");
    request.ratio = "1:1";
    CHECK(support::equal_as_json(body_of(service, request),
                                 R"({"model":"wan2.6-r2v","input":{"prompt":"Image 1 sings",
              "reference_urls":["https://example.com/a.png","https://example.com/b.mp4"]},
            "parameters":{"size":"1440*1440"}})"));
    request.references[0].reference_description = "a singer";
    CHECK(refused(service, request) == fields{"references[0].reference_description"});
}

TEST_CASE("counts: the most pass, one more does not") {
    struct {
        const char* model;
        reference_type type;
        int most;
    } rows[] = {
        {"wan2.7-r2v", reference_image, 5},        {"wan2.7-r2v", reference_video, 5},
        {"wan2.6-r2v", reference_image, 5},        {"wan2.6-r2v", reference_video, 3},
        {"wan3.0-video", reference_image, 10},     {"wan3.0-video", reference_video, 5},
        {"wan3.0-video", reference_audio, 5},      {"wan3.0-video", reference_type::file, 1},
        {"wan3.0-video", reference_type::link, 1}, {"happyhorse-1.1-r2v", reference_image, 9},
    };
    for (const auto& row : rows) {
        CAPTURE(row.model);
        CAPTURE(to_wire(row.type));
        CHECK(refused(service, made_of(many(row.type, row.most), row.model)) == fields{});
        const auto found = refused(service, made_of(many(row.type, row.most + 1), row.model));
        REQUIRE_FALSE(found.empty());
        CHECK(found[0] == "references");
    }
    CHECK(refused(service, made_of({})) == fields{"references"});
    auto both = many(reference_image, 3);
    for (const auto& each : many(reference_video, 3)) both.push_back(each);
    CHECK(refused(service, made_of(both)) == fields{"references"});
    CHECK(refused(service, made_of(many(reference_audio, 1))) == fields{"references[0].url", "references"});
    CHECK(refused(service, made_of(many(reference_video, 1), "happyhorse-1.1-r2v"))[0] ==
          "references[0].url");
}

TEST_CASE("what excludes each other") {
    auto request = made_of(many(reference_video, 1));
    request.duration = 11;
    CHECK(refused(service, request) == fields{"duration"});
    request.references[0].type = reference_image;
    CHECK(refused(service, request) == fields{});
    auto newest = made_of({refer(reference_type::file, "https://example.com/a.pdf"),
                           refer(reference_type::link, "https://example.com/")},
                          "wan3.0-video");
    CHECK(refused(service, newest).size() == 2);
    newest.references.pop_back();
    newest.first_frame_url = media{"https://example.com/f.png"};
    CHECK(refused(service, newest) == fields{"first_frame_url"});
    newest.first_frame_url.reset();
    newest.prompt_extend = false;
    CHECK(refused(service, newest) == fields{});
    CHECK_FALSE(make_submit(service, newest, strictness::strict));
}

TEST_CASE("a type of shot is ignored without an extended prompt") {
    auto request = made_of(many(reference_image, 1), "wan2.6-r2v");
    request.shot_type = shot_type::multi;
    CHECK(validate(service, request).empty());
    request.prompt_extend = false;
    const auto found = validate(service, request);
    REQUIRE(found.size() == 1);
    CHECK(found[0].field == "shot_type");
    CHECK(found[0].rule == rule::ignored);
    CHECK(found[0].severity == severity::warning);
}

TEST_CASE("bytes in a list are no JSON: the element is named") {
    auto request = made_of(many(reference_image, 2));
    request.references[1].url = media::owned(std::vector<std::byte>(8), "a.png");
    const auto text = to_json(request);
    REQUIRE(!text);
    REQUIRE(text.error().violations.size() == 1);
    CHECK(text.error().violations[0].field == "references[1].url");
    CHECK(text.error().violations[0].message ==
          "references[1].url: is given as bytes, which a request in JSON cannot contain; use a URL");
}

TEST_CASE("an element of a list is named by its number") {
    auto request = made_of(many(reference_image, 2));
    request.references[1].url = "file:///a.png";
    const auto found = validate(service, request);
    REQUIRE(found.size() == 1);
    CHECK(found[0].field == "references[1].url");
    CHECK(found[0].path == "/input/media");
    std::vector<std::string> names;
    for_each_medium(request, [&](std::string_view field, media&, std::optional<media_kind> kind) {
        names.emplace_back(field);
        CHECK(kind == media_kind::image);
    });
    CHECK(names == fields{"references[0].url", "references[1].url"});
}

TEST_CASE("requests with lists as JSON") {
    constexpr std::string_view text =
        R"({"job":"reference_to_video","references":[{"type":"reference_image","url":"https://a/1.png"},)"
        R"({"type":"reference_video","url":"https://a/2.mp4","reference_voice":"https://a/3.mp3"}],"ratio":"1:1"})";
    const auto read = read_request(text);
    REQUIRE_MESSAGE(read, to_string(read.error()));
    CHECK(*to_json(*read) == text);
    struct {
        std::string_view list, field;
    } bad[] = {
        {R"("a")", "references"},
        {R"(["a"])", "references[0]"},
        {R"([{"type":"image"}])", "references[0].type"},
        {R"([{},{"uri":"x"}])", "references[1].uri"},
        {R"([{"url":5}])", "references[0].url"},
    };
    for (const auto& row : bad) {
        const auto refused =
            read_request(R"({"job":"reference_to_video","references":)" + std::string{row.list} + "}");
        REQUIRE_FALSE(refused);
        CHECK(refused.error().violations.at(0).field == row.field);
    }
}

TEST_CASE("a video is edited") {
    video_edit request;
    request.video_url = "https://example.com/a.mp4";
    request.references = many(reference_image, 1);
    request.prompt = "make it night";
    request.audio_setting = "origin";
    request.duration = 0;
    CHECK(support::equal_as_json(body_of(service, request),
                                 R"({"model":"wan2.7-videoedit","input":{"prompt":"make it night","media":[
              {"type":"video","url":"https://example.com/a.mp4"},
              {"type":"reference_image","url":"https://example.com/1"}]},
            "parameters":{"duration":0,"audio_setting":"origin"}})"));
    for (const int seconds : {1, 11, -1}) {
        request.duration = seconds;
        CHECK(refused(service, request) == fields{"duration"});
    }
    request.duration = 2;
    request.audio_setting = "loud";
    request.references = many(reference_image, 5);
    CHECK(refused(service, request) == fields{"references", "audio_setting"});
    request = {};
    CHECK(refused(service, request) == fields{"video_url"});
    request.video_url = "https://example.com/a.mp4";
    request.references = many(reference_image, 3);
    CHECK(support::equal_as_json(
        body_of(jiekou::provider("k"), request),
        R"({"video_url":"https://example.com/a.mp4","reference_image_url":"https://example.com/1",
                 "reference_image_url_2":"https://example.com/1","reference_image_url_3":"https://example.com/1"})"));
    request.references = many(reference_image, 4);
    CHECK_FALSE(make_submit(jiekou::provider("k"), request, strictness::off));
}

TEST_CASE("the cost counts given clips; of those whose length is not known it is a lower bound") {
    const price_row prices[] = {{.model = "wan2.7-r2v", .per_second = 100'000, .currency = "USD"},
                                {.model = "wan2.7-videoedit", .per_second = 100'000, .currency = "USD"}};
    auto request = made_of(many(reference_video, 1));
    request.duration = 4;
    auto cost = estimate_cost(service, request, prices);
    REQUIRE(cost);
    CHECK(cost->amount == 400'000);
    CHECK(cost->is_lower_bound);
    request.references[0].type = reference_image;
    CHECK_FALSE(estimate_cost(service, request, prices)->is_lower_bound);
}

TEST_CASE("what is no type, and bytes where only a URL will do, are told") {
    const auto found_in = [](std::vector<reference> references) {
        const auto found = validate(service, made_of(std::move(references), "wan3.0-video"));
        std::string all;
        for (const auto& v : found)
            if (is_error(v)) all += v.message + "\n";
        return all;
    };
    CHECK(found_in({refer(static_cast<reference_type>(99), "https://example.com/1")})
              .find("references[0].type: invalid type") != std::string::npos);
    auto link = refer(reference_type::link, "https://example.com/page");
    CHECK(found_in({link}).empty());
    link.url = media::owned(std::vector<std::byte>(10), "page.html");
    CHECK(found_in({link}).find("a link must be a URL, not bytes") != std::string::npos);
}

TEST_CASE("a text of a reference that is not UTF-8 is not sent") {
    const auto field_of = [](reference each) {
        const auto made = make_submit(service, made_of({std::move(each)}), strictness::off);
        REQUIRE_FALSE(made);
        CHECK(to_string(made.error()).find("\xff") == std::string::npos);
        return made.error().violations.empty() ? std::string{} : made.error().violations[0].field;
    };
    CHECK(field_of(refer(reference_image, "https://x/\xff")).starts_with("references"));
    auto voice = refer(reference_video, "https://x/1.mp4");
    voice.reference_voice = "https://x/\xff";
    CHECK(field_of(voice).starts_with("references"));
    auto description = refer(reference_video, "https://x/1.mp4");
    description.reference_description = "a \xff";
    CHECK(field_of(description).starts_with("references"));
}

TEST_SUITE_END();
