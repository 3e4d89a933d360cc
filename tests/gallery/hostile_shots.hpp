// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Shots whose texts try to leave their place in a page.
#pragma once

#include "cli/gallery/gallery.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hostile {

using namespace std::string_literals;

/// Each of them changes the title, or asks hostile.example for something, where it is not escaped.
inline const std::vector<std::string> texts = {
    "<script>document.title = 'hostile'</script>",
    "\"><img src=x onerror=\"document.title = 'hostile'\">",
    "' onmouseover='document.title = 1' autofocus onfocus='document.title = 2",
    "</style></title></textarea></details></main><script src=\"https://hostile.example/a.js\"></script>",
    "<img src=\"https://hostile.example/pixel.png\"><link rel=stylesheet href=https://hostile.example/a.css>",
    "<meta http-equiv=refresh content=\"0;url=https://hostile.example/\"><iframe "
    "src=https://hostile.example>",
    "--><svg onload=\"document.title = 'hostile'\">]]>",
    "&lt;script&gt; &#60;script&#62; &amp",
    "\xFF\xC0\xAF<b>\xE2\x82\xED\xA0\x80 \0 \x1B[2J \xC2\x9B"s,
    "\xE2\x80\xAE"
    "evil \xE2\x81\xA6 right to left",
};

/// None of them may become a link or be loaded.
inline const std::vector<std::string> urls = {
    "javascript:document.title='hostile'",
    "JaVaScRiPt:document.title='hostile'",
    " javascript:document.title='hostile'",
    "data:text/html,<script>document.title='hostile'</script>",
    "vbscript:x",
    "//hostile.example/a.png",
    "https://user:password@hostile.example/a.png",
    "https://hostile.example/\\..\\a.png",
    "https://hostile.example/\" onclick=\"document.title='hostile'",
    "blob:https://hostile.example/a",
    "https:hostile.example",
    "file://hostile.example/share/a.png",
};

inline constexpr std::string_view states[] = {"succeeded", "failed",   "waiting",
                                              "running",   "canceled", "submit_unknown"};

/// Names that mean something else in a URL.
inline const std::vector<std::string> names = {
    "plain", "a b",          "a#b",     "a?b",  "a%20b", "a\"b'c<d>", "\xC3\xA9\xE6\xB0\xB4",
    "-rf",   "javascript:x", "a&amp;b", "a\\b", "https:"};

/// Returns shots with files `frames/NAME-NUMBER.png` and `NAME.mp4` in the folder. Every field of every
/// fourth shot is hostile, and its state may be too.
inline std::vector<cli::gallery_shot> shots(std::size_t count, const std::string& folder) {
    std::vector<cli::gallery_shot> all;
    for (std::size_t i = 0; i < count; ++i) {
        const auto& name = names[i % names.size()];
        const std::string state{states[i % 7 % std::size(states)]};
        const bool has_video = state == "succeeded";
        cli::gallery_shot s{.id = "shot-" + std::to_string(i), .state = state};
        s.prompt =
            "A paper boat drifts along a rain gutter at dusk, past a lit shop window. The camera follows at "
            "the height of the water, slowly.";
        s.model = "wan2.7-i2v";
        s.job = "keyframe_to_video";
        s.task_id = "86ecf553-d340-4e21-af6e-" + std::to_string(100000000000 + i);
        s.attempts = 1 + static_cast<unsigned>(i % 3 == 0);
        s.first_frame = folder + "/frames/" + name + "-" + std::to_string(i) + ".png";
        s.last_frame = i % 3 == 0 ? "https://images.example/last.png?signature=1" : s.first_frame;
        if (has_video) s.video = folder + "/" + name + ".mp4";
        if (has_video) s.cost = cli::gallery_cost{1'200'000, "CNY", i % 5 == 0};
        if (state == "failed")
            s.reason =
                "DataInspectionFailed: the input image may contain inappropriate content; change the image";
        if (i % 4 == 3) {
            const auto& text = texts[i / 4 % texts.size()];
            const auto& url = urls[i / 4 % urls.size()];
            s.id += text, s.prompt = text + s.prompt + s.prompt + s.prompt, s.model = text, s.job = text;
            s.reason = text, s.task_id = text, s.last_frame = url, s.video_url = url;
            if (!has_video) s.first_frame = text;
            if (i % 16 == 15) s.state = text;
            s.url_expires_at = std::chrono::sys_seconds{std::chrono::seconds{1893456000}};
            if (i == 7) s.cost = cli::gallery_cost{1, text};
        }
        all.push_back(std::move(s));
    }
    return all;
}

} // namespace hostile
