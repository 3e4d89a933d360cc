// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Every job at every service, over real HTTP, to a real video.
#include "support/doctest.hpp"
#include "support/sandbox.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("services");

using support::secret;
using support::wan_cli;

namespace {

std::string probed(const std::string& video) {
    support::temporary_folder folder;
    const auto file = folder / "output";
    REQUIRE(std::system(("ffprobe -v error -show_entries stream=codec_type:format=duration -of csv=p=0 " +
                         video + " >" + file)
                            .c_str()) == 0);
    return support::contents(file);
}

struct service {
    const char* name;
    const char* path; ///< of the base URL
};

void check_video(const support::sandbox& server, const service& at, const std::string& command,
                 std::vector<std::string> more, const char* duration, bool sound) {
    CAPTURE(std::string{at.name});
    CAPTURE(command);
    support::temporary_folder folder;
    const auto file = folder / "video.mp4";
    more.insert(more.begin(), {command, "--provider", at.name, "--base-url", server.url() + at.path,
                               "--poll-every", "0.05", "--out", file, "--json"});
    const auto got = wan_cli(more);
    CHECK_MESSAGE(got.code == 0, got.out);
    if (got.code != 0) return;
    const auto streams = probed(file);
    CHECK(streams.find("video\n") != std::string::npos);
    CHECK((streams.find("audio\n") != std::string::npos) == sound);
    CHECK_MESSAGE(streams.find(duration) != std::string::npos, streams);
}

/// What a page shows a `wan` command to print.
struct table {
    std::string command;
    std::string output;
};

std::vector<table> tables_in(const std::string& page) {
    const std::string mark = "```text\n$ wan ";
    std::vector<table> tables;
    for (auto at = page.find(mark); at != std::string::npos; at = page.find(mark, at)) {
        at += mark.size();
        const auto line_end = page.find('\n', at) + 1, end = page.find("```", at);
        tables.push_back({page.substr(at, line_end - 1 - at), page.substr(line_end, end - line_end)});
    }
    return tables;
}

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream in{text};
    std::vector<std::string> words;
    for (std::string word; in >> word;) words.push_back(word);
    return words;
}

constexpr service dashscope{"dashscope", "/api/v1"}, yutoai{"yutoai", "/qwen/api/v1"},
    sinancode{"sinancode", "/v1"}, jiekou{"jiekou", ""}, novita{"novita", ""}, ppio{"ppio", ""};

} // namespace

TEST_CASE("the same keyframes make a video at every service") {
    support::sandbox server;
    const std::vector<std::string> frames{"--first-frame", server.url() + "/assets/first.png",
                                          "--last-frame",  server.url() + "/assets/last.png",
                                          "--resolution",  "720P"};
    check_video(server, dashscope, "keyframe-to-video", frames, "5.0", false);
    check_video(server, sinancode, "keyframe-to-video", frames, "5.0", false);
    check_video(server, yutoai, "keyframe-to-video", frames, "5.0", false);
    auto short_one = frames;
    short_one.insert(short_one.end(), {"--duration", "2"});
    for (const auto& at : {jiekou, novita, ppio})
        check_video(server, at, "keyframe-to-video", short_one, "2.0", true);
    short_one.insert(short_one.end(), {"--model", "wan2.7-i2v"});
    check_video(server, dashscope, "keyframe-to-video", short_one, "2.0", true);
    CHECK(server.count("submits") == 7);
}

TEST_CASE("an image makes a video with every generation of models") {
    support::sandbox server;
    const auto with = [&](std::vector<std::string> more) {
        more.insert(more.begin(), {"--image", server.url() + "/assets/first.png"});
        return more;
    };
    check_video(server, dashscope, "image-to-video",
                with({"--model", "wan2.1-i2v-turbo", "--resolution", "480P", "--duration", "3"}), "3.0",
                false);
    check_video(server, dashscope, "image-to-video",
                with({"--model", "wan2.2-i2v-flash", "--resolution", "480P"}), "5.0", false);
    check_video(server, dashscope, "image-to-video",
                with({"--model", "wan2.5-i2v-preview", "--resolution", "480P"}), "5.0", true);
    check_video(server, dashscope, "image-to-video",
                with({"--model", "wan2.6-i2v", "--resolution", "720P", "--duration", "2"}), "2.0", true);
    check_video(
        server, dashscope, "image-to-video",
        with({"--model", "wan2.6-i2v-flash", "--resolution", "720P", "--duration", "2", "--no-audio"}), "2.0",
        false);
    check_video(server, dashscope, "image-to-video",
                with({"--model", "wan2.7-i2v-2026-04-25", "--resolution", "720P", "--duration", "2"}), "2.0",
                true);
    check_video(server, sinancode, "image-to-video", with({"--resolution", "720P", "--duration", "5"}), "5.0",
                true);
    check_video(server, jiekou, "image-to-video", with({"--resolution", "720P", "--duration", "2"}), "2.0",
                true);
}

TEST_CASE("a clip is continued") {
    support::sandbox server;
    const std::vector<std::string> clip{
        "--first-clip", "https://example.com/clip.mp4", "--resolution", "720P", "--duration", "4"};
    check_video(server, dashscope, "video-continuation", clip, "4.0", true);
    check_video(server, jiekou, "video-continuation", clip, "4.0", true);
}

TEST_CASE("each service's no comes back as what it is") {
    support::sandbox server;
    const auto refused = [&](const service& at, const std::string& key) {
        return wan_cli({"image-to-video", "--provider", at.name, "--base-url", server.url() + at.path,
                        "--image", "http://127.0.0.1:1/none.png", "--model",
                        at.name == std::string{"dashscope"}   ? "wan2.6-i2v"
                        : at.name == std::string{"sinancode"} ? "wan2.6-i2v"
                                                              : "wan2.7-i2v",
                        "--poll-every", "0.05", "--json"},
                       key);
    };
    for (const auto& at : {dashscope, sinancode, jiekou}) {
        CAPTURE(std::string{at.name});
        const auto got = refused(at, secret);
        CHECK(got.code == 3);
        CHECK(got.state() == "failed");
        CHECK_FALSE(got.json().at("error").as_object().at("message").as_string().empty());
    }
}

TEST_CASE("`wan check` judges and sends nothing") {
    const auto bad =
        wan_cli({"check", "image-to-video", "--image", "https://example.com/a.png", "--audio-url",
                 "https://example.com/a.mp3", "--model", "wan2.2-i2v-flash", "--json"});
    CHECK(bad.code == 2);
    CHECK(bad.out.find("wan2.5-i2v-preview") != std::string::npos);
    const auto good =
        wan_cli({"check", "video-continuation", "--first-clip", "https://example.com/a.mp4", "--json"});
    CHECK(good.code == 0);
    CHECK(good.state() == "ready");
}

TEST_CASE("what the docs show of `wan models` is what it prints") {
    std::vector<std::filesystem::path> pages{WAN_SOURCE_DIR "/docs/models.md"};
    for (const auto& entry : std::filesystem::directory_iterator(WAN_SOURCE_DIR "/docs/providers"))
        pages.push_back(entry.path());
    CHECK(pages.size() == 5);
    for (const auto& page : pages) {
        CAPTURE(page.string());
        const auto tables = tables_in(support::read_file(page.string()));
        const std::string own =
            page.stem() == "models" ? "models" : "models --provider " + page.stem().string();
        CHECK(std::any_of(tables.begin(), tables.end(), [&](const table& t) { return t.command == own; }));
        for (const auto& shown : tables) {
            CAPTURE(shown.command);
            const auto printed = wan_cli(words_of(shown.command));
            CHECK(printed.code == 0);
            CHECK(printed.out == shown.output);
        }
    }
}

TEST_CASE("`wan models` of one provider are its own, where it is") {
    const auto names_of = [](const std::string& whom) {
        const auto printed = support::parse_json(wan_cli({"models", "--provider", whom, "--json"}).out);
        std::vector<std::string> names;
        for (const auto& row : printed.at("models").as_array())
            names.emplace_back(row.at("model").as_string());
        return names;
    };
    const auto has = [](const std::vector<std::string>& names, const std::string& name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    const auto dashscope_names = names_of("dashscope");
    CHECK(dashscope_names.size() > 30);
    CHECK(names_of("yutoai") == dashscope_names);
    const auto in_virginia = names_of("dashscope-virginia");
    CHECK(has(in_virginia, "wan2.6-i2v-us"));
    CHECK(has(in_virginia, "wan3.0-video"));
    CHECK_FALSE(has(in_virginia, "wan2.7-i2v"));
    CHECK(names_of("sinancode") == std::vector<std::string>{"wan2.2-kf2v-flash", "wan2.6-i2v"});
    CHECK(names_of("ppio") ==
          std::vector<std::string>{"wan2.7-i2v", "wan2.7-t2v", "wan2.7-r2v", "wan2.7-videoedit"});

    const auto of_all = support::parse_json(wan_cli({"models", "--json"}).out);
    REQUIRE(of_all.as_array().size() == 3);
    CHECK(of_all.at(0).at("providers").as_string() == "dashscope, yutoai");
    CHECK(of_all.at(0).at("models").as_array().size() == dashscope_names.size());

    const auto refused = wan_cli({"models", "--provider", "nobody"});
    CHECK(refused.code == 2);
    for (const std::string name : {"nobody", "dashscope-singapore", "dashscope-beijing", "dashscope-virginia",
                                   "dashscope", "sinancode", "yutoai", "jiekou", "novita", "ppio"})
        CHECK_MESSAGE(refused.err.find(name) != std::string::npos, name);
    CHECK(wan_cli({"models", "--help"}).out.find("--provider") != std::string::npos);
}

TEST_CASE("each service gets its own key, and no other's") {
    support::program p{"/usr/bin/env",
                       {"-u", "SINANCODE_API_KEY", WAN_PROGRAM, "image-to-video", "--provider", "sinancode",
                        "--image", "https://example.com/a.png", "--dry-run"},
                       {"DASHSCOPE_API_KEY=" + secret}};
    const auto got = support::wait_for(p);
    CHECK(got.code == 2);
    CHECK(got.err.find("SINANCODE_API_KEY") != std::string::npos);
}
