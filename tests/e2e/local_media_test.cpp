// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Frames, clips and sounds that lie on the disk, over real HTTP.
#include "support/batch.hpp"
#include "support/doctest.hpp"
#include "support/fast_policy.hpp"
#include "support/files.hpp"
#include "support/made_media.hpp"
#include "support/sandbox.hpp"

#include "executors/curl_multi.hpp"

#include <wan/run/blocking.hpp>
#include <wan/run/callback.hpp>
#include <wan/wan.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("uploads");

using namespace std::chrono_literals;
using wan::media_transfer;

namespace {

const std::string frames = WAN_SOURCE_DIR "/examples/frames/";

std::vector<std::string> local_frames(const support::sandbox& server, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"keyframe-to-video", "--base-url", server.base_url(), "--first-frame",
                               frames + "first.png", "--last-frame", frames + "last.png", "--resolution",
                               "720P", "--poll-every", "0.05", "--request-timeout", "2", "--json"});
    return more;
}

wan::keyframe_to_video two_uploads() {
    const auto file = [](const std::string& name) {
        return wan::media{support::shared_bytes(support::contents(frames + name), false), name,
                          media_transfer::upload};
    };
    return {.first_frame_url = file("first.png"),
            .last_frame_url = file("last.png"),
            .resolution = wan::resolution::p480};
}

/// An engine's own loop.
struct loop {
    wan::executors::curl_multi http;
    std::multimap<wan::time_point, std::function<void()>> calls;
    std::size_t most_at_once = 0;

    struct timer {
        loop* of;
        wan::time_point now() const { return std::chrono::steady_clock::now(); }
        void call_at(wan::time_point at, std::function<void()> callback) const {
            of->calls.emplace(at, std::move(callback));
        }
    };

    wan::outcome run(const wan::provider& who, const wan::keyframe_to_video& shot) {
        std::optional<wan::outcome> end;
        const auto begin_http = [this](const wan::http_request& request, wan::http_done done) {
            http(request, std::move(done));
            most_at_once = std::max(most_at_once, http.running());
        };
        wan::run_async(who, shot, begin_http, timer{this}, {.policy = support::fast_policy()},
                       [&](wan::outcome o) { end = std::move(o); });
        while (!end) {
            while (!calls.empty() && calls.begin()->first <= std::chrono::steady_clock::now())
                calls.extract(calls.begin()).mapped()();
            http.poll(10ms);
            if (http.running() == 0) std::this_thread::sleep_for(5ms);
        }
        return *std::move(end);
    }
};

wan::outcome run_blocking(const wan::provider& who, const wan::keyframe_to_video& shot) {
    return wan::run(who, shot, wan::executors::curl{}, {.policy = support::fast_policy()});
}
wan::outcome run_callback(const wan::provider& who, const wan::keyframe_to_video& shot) {
    return loop{}.run(who, shot);
}

} // namespace

TEST_CASE("frames on the disk become a video of the documented size, sent within the request or uploaded") {
    const support::sandbox server;
    const support::temporary_folder folder;
    int uploads = 0;
    for (const std::vector<std::string>& way : {std::vector<std::string>{}, {"--inline"}, {"--upload"}}) {
        auto arguments = local_frames(server, {"--out", folder / "video.mp4"});
        arguments.insert(arguments.end(), way.begin(), way.end());
        const auto made = support::wan_cli(arguments);
        REQUIRE_MESSAGE(made.code == 0, made.out);
        CHECK(support::output_of(
                  "ffprobe -v error -select_streams v:0 -show_entries stream=width,height -of csv=p=0 " +
                  (folder / "video.mp4")) == "816,1104\n");
        uploads += way == std::vector<std::string>{"--upload"} ? 2 : 0;
        CHECK(server.count("uploads") == uploads);
        std::filesystem::remove(folder / "video.mp4");
    }
    CHECK(server.count("keys_at_upload_host") == 0);
}

TEST_CASE("videos have the size that was predicted from the first frame") {
    const support::sandbox server;
    const support::temporary_folder folder;
    struct sample {
        wan::frame_size frame;
        wan::resolution tier;
    };
    for (const auto& [frame, tier] :
         {sample{{750, 1000}, wan::resolution::p480}, sample{{1999, 361}, wan::resolution::p720},
          sample{{361, 1500}, wan::resolution::p1080}, sample{{1000, 1000}, wan::resolution::p1080}}) {
        std::ofstream{folder / "frame.bmp", std::ios::binary}
            << support::image_of(static_cast<int>(frame.width), static_cast<int>(frame.height));
        const auto made =
            support::wan_cli({"keyframe-to-video", "--base-url", server.base_url(), "--first-frame",
                              folder / "frame.bmp", "--resolution", std::string{to_wire(tier)}, "--out",
                              folder / "video.mp4", "--poll-every", "0.05", "--json"});
        REQUIRE_MESSAGE(made.code == 0, made.out);
        const auto size = wan::predict_output(frame, tier).size;
        CHECK(support::output_of(
                  "ffprobe -v error -select_streams v:0 -show_entries stream=width,height -of csv=p=0 " +
                  (folder / "video.mp4")) ==
              std::to_string(size.width) + "," + std::to_string(size.height) + "\n");
        std::filesystem::remove(folder / "video.mp4");
    }
}

TEST_CASE("a sound on the disk is uploaded, and an image beside it goes within the request") {
    const support::sandbox server;
    const support::temporary_folder folder;
    std::ofstream{folder / "sound.wav", std::ios::binary} << support::wav(5000);
    const auto made = support::wan_cli({"image-to-video", "--base-url", server.base_url(), "--image",
                                        frames + "first.png", "--audio-url", folder / "sound.wav",
                                        "--resolution", "720P", "--poll-every", "0.05", "--json"});
    REQUIRE_MESSAGE(made.code == 0, made.out);
    CHECK(server.count("uploads") == 1);
}

TEST_CASE("whatever goes wrong with an upload: the right end, and one submit at most, with both drivers") {
    struct fault {
        std::string name;
        bool is_got_over;
    };
    const std::vector<fault> faults{
        {"policy-500", true},       {"policy-503", true},     {"policy-429", true},
        {"policy-garbage", true},   {"policy-reset", true},   {"policy-html", true},
        {"policy-drop", true},      {"policy-cut", true},     {"upload-500", true},
        {"upload-503", true},       {"upload-html", true},    {"upload-reset", true},
        {"upload-drop", true},      {"upload-lost", true},    {"upload-duplicate", true},
        {"upload-expired", true},   {"upload-trickle", true}, {"upload-long-length", true},
        {"upload-forbidden", false}};
    const std::pair<const char*, wan::outcome (*)(const wan::provider&, const wan::keyframe_to_video&)>
        drivers[] = {{"blocking", run_blocking}, {"callback", run_callback}};
    const support::temporary_folder folder;
    // so that no video need be made
    std::ofstream{folder / "video.mp4", std::ios::binary} << support::clip_of("1");
    for (const auto& f : faults)
        for (const auto& [driver, drive] : drivers) {
            const std::string name = driver;
            CAPTURE(f.name);
            CAPTURE(name);
            const support::sandbox server{{"--fault", f.name, "--video", folder / "video.mp4"}};
            const auto end = drive(wan::dashscope::at(server.base_url(), support::secret), two_uploads());
            CHECK_MESSAGE(end.ending ==
                              (f.is_got_over ? wan::task_ending::succeeded : wan::task_ending::rejected),
                          to_string(end));
            CHECK(server.count("submits") == (f.is_got_over ? 1 : 0));
            CHECK(server.count("keys_at_upload_host") == 0);
            if (!f.is_got_over) {
                REQUIRE(end.error);
                CHECK(end.error->code == "AccessDenied");
            }
        }
}

TEST_CASE("an engine's loop uploads the files of a request side by side") {
    const support::sandbox server;
    loop engine;
    CHECK(engine.run(wan::dashscope::at(server.base_url(), support::secret), two_uploads()).succeeded());
    CHECK(engine.most_at_once == 2);
}

TEST_CASE("a file that changes while it is sent is not submitted") {
    const support::sandbox server;
    for (const auto how : {media_transfer::inline_data, media_transfer::upload}) {
        class vanishing final : public wan::byte_source {
        public:
            explicit vanishing(std::string bytes) : bytes_(std::move(bytes)) {}
            std::uint64_t size() const noexcept override { return bytes_.size(); }
            std::size_t read(std::uint64_t offset, std::span<std::byte> to) const noexcept override {
                if (offset + to.size() > 50'000) return 0;
                return wan::borrowed_bytes{std::as_bytes(std::span{bytes_})}.read(offset, to);
            }

        private:
            std::string bytes_;
        };
        wan::keyframe_to_video shot{
            .first_frame_url =
                wan::media{std::make_shared<vanishing>(support::contents(frames + "first.png")), "first.png",
                           how},
            .resolution = wan::resolution::p480};
        for (const auto drive : {run_blocking, run_callback}) {
            const auto end = drive(wan::dashscope::at(server.base_url(), support::secret), shot);
            CHECK_MESSAGE(end.ending == wan::task_ending::unreachable, to_string(end));
        }
    }
    CHECK(server.count("submits") == 0);
}

TEST_CASE("a batch takes files from its own folder on, and fetches what it submitted when they are gone") {
    const support::sandbox server{{"--pace", "2000"}};
    const support::temporary_folder folder;
    for (const auto* name : {"first.png", "last.png"})
        std::filesystem::copy_file(frames + name, folder / name);
    std::ofstream{folder / "shots.jsonl"}
        << R"({"id":"a","job":"keyframe_to_video","first_frame_url":"first.png","last_frame_url":"last.png","resolution":"480P"})"
        << '\n';
    const std::vector<std::string> batch{
        "batch",    folder / "shots.jsonl", "--base-url", server.base_url(), "--out-dir", folder / "out",
        "--upload", "--poll-every",         "0.1",        "--json"};
    {
        support::program killed{WAN_PROGRAM, batch, {"DASHSCOPE_API_KEY=" + support::secret}};
        REQUIRE(support::eventually([&] { return server.count("submits") == 1; }));
        std::this_thread::sleep_for(300ms);
        killed.kill(SIGKILL);
        (void)killed.wait();
    }
    CHECK(server.count("uploads") == 2);
    std::filesystem::remove(folder / "first.png");
    const auto again = support::wan_cli(batch);
    CHECK_MESSAGE(again.code == 0, again.out, again.err);
    CHECK(std::filesystem::exists(folder / "out/a.mp4"));
    CHECK(server.count("submits") == 1);

    std::ofstream{folder / "shots.jsonl", std::ios::app}
        << R"({"id":"b","job":"keyframe_to_video","first_frame_url":"first.png","resolution":"480P"})"
        << '\n';
    const auto refused = support::wan_cli(batch);
    CHECK(refused.code == 2);
    CHECK_MESSAGE(
        refused.out.find("line 2 (b): first_frame_url: cannot read first.png: No such file or directory") !=
            std::string::npos,
        refused.out);
}

TEST_CASE("a dry run shows the sizes of media, not the media") {
    const auto run = [](std::vector<std::string> more) {
        more.insert(more.begin(), {"keyframe-to-video", "--first-frame", frames + "first.png", "--resolution",
                                   "720P", "--dry-run", "--quiet"});
        const auto shown = support::wan_cli(more);
        CHECK(shown.code == 0);
        CHECK(shown.out.size() < 1000);
        return shown.json();
    };
    const auto bytes = std::filesystem::file_size(frames + "first.png");
    const auto within = run({});
    CHECK(within.at("body").at("input").at("first_frame_url").as_string() ==
          "data:image/png;base64,<" + std::to_string(wan::base64_size(bytes)) + " characters>");
    CHECK(!within.contains("uploads"));
    const auto uploaded = run({"--upload"});
    CHECK(uploaded.at("headers").as_object().contains("X-DashScope-OssResourceResolve"));
    CHECK(uploaded.at("uploads").at(0).at("bytes").to_number<std::uint64_t>() == bytes);
    CHECK(uploaded.at("uploads").at(0).at("field").as_string() == "first_frame_url");
}

TEST_CASE("a file URL was taken as it is written: it is percent-decoded and may name localhost") {
    const support::temporary_folder folder;
    const std::string odd = folder / "a b%.png";
    std::filesystem::copy_file(frames + "first.png", odd);
    const std::string path = folder / "a%20b%25.png";
    for (const auto& url :
         {"file://" + path, "file://localhost" + path, "FILE://LOCALHOST" + path, "file:" + path}) {
        const auto shown = support::wan_cli(
            {"keyframe-to-video", "--first-frame", url, "--resolution", "720P", "--dry-run", "--quiet"});
        CHECK_MESSAGE(shown.code == 0, url, shown.err);
    }
    const auto elsewhere =
        support::wan_cli({"keyframe-to-video", "--first-frame", "file://nas" + path, "--dry-run"});
    CHECK(elsewhere.code == 2);
    CHECK_MESSAGE(elsewhere.err.find("does not name a file on this machine") != std::string::npos,
                  elsewhere.err);
}

TEST_CASE("wrong files are refused before anything is sent") {
    const support::sandbox server;
    const support::temporary_folder folder;
    const auto refused = [&](const std::string& name, const std::string& bytes, const std::string& said) {
        std::ofstream{folder / name, std::ios::binary} << bytes;
        const auto end = support::wan_cli({"keyframe-to-video", "--base-url", server.base_url(),
                                           "--first-frame", folder / name, "--resolution", "480P"});
        CHECK(end.code == 2);
        CHECK_MESSAGE(end.err.find(said) != std::string::npos, end.err);
    };
    refused("alpha.png", support::png({750, 1000}, support::png_colour::rgba),
            "image/png with an alpha channel");
    refused("small.png", support::png({100, 1000}),
            "100x1000 pixels; wan2.2-kf2v-flash accepts sides of 240 to 8000 pixels");
    refused("cut.png", support::png({750, 1000}).substr(0, 20), "PNG");
    refused("text.png", "hello, this is a text", "not a JPEG, PNG, BMP or WebP image");
    refused("empty.png", "", "empty.png is empty");
    const auto folder_given = support::wan_cli({"keyframe-to-video", "--base-url", server.base_url(),
                                                "--first-frame", frames, "--resolution", "480P"});
    CHECK(folder_given.code == 2);
    CHECK(folder_given.err.find("not a regular file") != std::string::npos);
    CHECK(server.count("submits") == 0);
    CHECK(server.count("policies") == 0);
}
