// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What the sandbox does with the media it is given: their sound, their seconds and their bytes.
#include "support/doctest.hpp"
#include "support/made_media.hpp"
#include "support/raw_peer.hpp"
#include "support/sandbox.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

TEST_SUITE_BEGIN("media");

using support::clip_of;
using support::data_url_of;
using support::image_of;
using support::made_by_ffmpeg;
using support::secret;
using support::wan_cli;

namespace json = boost::json;

namespace {

/// A server of one file.
class file_peer {
public:
    explicit file_peer(const std::string& bytes)
        : peer_(support::raw_peer::answering("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " +
                                             std::to_string(bytes.size()) + "\r\n\r\n" + bytes)) {}
    std::string url() const { return peer_.url() + "/file"; }

private:
    support::raw_peer peer_;
};

constexpr int sample_rate = 8000;

std::vector<std::int16_t> samples_of(const std::string& file) {
    const auto bytes = made_by_ffmpeg(
        "-i " + file + " -map 0:a -ac 1 -ar " + std::to_string(sample_rate) + " -f s16le", "samples");
    std::vector<std::int16_t> samples(bytes.size() / 2);
    std::memcpy(samples.data(), bytes.data(), samples.size() * 2);
    return samples;
}

/// The pitch in Hz from one second to another; 0 is silence.
double pitch(const std::vector<std::int16_t>& samples, double from, double to) {
    const auto at = [](double seconds) { return static_cast<std::size_t>(seconds * sample_rate); };
    REQUIRE(samples.size() >= at(to));
    int loudest = 0, rises = 0;
    for (auto i = at(from) + 1; i < at(to); ++i) {
        loudest = std::max(loudest, std::abs(int{samples[i]}));
        rises += samples[i - 1] < 0 && samples[i] >= 0;
    }
    return loudest < 200 ? 0 : rises / (to - from);
}

constexpr double made_pitch = 330;

json::object reply_with(unsigned status, const wan::http_request& request) {
    wan::executors::curl http;
    const auto got = http(request);
    REQUIRE(got);
    CHECK_MESSAGE(got->status == status, got->body);
    return support::parse_json(got->body).as_object();
}

const std::vector<wan::http_header> headers{{"Authorization", "Bearer " + secret, true},
                                            {"X-DashScope-Async", "enable", false}};

json::object reply_to_post(const std::string& url, const json::object& body, unsigned status = 200) {
    return reply_with(
        status,
        {.method = wan::http_method::post, .url = url, .headers = headers, .body = json::serialize(body)});
}

/// A service as HTTP shows it.
struct api {
    const char *submit, *query;     ///< where to, a query before the task's id
    const char *id, *status;        ///< where these are in a reply
    const char *code, *message;     ///< and why a task failed; the code is null where there is none
    const char *succeeded, *failed; ///< words for the status
};

constexpr api dashscope_keyframes{"/api/v1/services/aigc/image2video/video-synthesis",
                                  "/api/v1/tasks/",
                                  "/output/task_id",
                                  "/output/task_status",
                                  "/output/code",
                                  "/output/message",
                                  "SUCCEEDED",
                                  "FAILED"};
constexpr api dashscope{"/api/v1/services/aigc/video-generation/video-synthesis",
                        "/api/v1/tasks/",
                        "/output/task_id",
                        "/output/task_status",
                        "/output/code",
                        "/output/message",
                        "SUCCEEDED",
                        "FAILED"};
constexpr api sinancode{"/v1/generate/bailian/wan2-image-to-video",
                        "/v1/tasks/",
                        "/task_id",
                        "/status",
                        "/error_code",
                        "/error_msg",
                        "completed",
                        "failed"};
constexpr api jiekou{"/v3/async/wan2.7-i2v",
                     "/v3/async/task-result?task_id=",
                     "/task_id",
                     "/task/status",
                     nullptr,
                     "/task/reason",
                     "TASK_STATUS_SUCCEED",
                     "TASK_STATUS_FAILED"};

std::string text_at(const json::object& reply, const char* pointer) {
    boost::system::error_code none;
    const json::value all(reply);
    const auto* const found = all.find_pointer(pointer, none);
    return found && found->is_string() ? std::string{found->get_string()} : std::string{};
}

/// The reply to a query once the task has ended.
json::object end_of_task(const support::sandbox& server, const api& at, const json::object& body) {
    const auto id = text_at(reply_to_post(server.url() + at.submit, body), at.id);
    REQUIRE_FALSE(id.empty());
    json::object reply;
    REQUIRE(support::eventually([&] {
        reply = reply_with(200, {.url = server.url() + at.query + id, .headers = headers});
        const auto status = text_at(reply, at.status);
        return status == at.succeeded || status == at.failed;
    }));
    return reply;
}

json::object with_media(json::array media, int seconds) {
    return {{"model", "wan2.7-i2v"},
            {"input", json::object{{"media", std::move(media)}}},
            {"parameters", json::object{{"resolution", "720P"}, {"duration", seconds}}}};
}

json::object medium(const char* type, const std::string& url) { return {{"type", type}, {"url", url}}; }

} // namespace

TEST_CASE("a continued clip keeps its own sound, and what is new has a made one") {
    struct {
        const char* what;
        const char* sound;
        bool to_last_frame;
        double at_first, at_its_end;
    } const rows[] = {
        {"a clip with sound", "-f lavfi -i sine=frequency=1000:duration=2", false, 1000, 1000},
        {"a clip with sound, to a last frame", "-f lavfi -i sine=frequency=1000:duration=2", true, 1000,
         1000},
        {"a clip whose sound ends early", "-f lavfi -i sine=frequency=1000:duration=1", false, 1000, 0},
        {"a clip whose sound begins late", "-itsoffset 1 -f lavfi -i sine=frequency=1000:duration=1", false,
         0, 1000},
        {"a clip without sound", "", false, 0, 0},
    };
    support::sandbox server;
    for (const auto& row : rows) {
        CAPTURE(std::string{row.what});
        const file_peer clip{clip_of("2", row.sound)};
        support::temporary_folder folder;
        const auto file = folder / "video.mp4";
        std::vector<std::string> arguments{"video-continuation",
                                           "--base-url",
                                           server.base_url(),
                                           "--first-clip",
                                           clip.url(),
                                           "--resolution",
                                           "720P",
                                           "--duration",
                                           "4",
                                           "--poll-every",
                                           "0.05",
                                           "--out",
                                           file,
                                           "--json"};
        if (row.to_last_frame)
            arguments.insert(arguments.end(), {"--last-frame", server.url() + "/assets/last.png"});
        const auto got = wan_cli(arguments);
        REQUIRE_MESSAGE(got.code == 0, got.out);
        const auto samples = samples_of(file);
        CHECK(static_cast<double>(samples.size()) / sample_rate == doctest::Approx(4).epsilon(0.02));
        CHECK(pitch(samples, 0.1, 0.9) == doctest::Approx(row.at_first).epsilon(0.02));
        CHECK(pitch(samples, 1.2, 1.9) == doctest::Approx(row.at_its_end).epsilon(0.02));
        CHECK(pitch(samples, 2.1, 3.9) == doctest::Approx(made_pitch).epsilon(0.02));
    }
}

TEST_CASE("the usage of a continued clip tells apart what was given and what is new") {
    support::sandbox server;
    const auto usage_of = [&](const json::object& body) {
        return end_of_task(server, dashscope, body).at("usage");
    };
    const file_peer three_seconds{clip_of("3")}, half_seconds{clip_of("2.5")};
    CHECK(
        usage_of(with_media({medium("first_clip", three_seconds.url())}, 5)) ==
        support::parse_json(
            R"({"duration":5,"input_video_duration":3,"output_video_duration":2,"video_count":1,"SR":720})"));
    CHECK(
        usage_of(with_media({medium("first_clip", half_seconds.url())}, 4)) ==
        support::parse_json(
            R"({"duration":4,"input_video_duration":2.5,"output_video_duration":1.5,"video_count":1,"SR":720})"));
    CHECK(
        usage_of(with_media({medium("first_frame", server.url() + "/assets/first.png")}, 2)) ==
        support::parse_json(
            R"({"duration":2,"input_video_duration":0,"output_video_duration":2,"video_count":1,"SR":720})"));
}

TEST_CASE("JieKou takes media by URL only: data are refused, and no task is made") {
    support::sandbox server;
    const auto image = data_url_of(image_of(360, 360));
    const std::string shouted = "DATA:" + image.substr(5),
                      sound = "data:audio/wav;base64,UklGRg==", frame = "https://example.com/a.png";
    const json::object bodies[] = {
        {{"image_url", image}},
        {{"image_url", shouted}},
        {{"image_url", frame}, {"last_frame_url", image}},
        {{"image_url", frame}, {"driving_audio_url", sound}},
        {{"first_clip_url", "data:video/mp4;base64,AAAA"}},
    };
    for (const auto& body : bodies) {
        const auto reply = reply_to_post(server.url() + jiekou.submit, body, 400);
        CHECK(reply.at("code") == 400);
        CHECK(reply.at("reason") == "INVALID_REQUEST_BODY");
        CHECK(text_at(reply, "/message").find("URL") != std::string::npos);
        CHECK(reply.at("metadata") == json::object{});
    }
    CHECK(server.count("submits") == std::ssize(bodies));
    CHECK(server.count("created") == 0);
}

TEST_CASE("a medium may have as many bytes as its model's documents say, however it is given") {
    const auto below_10 = image_of(2000, 1746), above_10 = image_of(2000, 1748),
               above_20 = image_of(2700, 2600);
    constexpr std::size_t megabyte = std::size_t{1} << 20;
    REQUIRE((below_10.size() < 10 * megabyte && above_10.size() > 10 * megabyte &&
             above_20.size() > 20 * megabyte));
    const file_peer fits{below_10}, large{above_10}, huge{above_20};
    const file_peer long_sound{std::string(15 * megabyte + 1, '\0')},
        long_clip{std::string(100 * megabyte + 1, '\0')};

    const auto keyframes = [](const std::string& first, const std::string& last) {
        return json::object{{"model", "wan2.2-kf2v-flash"},
                            {"input", json::object{{"first_frame_url", first}, {"last_frame_url", last}}},
                            {"parameters", json::object{{"resolution", "480P"}}}};
    };
    const auto image = [](const std::string& url) {
        return json::object{{"model", "wan2.5-i2v-preview"},
                            {"input", json::object{{"img_url", url}}},
                            {"parameters", json::object{{"resolution", "480P"}}}};
    };
    const auto too_large = [](const std::string& kind, const std::string& limit) {
        return "Invalid file size. The " + kind + " file size must be less than " + limit + ".";
    };
    struct {
        const char* what;
        const api& at;
        json::object body;
        std::string message; ///< of the failure; empty: there is none
    } const rows[] = {
        {"kf2v 2.2, two that fit", dashscope_keyframes, keyframes(fits.url(), data_url_of(below_10)), ""},
        {"kf2v 2.2, fetched", dashscope_keyframes, keyframes(large.url(), fits.url()),
         too_large("image", "10MB")},
        {"kf2v 2.2, as data", dashscope_keyframes, keyframes(data_url_of(above_10), fits.url()),
         too_large("image", "10MB")},
        {"kf2v 2.2, last frame", dashscope_keyframes, keyframes(fits.url(), large.url()),
         too_large("image", "10MB")},
        {"i2v 2.5, as data", dashscope, image(data_url_of(above_10)), ""},
        {"i2v 2.5, too much data", dashscope, image(data_url_of(above_20)), too_large("image", "20MB")},
        {"i2v 2.5, too much fetched", dashscope, image(huge.url()), too_large("image", "20MB")},
        {"i2v 2.7", dashscope, with_media({medium("first_frame", huge.url())}, 2),
         too_large("image", "20MB")},
        {"i2v 2.7, sound", dashscope,
         with_media({medium("first_frame", fits.url()), medium("driving_audio", long_sound.url())}, 2),
         too_large("audio", "15MB")},
        {"i2v 2.7, clip", dashscope, with_media({medium("first_clip", long_clip.url())}, 4),
         too_large("video", "100MB")},
        {"SinanCode", sinancode, {{"image_url", large.url()}}, too_large("image", "10MB")},
        {"JieKou, fetched", jiekou, {{"image_url", huge.url()}}, too_large("image", "20MB")},
        {"JieKou, fits", jiekou, {{"image_url", large.url()}, {"resolution", "720P"}, {"duration", 2}}, ""},
    };
    support::sandbox server;
    for (const auto& row : rows) {
        CAPTURE(std::string{row.what});
        const auto reply = end_of_task(server, row.at, row.body);
        CHECK(text_at(reply, row.at.status) ==
              std::string{row.message.empty() ? row.at.succeeded : row.at.failed});
        if (row.message.empty()) continue;
        CHECK(text_at(reply, row.at.message) == row.message);
        if (row.at.code != nullptr) CHECK(text_at(reply, row.at.code) == "InvalidFile.Size");
    }
}
