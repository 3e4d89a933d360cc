// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What the sandbox does with the media it is given: their sound, their seconds and their bytes.
#include "support/doctest.hpp"
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

using support::secret;
using support::wan_cli;

namespace json = boost::json;

namespace {

/// A server of one file.
class file_peer {
public:
    explicit file_peer(const std::string& bytes)
        : peer_(support::raw_peer::answering("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + std::to_string(bytes.size()) +
                                             "\r\n\r\n" + bytes)) {}
    std::string url() const { return peer_.url() + "/file"; }

private:
    support::raw_peer peer_;
};

/// What ffmpeg makes with those arguments of a file of that name.
std::string made_by_ffmpeg(const std::string& arguments, const std::string& name) {
    support::temporary_folder folder;
    const auto file = folder / name;
    REQUIRE(std::system(("ffmpeg -nostdin -v error -y " + arguments + " " + file).c_str()) == 0);
    return support::contents(file);
}

std::string clip_of(const std::string& seconds, const std::string& sound = {}) {
    return made_by_ffmpeg("-f lavfi -i testsrc=size=320x240:rate=30:duration=" + seconds + " " + sound, "clip.mp4");
}

constexpr int sample_rate = 8000;

std::vector<std::int16_t> samples_of(const std::string& file) {
    const auto bytes = made_by_ffmpeg("-i " + file + " -map 0:a -ac 1 -ar " + std::to_string(sample_rate) + " -f s16le", "samples");
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

} // namespace

TEST_CASE("a continued clip keeps its own sound, and what is new has a made one") {
    struct {
        const char* what;
        const char* sound;
        bool to_last_frame;
        double at_first, at_its_end;
    } const rows[] = {
        {"a clip with sound", "-f lavfi -i sine=frequency=1000:duration=2", false, 1000, 1000},
        {"a clip with sound, to a last frame", "-f lavfi -i sine=frequency=1000:duration=2", true, 1000, 1000},
        {"a clip whose sound ends early", "-f lavfi -i sine=frequency=1000:duration=1", false, 1000, 0},
        {"a clip whose sound begins late", "-itsoffset 1 -f lavfi -i sine=frequency=1000:duration=1", false, 0, 1000},
        {"a clip without sound", "", false, 0, 0},
    };
    support::sandbox server;
    for (const auto& row : rows) {
        CAPTURE(std::string{row.what});
        const file_peer clip{clip_of("2", row.sound)};
        support::temporary_folder folder;
        const auto file = folder / "video.mp4";
        std::vector<std::string> arguments{"video-continuation", "--base-url", server.base_url(), "--first-clip", clip.url(), "--resolution", "720P",
                                           "--duration", "4", "--poll-every", "0.05", "--out", file, "--json"};
        if (row.to_last_frame) arguments.insert(arguments.end(), {"--last-frame", server.url() + "/assets/last.png"});
        const auto got = wan_cli(arguments);
        REQUIRE_MESSAGE(got.code == 0, got.out);
        const auto samples = samples_of(file);
        CHECK(static_cast<double>(samples.size()) / sample_rate == doctest::Approx(4).epsilon(0.02));
        CHECK(pitch(samples, 0.1, 0.9) == doctest::Approx(row.at_first).epsilon(0.02));
        CHECK(pitch(samples, 1.2, 1.9) == doctest::Approx(row.at_its_end).epsilon(0.02));
        CHECK(pitch(samples, 2.1, 3.9) == doctest::Approx(made_pitch).epsilon(0.02));
    }
}
