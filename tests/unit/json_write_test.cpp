// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"
#include "support/golden.hpp"

#include <wan/json/layout.hpp>
#include <wan/json/merge.hpp>
#include <wan/request/keyframe_to_video.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("json: write");

namespace json = wan::json;
using k = wan::keyframe_to_video;

namespace {

using text = json::layout<
    json::place<json::resolved_model<&k::model>>,
    json::object<"input", json::place<&k::first_frame_url, json::renamed<&k::prompt, "text">, &k::template_>>,
    json::object<"empty", json::place<&k::last_frame_url>>,
    json::place<&k::seed, &k::watermark, &k::resolution>, json::fixed<&k::duration, 5>,
    json::refused<&k::negative_prompt, &k::driving_audio_url, &k::prompt_extend, &k::ratio, &k::audio,
                  &k::enable_thinking>>;
static_assert(json::covers<k, text>);

using forgetful = json::layout<json::place<&k::first_frame_url>>;
static_assert(!json::covers<k, forgetful>);

using twice = json::layout<text, json::place<&k::seed>>;
static_assert(!json::covers<k, twice>);

struct described {
    std::string text;
    int number = 0;
};
BOOST_DESCRIBE_STRUCT(described, (), (text, number))

struct viewed {
    std::string_view text;
};
BOOST_DESCRIBE_STRUCT(viewed, (), (text))

struct numbered {
    std::int64_t least = std::numeric_limits<std::int64_t>::min();
    std::int64_t most = std::numeric_limits<std::int64_t>::max();
    std::uint64_t huge = std::numeric_limits<std::uint64_t>::max();
    int none = 0;
};
BOOST_DESCRIBE_STRUCT(numbered, (), (least, most, huge, none))

std::string written(const std::string& value) {
    using one = json::layout<json::place<&described::text, &described::number>>;
    std::string out;
    one::write(out, described{value, 0}, {});
    return out;
}

} // namespace

TEST_CASE("members go to their places, under their wire names, and only when set") {
    std::string out;
    text::write(out, k{.first_frame_url = "https://x"}, "m");
    CHECK(out == R"({"model":"m","input":{"first_frame_url":"https://x"},"empty":{}})");
    text::write(out,
                k{.first_frame_url = "https://x",
                  .prompt = "p",
                  .template_ = "t",
                  .resolution = wan::resolution::p1080,
                  .seed = 2147483647,
                  .watermark = false},
                "m");
    CHECK(out == R"({"model":"m","input":{"first_frame_url":"https://x","text":"p","template":"t"},)"
                 R"("empty":{},"seed":2147483647,"watermark":false,"resolution":"1080P"})");
}

TEST_CASE("a value that is set but empty is sent") {
    std::string out;
    text::write(out, k{.first_frame_url = "https://x", .prompt = ""}, "m");
    CHECK(out == R"({"model":"m","input":{"first_frame_url":"https://x","text":""},"empty":{}})");
}

TEST_CASE("a layout knows the JSON pointer of every member") {
    CHECK(text::path_of("first_frame_url") == "/input/first_frame_url");
    CHECK(text::path_of("prompt") == "/input/text");
    CHECK(text::path_of("model") == "/model");
    CHECK(text::path_of("seed") == "/seed");
    CHECK(text::path_of("duration").empty());
    CHECK(text::path_of("nonsense").empty());
    CHECK(text::refuses(k{.negative_prompt = "x"}, "negative_prompt"));
    CHECK_FALSE(text::refuses(k{}, "negative_prompt"));
    CHECK_FALSE(text::refuses(k{.prompt = "x"}, "prompt"));
    CHECK(text::refuses(k{.duration = 8}, "duration"));
    CHECK_FALSE(text::refuses(k{.duration = 5}, "duration"));
}

TEST_CASE("a string that held an earlier text is written over") {
    std::string out(10'000, '#');
    text::write(out, k{.first_frame_url = "https://x"}, "m");
    CHECK(out == R"({"model":"m","input":{"first_frame_url":"https://x"},"empty":{}})");
}

TEST_CASE("every string comes back as it was, whatever it holds and however long it is") {
    const std::string specials = "\"\\\b\f\n\r\t\x01\x1f/\x7f\u00e9\u5199";
    for (std::size_t length = 1; length < 150; ++length)
        for (std::size_t at = 0; at <= length; ++at) {
            std::string value(length, 'a');
            value.insert(at, specials);
            value += std::string(length % 5, '"');
            const auto back = support::parse_json(written(value));
            const auto& string = back.at("text").as_string();
            if (std::string_view{string.data(), string.size()} != value)
                FAIL(length << " " << at << " " << written(value));
        }
}

TEST_CASE("a text of nothing but escapes is written whole, whatever room there was") {
    for (std::size_t length = 1; length < 300; length += 7) {
        const std::string value(length, '\x01');
        const auto back = support::parse_json(written(value));
        const auto& string = back.at("text").as_string();
        CHECK(std::string_view{string.data(), string.size()} == value);
    }
}

TEST_CASE("every single byte below 128 comes back as it was, in every position of a block") {
    for (int c = 0; c < 128; ++c)
        for (std::size_t at = 0; at < 100; ++at) {
            std::string value(100, 'x');
            value[at] = static_cast<char>(c);
            const auto back = support::parse_json(written(value));
            const auto& string = back.at("text").as_string();
            if (std::string_view{string.data(), string.size()} != value) FAIL(c << " at " << at);
        }
}

TEST_CASE("nothing is read past the end of a text") {
    for (std::size_t length = 0; length < 200; ++length) {
        // An exact allocation, so that a sanitizer sees a read beyond it.
        const std::string source = std::string(length, 'y') + "\"";
        const std::unique_ptr<char[]> exact{new char[length + 1]};
        std::copy(source.begin(), source.end(), exact.get());
        std::string out;
        json::layout<json::place<&viewed::text>>::write(out, viewed{{exact.get(), length}}, {});
        CHECK(out == R"({"text":")" + std::string(length, 'y') + R"("})");
    }
}

TEST_CASE("numbers are whole, from the smallest to the largest") {
    using all =
        json::layout<json::place<&numbered::least, &numbered::most, &numbered::huge, &numbered::none>>;
    std::string out;
    all::write(out, numbered{}, {});
    CHECK(
        out ==
        R"({"least":-9223372036854775808,"most":9223372036854775807,"huge":18446744073709551615,"none":0})");
}

namespace {

using in_a_list =
    json::layout<json::place<json::resolved_model<&k::model>>,
                 json::object<"input", json::place<&k::prompt>,
                              json::array<"media", json::typed_medium<&k::first_frame_url, "first_frame">,
                                          json::typed_medium<&k::last_frame_url, "last_frame">>>,
                 json::object<"parameters", json::place<&k::seed>>>;

wan::media some_bytes() { return wan::media::owned({std::byte{1}, std::byte{2}}); }

/// The text with the field's name in each slot.
std::string filled(std::string body, const std::vector<json::medium_slot>& slots) {
    for (auto slot = slots.rbegin(); slot != slots.rend(); ++slot) body.insert(slot->position, slot->field);
    return body;
}

} // namespace

TEST_CASE("a layout says where media belong that are given by their bytes") {
    std::string out;
    std::vector<json::medium_slot> slots;
    k request{.first_frame_url = some_bytes(), .last_frame_url = some_bytes(), .prompt = "\"p\""};
    SUBCASE("as members") {
        text::write(out, request, "m", &slots);
        CHECK(filled(out, slots) ==
              R"({"model":"m","input":{"first_frame_url":"first_frame_url","text":"\"p\""},)"
              R"("empty":{"last_frame_url":"last_frame_url"}})");
        REQUIRE(slots.size() == 2);
        CHECK(slots[0].medium == &request.first_frame_url);
        CHECK(slots[1].medium == &*request.last_frame_url);
    }
    SUBCASE("in a list") {
        in_a_list::write(out, request, "m", &slots);
        CHECK(
            filled(out, slots) ==
            R"({"model":"m","input":{"prompt":"\"p\"","media":[{"type":"first_frame","url":"first_frame_url"},)"
            R"({"type":"last_frame","url":"last_frame_url"}]},"parameters":{}})");
    }
    SUBCASE("those that have a URL need none") {
        request.first_frame_url = "https://x/a.png";
        in_a_list::write(out, request, "m", &slots);
        REQUIRE(slots.size() == 1);
        CHECK(slots[0].field == "last_frame_url");
    }
    SUBCASE("nobody asks") {
        in_a_list::write(out, request, "m");
        CHECK(out.find(R"({"type":"first_frame","url":""})") != std::string::npos);
    }
}

TEST_CASE("slots follow their values when extra fields are merged") {
    std::string out;
    std::vector<json::medium_slot> slots;
    const k request{.first_frame_url = some_bytes(), .last_frame_url = some_bytes(), .prompt = "p"};
    text::write(out, request, "m", &slots);
    const std::vector<wan::extra_field> extra{{"/model", "a longer name"},
                                              {"/input/text", ""},
                                              {"/input/more/deep", wan::json_text{"[1, {}]"}},
                                              {"/input/more/wide", true},
                                              {"/last", 1}};
    REQUIRE(json::merge(out, extra, {}, &slots).empty());
    CHECK(filled(out, slots) ==
          R"({"model":"a longer name","input":{"first_frame_url":"first_frame_url","text":"",)"
          R"("more":{"deep":[1,{}],"wide":true}},"empty":{"last_frame_url":"last_frame_url"},"last":1})");
    REQUIRE(json::merge(out,
                        std::vector<wan::extra_field>{{"/empty", wan::json_text{"null"}}, {"/empty/a", 2}},
                        {}, &slots)
                .empty());
    CHECK(filled(out, slots) ==
          R"({"model":"a longer name","input":{"first_frame_url":"first_frame_url","text":"",)"
          R"("more":{"deep":[1,{}],"wide":true}},"empty":{"a":2},"last":1})");
}

TEST_CASE("extra fields are merged into any object, however it is spelled") {
    const std::pair<const char*, const char*> texts[] = {
        {"{}", R"({"a":{"b":1}})"},
        {" { } ", R"({"a":{"b":1}})"},
        {R"({ "a" : { "b" : [ "]", {"}":"\"{"} ] , "c" : 2 } })", R"({"a":{"b":1,"c":2}})"},
        {R"({"x":"\\","\u0061":null})", R"({"x":"\\","a":{"b":1}})"},
        {R"({"x":{"a":{"b":2}},"a":{}})", R"({"x":{"a":{"b":2}},"a":{"b":1}})"},
        {"null", R"({"a":{"b":1}})"},
    };
    for (const auto& row : texts) {
        CAPTURE(row.first);
        std::string body = row.first;
        CHECK(json::merge(body, std::vector<wan::extra_field>{{"/a/b", 1}}).empty());
        CHECK(support::equal_as_json(body, row.second));
    }
}

TEST_CASE("a text that is no JSON object takes no extra field, and is not read beyond its end") {
    const std::string whole = R"({"a":{"b":"\"x"},"c":[1,{"d":null}]})";
    for (std::size_t size = 0; size < whole.size(); ++size)
        for (const char* path : {"/a/b", "/c/d", "/a/b/x", "/e"}) {
            std::string cut(whole, 0, size);
            cut.shrink_to_fit();
            (void)json::merge(cut, std::vector<wan::extra_field>{{path, 1}});
        }
    for (const char* other : {"", "[]", "1", R"("x")", "nul"}) {
        CAPTURE(std::string{other});
        std::string body = other;
        CHECK(json::merge(body, std::vector<wan::extra_field>{{"/a", 1}}).size() == 1);
        CHECK(body == other);
    }
}

TEST_CASE("extra fields are merged last and win") {
    std::string body = R"({"model":"m","input":{"prompt":"p"},"parameters":{}})";
    const std::vector<wan::extra_field> extra{{"/parameters/size", "1280*720"},
                                              {"/parameters/steps", 30},
                                              {"/parameters/fast", true},
                                              {"/input/prompt", "other"},
                                              {"/resources/0", wan::json_text{R"([1,{"a":null}])"}},
                                              {"/a~1b/c~0d", "escaped"}};
    CHECK(json::merge(body, extra).empty());
    CHECK(support::equal_as_json(body, R"({"model":"m","input":{"prompt":"other"},
        "parameters":{"size":"1280*720","steps":30,"fast":true},"resources":{"0":[1,{"a":null}]},"a/b":{"c~d":"escaped"}})"));
}

TEST_CASE("an extra field that cannot be merged is named, and nothing is merged") {
    const std::string before = R"({"model":"m","input":{}})";
    const std::vector<wan::extra_field> bad{{"no/slash", 1},
                                            {"", 1},
                                            {"/a~2", 1},
                                            {"/model/x", 1},
                                            {"/x", wan::json_text{"{"}},
                                            {"/x", wan::json_text{""}},
                                            {"/x", "\xFF"},
                                            {"/\xFF", 1},
                                            {"/x", std::numeric_limits<double>::infinity()},
                                            {"/x", std::numeric_limits<double>::quiet_NaN()},
                                            {"/x", wan::json_text{R"([{"a":1e400}])"}}};
    for (const auto& field : bad) {
        CAPTURE(field.path);
        auto body = before;
        const auto found = json::merge(body, std::vector{field});
        REQUIRE(found.size() == 1);
        CHECK(found[0].field == "extra");
        CHECK(found[0].rule == wan::rule::json);
        CHECK(body == before);
    }
}
