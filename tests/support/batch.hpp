// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// `wan batch` in a folder of its own.
#pragma once

#include "support/sandbox.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace support {

class batch_folder {
public:
    /// A file with one line a shot, and a video for the sandbox to give out.
    explicit batch_folder(int shots) {
        write_shots(shots);
        REQUIRE(std::system(("ffmpeg -v error -f lavfi -i color=red:s=64x64:d=0.2 " + video()).c_str()) == 0);
    }
    /// The same, with a copy of that video.
    batch_folder(int shots, const std::string& made) {
        write_shots(shots);
        std::filesystem::copy_file(made, video());
    }

    static std::string line(const std::string& id, const std::string& prompt) {
        const auto asked = prompt.empty() ? "" : R"(,"prompt":")" + prompt + "\"";
        return R"({"id":")" + id + R"(","job":"keyframe_to_video","first_frame_url":"https://example.com/)" +
               id + R"(.png","last_frame_url":"https://example.com/b.png","resolution":"480P")" + asked + "}";
    }

    void write_shots(int shots) {
        std::string lines;
        for (int i = 0; i < shots; ++i)
            lines += line("shot-" + std::to_string(i), "shot " + std::to_string(i)) + "\n";
        write(lines);
    }
    void write(const std::string& lines) { std::ofstream{file(), std::ios::binary} << lines; }

    /// Writes a file with the price of the shots, 5.00 CNY each, and returns its name.
    std::string prices() const {
        std::ofstream{folder_ / "prices.json"}
            << R"([{"model": "wan2.2-kf2v-flash", "tier": "480P", "per_second": "1", "currency": "CNY"}])";
        return folder_ / "prices.json";
    }

    std::string file() const { return folder_ / "shots.jsonl"; }
    std::string state() const { return folder_ / "shots.jsonl.state/state.db"; }
    std::string video() const { return folder_ / "video.mp4"; }
    std::string out(const std::string& name = "") const { return folder_ / ("out/" + name); }

    std::vector<std::string> arguments(const std::string& base_url,
                                       std::vector<std::string> more = {}) const {
        std::vector<std::string> all{"batch", file(), "--base-url", base_url, "--out-dir", out()};
        // Tests are in a hurry, unless they are about that.
        for (const auto& [option, value] :
             {std::pair{"--max-running", "20"}, std::pair{"--submits-per-second", "0"},
              std::pair{"--poll-every", "0.1"}, std::pair{"--request-timeout", "1"}})
            if (std::find(more.begin(), more.end(), option) == more.end())
                more.insert(more.end(), {option, value});
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }
    finished run(const sandbox& server, std::vector<std::string> more = {}) const {
        return wan_cli(arguments(server.base_url(), std::move(more)));
    }

    std::size_t videos() const {
        std::error_code none;
        const auto original = std::filesystem::file_size(video());
        std::size_t count = 0;
        for (std::filesystem::directory_iterator at{out(), none}, end; !none && at != end; ++at)
            if (at->path().extension() == ".mp4") {
                ++count;
                CHECK(at->file_size() == original);
            }
        return count;
    }

private:
    temporary_folder folder_;
};

} // namespace support
