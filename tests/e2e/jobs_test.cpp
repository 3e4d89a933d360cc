// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The jobs that begin with a text, with references or with a video, and models that the program learns from a
// file.
#include "support/batch.hpp"
#include "support/doctest.hpp"
#include "support/files.hpp"
#include "support/sandbox.hpp"

#include <boost/json.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("jobs");

using support::secret;
using support::wan_cli;

namespace {

struct made_video {
    std::string size; ///< "1280x720"
    double seconds;
    bool has_sound;
};

made_video probe(const std::string& video) {
    support::temporary_folder folder;
    const auto file = folder / "output";
    REQUIRE(std::system(
                ("ffprobe -v error -show_entries stream=codec_type,width,height:format=duration -of json " +
                 video + " >" + file)
                    .c_str()) == 0);
    const auto told = support::parse_json(support::contents(file)).as_object();
    made_video made{{}, std::stod(std::string{told.at("format").at("duration").as_string()}), false};
    for (const auto& stream : told.at("streams").as_array()) {
        if (stream.at("codec_type").as_string() == "audio") made.has_sound = true;
        if (stream.at("codec_type").as_string() == "video")
            made.size = std::to_string(stream.at("width").as_int64()) + "x" +
                        std::to_string(stream.at("height").as_int64());
    }
    return made;
}

/// The video of a command's words, each without blanks, but for the prompt.
made_video make(const support::sandbox& server, const std::string& words,
                std::vector<std::string> more = {}) {
    CAPTURE(words);
    support::temporary_folder folder;
    const auto file = folder / "video.mp4";
    std::istringstream in{words};
    std::vector<std::string> arguments;
    for (std::string word; in >> word;) arguments.push_back(word);
    arguments.insert(arguments.end(),
                     {"--prompt", "A lamp is lit", "--poll-every", "0.05", "--out", file, "--json"});
    if (words.find("--provider") == std::string::npos)
        arguments.insert(arguments.end(), {"--base-url", server.base_url()});
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto got = wan_cli(arguments);
    CHECK_MESSAGE(got.code == 0, got.out, got.err);
    return got.code == 0 ? probe(file) : made_video{};
}

void check(const made_video& made, const std::string& size, double seconds, bool has_sound) {
    CHECK(made.size == size);
    CHECK(made.seconds == doctest::Approx(seconds).epsilon(0.05));
    CHECK(made.has_sound == has_sound);
}

} // namespace

TEST_CASE("a text makes a video with every generation of models, of the size that was asked for") {
    support::sandbox server;
    check(make(server, "text-to-video --model wanx2.1-t2v-turbo --resolution 480P --ratio 1:1"), "624x624", 5,
          false);
    check(make(server, "text-to-video --model wan2.2-t2v-plus --resolution 480P --ratio 9:16"), "480x832", 5,
          false);
    check(make(server, "text-to-video --model wan2.5-t2v-preview --resolution 480P --duration 5"), "832x480",
          5, true);
    check(make(server, "text-to-video --model wan2.6-t2v --resolution 720P --ratio 4:3 --duration 2"),
          "1088x832", 2, true);
    check(make(server, "text-to-video --resolution 720P --ratio 16:9 --duration 2"), "1280x720", 2, true);
    check(make(server,
               "text-to-video --model wan3.0-video --resolution 480P --ratio 16:9 --duration 3 --no-audio"),
          "832x464", 3, false);
    check(
        make(server, "text-to-video --model happyhorse-1.1-t2v --resolution 720P --ratio 16:9 --duration 3"),
        "1280x720", 3, true);
    check(make(server, "text-to-video --provider jiekou --base-url " + server.url() +
                           " --resolution 720P --ratio 16:9 --duration 2"),
          "1280x720", 2, true);
}

TEST_CASE("what references show makes a video") {
    support::sandbox server;
    const auto image = server.url() + "/assets/first.png";
    check(make(server, "reference-to-video --model wan2.6-r2v --resolution 720P --ratio 16:9 --duration 2 "
                       "--reference-image " +
                           image),
          "1280x720", 2, true);
    check(make(server,
               "reference-to-video --resolution 720P --ratio 9:16 --duration 2 --reference-image " + image),
          "720x1280", 2, true);
    check(make(server, "reference-to-video --model wan2.1-vace-plus --resolution 720P --ratio 1:1 "
                       "--reference-image " +
                           image),
          "960x960", 5, false);
    check(make(server, "reference-to-video --model wan3.0-video --resolution 480P --ratio 16:9 --duration 2 "
                       "--reference-image " +
                           image + " --reference-image " + server.url() + "/assets/last.png"),
          "832x464", 2, true);
}

TEST_CASE("wan3.0-video makes a video of frames, 20 seconds long") {
    support::sandbox server;
    const auto first = server.url() + "/assets/first.png", last = server.url() + "/assets/last.png";
    CHECK(make(server, "image-to-video --model wan3.0-video --resolution 480P --duration 20 --image " + first)
              .seconds == doctest::Approx(20).epsilon(0.05));
    check(make(server,
               "keyframe-to-video --model wan3.0-video-prime --resolution 480P --ratio 16:9 --duration 2 "
               "--first-frame " +
                   first + " --last-frame " + last),
          "832x464", 2, true);
}

TEST_CASE("a catalog that the program reads makes it know a model") {
    support::temporary_folder folder;
    const auto file = folder / "models.json";
    auto catalog =
        support::parse_json(wan_cli({"models", "--provider", "dashscope", "--json"}).out).as_object();
    auto row = boost::json::object{};
    for (const auto& each : catalog.at("models").as_array())
        if (each.at("model").as_string() == "wan3.0-video") row = each.as_object();
    REQUIRE_FALSE(row.empty());
    row["model"] = "wan4.0-video";
    row.at("duration").as_object()["max"] = 60;
    catalog["models"].as_array().push_back(row);
    std::ofstream{file} << boost::json::serialize(catalog);

    const std::vector<std::string> asked{"--catalog", file};
    const std::string words = "text-to-video --model wan4.0-video --resolution 480P --ratio 16:9 --duration ";
    support::sandbox server(asked);
    check(make(server, words + "60", asked), "832x464", 60, true);

    const auto refused = wan_cli({"check", "text-to-video", "--model", "wan4.0-video", "--prompt", "a",
                                  "--duration", "61", "--catalog", file, "--json"});
    CHECK(refused.code == 2);
    CHECK(refused.out.find("2 to 60 seconds") != std::string::npos);
    const auto unknown =
        wan_cli({"check", "text-to-video", "--model", "wan4.0-video", "--prompt", "a", "--json"});
    CHECK(unknown.code == 0);
    CHECK(unknown.out.find("wan4.0-video is not a known model") != std::string::npos);
}

TEST_CASE("a catalog with mistakes is refused with their lines") {
    support::temporary_folder folder;
    const auto file = folder / "models.json";
    std::ofstream{file}
        << "{\"models\": [\n {\"model\": \"a\",\n  \"jobs\": [\"text_to_film\"],\n  \"colour\": 1}]}";
    const auto got = wan_cli({"text-to-video", "--prompt", "a", "--catalog", file, "--base-url",
                              "http://127.0.0.1:1/api/v1", "--json"});
    CHECK(got.code == 2);
    for (const std::string said : {"line 3", "text_to_film", "line 4", "colour"})
        CHECK_MESSAGE(got.out.find(said) != std::string::npos, got.out);
}

TEST_CASE("a batch of every job and of many models makes every video") {
    support::batch_folder batch{0};
    const std::string image = "https://example.com/a.png", clip = "https://example.com/a.mp4";
    const std::string frames = R"("first_frame_url":")" + image + R"(","last_frame_url":")" + image + "\"";
    const std::string references = R"("references":[{"type":"reference_image","url":")" + image + R"("}])";
    const std::pair<std::string, std::string> shots[] = {
        {"text_to_video", R"("prompt":"a")"},
        {"keyframe_to_video", frames},
        {"image_to_video", R"("image_url":")" + image + "\""},
        {"video_continuation", R"("first_clip_url":")" + clip + R"(","duration":5)"},
        {"reference_to_video", references},
        {"video_edit", R"("video_url":")" + clip + "\""},
        {"text_to_video", R"("prompt":"a","model":"wan2.6-t2v")"},
        {"text_to_video", R"("prompt":"a","model":"wan2.5-t2v-preview")"},
        {"text_to_video", R"("prompt":"a","model":"wan2.2-t2v-plus")"},
        {"text_to_video", R"("prompt":"a","model":"wanx2.1-t2v-turbo")"},
        {"text_to_video", R"("prompt":"a","model":"wanx2.1-t2v-plus")"},
        {"text_to_video", R"("prompt":"a","model":"wan3.0-video")"},
        {"text_to_video", R"("prompt":"a","model":"wan3.0-video-prime")"},
        {"text_to_video", R"("prompt":"a","model":"happyhorse-1.1-t2v")"},
        {"text_to_video", R"("prompt":"a","model":"happyhorse-1.0-t2v")"},
        {"keyframe_to_video", frames + R"(,"model":"wan2.7-i2v")"},
        {"image_to_video", R"("image_url":")" + image + R"(","model":"wan2.6-i2v")"},
        {"image_to_video", R"("image_url":")" + image + R"(","model":"wan2.5-i2v-preview")"},
        {"image_to_video", R"("image_url":")" + image + R"(","model":"wan2.2-i2v-flash")"},
        {"image_to_video", R"("image_url":")" + image + R"(","model":"happyhorse-1.1-i2v")"},
        {"reference_to_video", references + R"(,"model":"wan2.6-r2v")"},
        {"reference_to_video", references + R"(,"model":"happyhorse-1.1-r2v")"},
        {"video_edit", R"("video_url":")" + clip + R"(","prompt":"a","model":"happyhorse-1.0-video-edit")"},
        {"reference_to_video", references + R"(,"model":"wan2.1-vace-plus")"},
    };
    std::string lines;
    for (std::size_t i = 0; i < std::size(shots); ++i)
        lines += R"({"id":"shot-)" + std::to_string(i) + R"(","job":")" + shots[i].first + "\"," +
                 shots[i].second + "}\n";
    batch.write(lines);
    support::sandbox server({"--video", batch.video()});
    const auto got = batch.run(server);
    CHECK_MESSAGE(got.code == 0, got.out, got.err);
    CHECK(batch.videos() == std::size(shots));
    CHECK(server.count("submits") == static_cast<std::int64_t>(std::size(shots)));
}

TEST_CASE("`wan schema` prints a schema of a job, of a model, and of a batch's lines") {
    const auto of_job = wan_cli({"schema", "text-to-video"});
    CHECK(of_job.code == 0);
    CHECK(support::parse_json(of_job.out).at("title").as_string() == "text_to_video by wan2.7-t2v");
    const auto of_model = wan_cli({"schema", "text-to-video", "--model", "wan3.0-video"});
    CHECK(support::parse_json(of_model.out).at("properties").at("prompt").at("maxLength").as_int64() ==
          20'000);
    const auto of_line = wan_cli({"schema", "batch"});
    CHECK(support::parse_json(of_line.out).at("required").as_array().size() == 2);
    const auto unknown = wan_cli({"schema", "text-to-video", "--model", "wan9"});
    CHECK(unknown.code == 2);
    CHECK(unknown.err.find("wan9 has no known limits") != std::string::npos);
}

TEST_SUITE_END();
