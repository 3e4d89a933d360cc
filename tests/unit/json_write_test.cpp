// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"
#include "support/golden.hpp"

#include <wan/json/layout.hpp>
#include <wan/json/merge.hpp>
#include <wan/request/keyframe_to_video.hpp>

#include <algorithm>
#include <limits>
#include <memory>
#include <ostream>
#include <string>

TEST_SUITE_BEGIN("json: write");

namespace json = wan::json;
using k = wan::keyframe_to_video;

namespace {

using text = json::layout<
    json::place<json::resolved_model<&k::model>>,
    json::object<"input", json::place<&k::first_frame_url, json::renamed<&k::prompt, "text">, &k::template_>>,
    json::object<"empty", json::place<&k::last_frame_url>>,
    json::place<&k::seed, &k::watermark, &k::resolution>, json::fixed<&k::duration, 5>,
    json::refused<&k::negative_prompt, &k::driving_audio_url, &k::prompt_extend>>;
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
