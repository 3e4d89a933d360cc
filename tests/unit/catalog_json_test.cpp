// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Models that a program learns at run time.
#include "support/doctest.hpp"

#include <wan/model/catalog.hpp>
#include <wan/model/catalog_json.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

TEST_SUITE_BEGIN("catalog json");

using namespace wan;

namespace {

/// The messages about one row.
std::string mistakes(std::string_view row) {
    const auto read = read_catalog("{\"models\": [\n" + std::string{row} + "\n]}");
    std::string all;
    if (!read)
        for (const auto& v : read.error().violations) all += v.message + "\n";
    return all;
}

} // namespace

TEST_CASE("what is written is read again, equal") {
    for (const auto rows : all_models) {
        const auto text = to_json(rows);
        const auto read = read_catalog(text);
        REQUIRE_MESSAGE(read, to_string(read.error()));
        REQUIRE(read->rows().size() == rows.size());
        CHECK(to_json(read->rows()) == text);
        CHECK(std::count(text.begin(), text.end(), '\n') == static_cast<std::ptrdiff_t>(rows.size()) + 2);
        const auto& first = read->rows()[0];
        CHECK(first.model == rows[0].model);
        CHECK(first.resolution.tiers.bits == rows[0].resolution.tiers.bits);
        CHECK(first.video_url_lifetime == rows[0].video_url_lifetime);
    }
}

TEST_CASE("a model that was not known when the program was compiled") {
    auto text = to_json(dashscope_models);
    const std::string from = "\"wan3.0-video\"", to = "\"wan4.0-video\"";
    text.replace(text.find(from), from.size(), to);
    const auto row = text.find(to);
    const auto seconds = text.find("\"max\":30", row);
    text.replace(seconds, 8, "\"max\":60");
    auto read = read_catalog(text);
    REQUIRE_MESSAGE(read, to_string(read.error()));
    const auto moved = *std::move(read);
    const auto* const newest = find_model(moved.rows(), "wan4.0-video");
    REQUIRE(newest != nullptr);
    CHECK(newest->duration.max == 60);
    CHECK(newest->jobs.contains(job::text_to_video));
    CHECK(newest->references.file.endings.size() == 6);
}

TEST_CASE("every mistake is said with line, field, value and what is allowed") {
    struct {
        const char* row;
        const char* said;
    } rows[] = {
        {R"({"model":"m","jobs":["text_to_video"],
 "prompt":{"max_character":5}})",
         "models[0].prompt.max_character: line 3: unknown member; expected max_characters, "
         "max_chinese_characters or is_disputed\n"},
        {R"({"model":5,"jobs":["text_to_video"]})",
         "models[0].model: line 2: 5 is a number; expected a string\n"},
        {R"({"model":"m","jobs":["text_to_film"]})",
         "models[0].jobs[0]: line 2: \"text_to_film\"; expected text_to_video, keyframe_to_video, "
         "image_to_video, video_continuation, reference_to_video or video_edit\n"},
        {R"({"model":"m"})", "models[0].jobs: line 2: missing; expected at least one job\n"},
        {R"({"jobs":["video_edit"]})", "models[0].model: line 2: missing; expected the model's name\n"},
        {R"({"model":"m","jobs":["video_edit"],"seed":{"max":1.5}})",
         "models[0].seed.max: line 2: 1.5 is a number; expected an integer\n"},
        {R"({"model":"m","jobs":["video_edit"],"seed":{"max":18446744073709551615}})",
         "models[0].seed.max: line 2: 18446744073709551615 is out of range; expected an integer from "
         "-9223372036854775808 to 9223372036854775807\n"},
        {R"({"model":"m","jobs":["video_edit"],"prompt":{"max_characters":4294967296}})",
         "models[0].prompt.max_characters: line 2: 4294967296 is out of range; expected an integer from 0 to "
         "4294967295\n"},
        {R"({"model":"m","jobs":["video_edit"],"prompt":{"max_characters":-1}})",
         "models[0].prompt.max_characters: line 2: -1 is out of range; expected an integer from 0 to "
         "4294967295\n"},
        {R"({"model":"m","jobs":["video_edit"],"prompt":{"max_characters":"5"}})",
         "models[0].prompt.max_characters: line 2: \"5\" is a string; expected an integer of 0 or more\n"},
        {R"({"model":"m","jobs":["video_edit"],"video_url":{"max_ratio":-1}})",
         "models[0].video_url.max_ratio: line 2: -1; expected a number of 0 or more\n"},
        {R"({"model":"m","jobs":["video_edit"],"duration":{"min":5,"max":2,"step":1}})",
         "models[0].duration: line 2: 5 to 2 in steps of 1, default 0; expected min <= default_seconds "
         "<= max, and a step above 0\n"},
        {R"({"model":"m","jobs":["video_edit"]},{"model":"m","jobs":["video_edit"]})",
         "models[1].model: line 2: m appears twice; expected one row per model\n"},
    };
    for (const auto& row : rows) CHECK(mistakes(row.row) == row.said);
    CHECK(mistakes(R"({"model":"m","model":"n","jobs":["video_edit"]})").find("twice; keep one") !=
          std::string::npos);
}

TEST_CASE("what is no catalog") {
    for (const std::string_view text :
         {"", "[", "[]", "{}", "{\"models\":{}}", "{\"models\":[]} x", "nonsense"}) {
        CAPTURE(text);
        CHECK_FALSE(read_catalog(text));
    }
    const auto read = read_catalog("{\n\"models\": [\n{\"model\" \"m\"}]}");
    REQUIRE_FALSE(read);
    CHECK(read.error().message.find("line 3") != std::string::npos);
    CHECK(read_catalog("\xEF\xBB\xBF{\"models\": []}\n")->rows().empty());
}

TEST_CASE("the rows of another catalog follow those of the program's own, without the models that it has") {
    auto read = read_catalog(R"({"models": [{"model": "wan2.7-t2v", "jobs": ["text_to_video"]}]})");
    REQUIRE_MESSAGE(read, to_string(read.error()));
    model_catalog all;
    all = *std::move(read);
    all.add_missing(dashscope_models);
    CHECK(all.rows().size() == std::size(dashscope_models));
    CHECK(all.rows()[0].model == "wan2.7-t2v");
    CHECK_FALSE(all.rows()[0].resolution.offered());
}

TEST_CASE("a member may be null, and names may be written with escapes") {
    const auto read = read_catalog(
        "{\"models\": [{\"mod\\u0065l\": \"wan\\u0032.7-t2v\", \"jobs\": [\"text_to_video\"]}]}");
    REQUIRE_MESSAGE(read, to_string(read.error()));
    CHECK(read->rows()[0].model == "wan2.7-t2v");
    CHECK(mistakes(R"({"model": null, "jobs": ["text_to_video"]})").find("model") != std::string::npos);
}

TEST_SUITE_END();
