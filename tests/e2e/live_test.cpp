// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The program that calls a live service, with the sandbox as the service; and what it recorded of others,
// replayed.
#include "support/doctest.hpp"
#include "support/files.hpp"
#include "support/sandbox.hpp"

#include "live/differences.hpp"
#include "live/plan.hpp"

#include <wan/wan.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("live");

namespace fs = std::filesystem;
using support::finished;

namespace {

finished wan_live(std::vector<std::string> arguments) {
    support::program p{WAN_LIVE_PROGRAM, std::move(arguments), {"DASHSCOPE_API_KEY=" + support::secret}};
    return support::wait_for(p);
}

/// Recordings, without their endings.
std::vector<fs::path> recordings_in(const fs::path& folder) {
    std::vector<fs::path> all;
    for (const auto& entry : fs::directory_iterator{folder})
        if (entry.path().extension() == ".json") all.push_back(entry.path());
    return all;
}

struct place {
    const char* provider;
    const char* path; ///< after the sandbox's address
};

std::string small_video(const support::temporary_folder& folder) {
    const auto file = folder / "video.mp4";
    std::ofstream{file, std::ios::binary} << support::mp4({832, 480}, 2000);
    return file;
}

} // namespace

TEST_CASE("the sandbox differs in nothing from what is known of each service, and the recording replays") {
    for (const auto& at : {place{"dashscope", "/api/v1"}, place{"sinancode", "/v1"}, place{"jiekou", ""},
                           place{"yutoai", "/qwen/api/v1"}}) {
        CAPTURE(std::string{at.provider});
        const support::temporary_folder folder;
        support::sandbox server{{"--video", small_video(folder)}};
        const auto records = folder / "recordings";
        const auto got = wan_live({"--provider", at.provider, "--base-url", server.url() + at.path, "--yes",
                                   "--poll-every", "0.05", "--clip", server.url() + "/assets/clip.mp4",
                                   "--recordings", records});
        CHECK_MESSAGE(got.code == 0, (got.out + got.err));
        CHECK(got.out.find("\n0 differences") != std::string::npos);
        const auto all = recordings_in(records);
        REQUIRE(all.size() == 1);
        const auto lines = support::contents(fs::path{all[0]}.replace_extension(".jsonl").string());
        CHECK_FALSE(lines.empty());
        CHECK(lines.find(support::secret) == std::string::npos);
        const auto submits = server.count("submits");
        CHECK(submits >= 2);
        const auto again = wan_live({"--replay", all[0].string()});
        CHECK_MESSAGE(again.code == 0, (again.out + again.err));
        CHECK(server.count("submits") == submits);
    }
}

TEST_CASE("what differs is told: a strange word, a missing member, a header that is no document's") {
    const std::pair<const char*, const char*> rows[] = {
        {"new-status", "status word \"WARMING_UP\""},
        {"failed-without-reason", "member /output/code is missing"},
        {"no-video-url", "member /output/video_url is missing"},
        {"query-clock-jump", "submit_time is not now in UTC+8"},
        {"query-html", "body that is not a JSON object"},
    };
    for (const auto& [fault, told] : rows) {
        const std::string name = fault;
        CAPTURE(name);
        const support::temporary_folder folder;
        support::sandbox server{{"--video", small_video(folder), "--fault", name}};
        const auto got = wan_live({"--base-url", server.base_url(), "--yes", "--poll-every", "0.05",
                                   "--recordings", folder / "recordings"});
        CHECK(got.code == 1);
        CHECK_MESSAGE(got.out.find(told) != std::string::npos, got.out);
    }
}

TEST_CASE("each kind of difference is told, once") {
    const auto who = wan::dashscope::provider(support::secret, wan::region::singapore);
    const std::string running = R"("request_id":"r","output":{"task_id":"t","task_status":"RUNNING")";
    const struct {
        std::string body;
        wan::http_header header;
        const char* told;
        unsigned status = 200;
    } rows[] = {
        {"{" + running + "}}", {"x-request-id", "r"}, nullptr},
        {"{" + running + R"(,"progress":7}})",
         {"x-request-id", "r"},
         "member /output/progress is in no document: 7"},
        {"{" + running + R"(,"more":{"a":1,"b":2}}})",
         {"x-request-id", "r"},
         "member /output/more is in no document"},
        {"{" + running + R"(,"submit_time":7}})",
         {"x-request-id", "r"},
         "member /output/submit_time is not a text: 7"},
        {"{" + running + R"(,"submit_time":"2020/01/01"}})",
         {"x-request-id", "r"},
         "submit_time is not of the form"},
        {"{" + running + R"(,"submit_time":"2020-01-01 00:00:00.000"}})",
         {"x-request-id", "r"},
         "submit_time is not now in UTC+8"},
        {"{" + running + "}}", {"x-request-id", "s"}, "the header x-request-id is not the member request_id"},
        {"{" + running + "}}", {"X-Strange", "s"}, "header X-Strange is in no document"},
        {R"({"request_id":"r","output":{"task_status":"RUNNING"}})",
         {"x-request-id", "r"},
         "member /output/task_id is missing"},
        {R"({"request_id":"r","code":"Strange.Code","message":"m"})",
         {"x-request-id", "r"},
         "code \"Strange.Code\" (HTTP 418) is in no document",
         418},
        {R"({"request_id":"r","message":"key )" + support::secret + R"("})",
         {"x-request-id", "r"},
         "member /code is missing",
         400},
        {"<html>", {"x-request-id", "r"}, "HTTP 502 with a body that is not a JSON object", 502},
    };
    for (const auto& row : rows) {
        CAPTURE(row.body);
        live::difference_finder found{who};
        const wan::http_response got{
            row.status,
            {row.header, {"Content-Type", "application/json"}, {"Date", "Sat, 28 Nov 2026 13:00:00 GMT"}},
            row.body};
        const auto now = std::chrono::system_clock::now();
        const live::exchange one{live::call::query, {}, got, now, now};
        found.look_at(one);
        const auto count = found.all().size();
        found.look_at(one);
        CHECK(found.all().size() == count);
        std::string all;
        for (const auto& line : found.all()) all += line + '\n';
        if (row.told == nullptr)
            CHECK_MESSAGE(all.empty(), all);
        else
            CHECK_MESSAGE(all.find(row.told) != std::string::npos, all);
        CHECK(all.find(support::secret) == std::string::npos);
    }
}

TEST_CASE("the cheapest request of each job is planned, by the prices of the region") {
    const auto lines = [](const wan::provider& who, const live::media_urls& urls) {
        std::vector<std::string> all;
        for (const auto& one : live::plan(who, urls)) all.push_back(to_string(one));
        return all;
    };
    live::media_urls urls;
    auto beijing = wan::dashscope::provider(support::secret, wan::region::beijing);
    CHECK(lines(beijing, urls) ==
          std::vector<std::string>{"keyframe_to_video with wan2.2-kf2v-flash, 480P: 0.50 CNY",
                                   "image_to_video with wan2.6-i2v-flash, 720P, 2 s: 0.30 CNY"});
    urls.clip = "https://example.com/clip.mp4";
    const auto anywhere = lines(wan::sinancode::provider(support::secret), urls);
    REQUIRE(anywhere.size() == 2); // it continues no video
    CHECK(anywhere[0] == "keyframe_to_video with wan2.2-kf2v-flash, 480P: price unknown");
    CHECK(lines(wan::jiekou::provider(support::secret), urls).size() == 3);
}

TEST_CASE("the cost is told before, and without a yes nothing is sent") {
    support::sandbox server;
    const auto got = wan_live({"--base-url", server.base_url()});
    CHECK(got.code == 2);
    CHECK(got.out.find("keyframe_to_video with ") != std::string::npos);
    CHECK(got.out.find("Nothing was sent") != std::string::npos);
    CHECK(server.count("submits") == 0);
}

TEST_CASE("recordings of live services come to the ends that they had") {
    for (const auto& file : recordings_in(WAN_SOURCE_DIR "/tests/live/recordings")) {
        CAPTURE(file.string());
        const auto got = wan_live({"--replay", file.string()});
        CHECK_MESSAGE(got.code == 0, (got.out + got.err));
    }
}
