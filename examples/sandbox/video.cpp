// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "video.hpp"

#include "frames.hpp"
#include "log.hpp"
#include "message.hpp"
#include "subprocess.hpp"

#include <wan/detail/text.hpp>

#include <algorithm>
#include <chrono>
#include <initializer_list>
#include <optional>
#include <vector>

namespace sandbox {

namespace {

namespace fs = std::filesystem;

struct directory_for_now {
    explicit directory_for_now(fs::path where) : path(std::move(where)) { fs::create_directory(path); }
    ~directory_for_now() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    directory_for_now(const directory_for_now&) = delete;
    directory_for_now& operator=(const directory_for_now&) = delete;

    fs::path path;
};

struct scene {
    frame first;
    std::optional<frame> last;
    wan::frame_size size;
    int fps;
    int seconds;
    bool watermark;

    int frames() const { return fps * seconds; }
};

std::string sized(wan::frame_size size, std::string_view separator) {
    return std::to_string(size.width) + std::string{separator} + std::to_string(size.height);
}

constexpr std::string_view video_pixels = ":out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1";

// The size follows the first frame's shape but for the rounding to 16, so it is stretched, as the model does.
std::string stretched(wan::frame_size size) {
    return "scale=" + sized(size, ":") + std::string{video_pixels};
}

std::string covering(wan::frame_size size) {
    return "scale=" + sized(size, ":") + ":force_original_aspect_ratio=increase" + std::string{video_pixels} +
           ",crop=" + sized(size, ":");
}

std::string fading(const scene& s) {
    const auto still = ",loop=loop=-1:size=1:start=0,settb=1/" + std::to_string(s.fps) +
                       ",setpts=N,trim=end_frame=" + std::to_string(s.frames());
    return "[0:v]" + stretched(s.size) + still + "[first];[1:v]" + covering(s.size) + still +
           "[last];[first][last]xfade=transition=fade:offset=0.5:duration=" + std::to_string(s.seconds - 1);
}

std::string zooming(const scene& s) {
    const auto held = std::to_string(s.fps / 2);
    // Twice the size: zoompan moves by whole pixels of its input, which would be seen as a tremble.
    return "[0:v]" + stretched({2 * s.size.width, 2 * s.size.height}) + ",zoompan=z='1+0.12*max(0,on-" +
           held + ")/" + std::to_string(s.frames()) +
           "':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d=" + std::to_string(s.frames()) +
           ":s=" + sized(s.size, "x") + ":fps=" + std::to_string(s.fps);
}

std::string label(std::string_view text, const scene& s, std::string_view position) {
    const auto height = std::max(12U, s.size.height / 60);
    return ",drawtext=font=DejaVu Sans:expansion=none:fontcolor=white:box=1:boxcolor=black@0.4:boxborderw=4:"
           "fontsize=" +
           std::to_string(height) + ":" + std::string{position} + ":text='" + std::string{text} + "'";
}

std::string graph_of(const scene& s) {
    auto graph = s.last ? fading(s) : zooming(s);
    graph += label(disclaimer, s, "x=10:y=10");
    if (s.watermark) graph += label("AI generated", s, "x=w-text_w-12:y=h-text_h-12");
    return graph + ",format=yuv420p[video]";
}

std::vector<std::string> ffmpeg_arguments(const scene& s, const fs::path& file) {
    std::vector<std::string> arguments{"ffmpeg", "-nostdin", "-v", "error", "-y", "-filter_complex_threads",
                                       "2"};
    const auto add = [&](std::initializer_list<std::string> more) {
        arguments.insert(arguments.end(), more);
    };
    const auto fps = std::to_string(s.fps);
    const auto add_input = [&](const frame& image) {
        add({"-protocol_whitelist", "file", "-threads", "1", "-f", image.format, "-framerate", fps, "-i",
             "file:" + image.file.string()});
    };
    add_input(s.first);
    if (s.last) add_input(*s.last);
    add({"-filter_complex", graph_of(s), "-map", "[video]", "-an", "-frames:v", std::to_string(s.frames()),
         "-r", fps});
    add({"-c:v", "libx264", "-preset", "superfast", "-crf", "20", "-pix_fmt", "yuv420p", "-threads", "2"});
    add({"-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"});
    add({"-metadata", "comment=" + std::string{disclaimer}, "-movflags", "+faststart", "-f", "mp4"});
    add({"file:" + file.string()});
    return arguments;
}

outcome render(const scene& s, const std::string& id, const fs::path& scratch, const fs::path& target,
               const std::stop_token& stop) {
    const auto file = scratch / "video.mp4";
    const auto start = std::chrono::steady_clock::now();
    const auto made = run_program(ffmpeg_arguments(s, file), scratch, std::chrono::minutes{5}, stop);
    if (stop.stop_requested()) return failure("InternalError", "The sandbox was stopped.");
    if (!made.ok) {
        log("task " + id + ": ffmpeg failed: " + wan::detail::printable(made.output, 400));
        return failure("InternalError.Algo", "The video could not be made, see the sandbox's stderr.");
    }
    // Renamed when complete: nobody can see half a video.
    std::error_code error;
    fs::rename(file, target, error);
    if (error) return failure("InternalError", "The sandbox could not store the video.");
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    log("task " + id + ": rendered " + sized(s.size, "x") + " in " +
        std::to_string(static_cast<long>(took.count())) + " ms");
    return {};
}

} // namespace

std::string missing_programs(const fs::path& scratch) {
    for (const std::string program : {"ffmpeg", "ffprobe"}) {
        const auto result = run_program({program, "-version"}, scratch, std::chrono::seconds{20}, {});
        if (!result.ok) return program + " does not run: " + wan::detail::printable(result.output, 200);
    }
    return {};
}

fs::path video_file(const fs::path& directory, std::string_view id) {
    return directory / (std::string{id} + ".mp4");
}

outcome make_video(const video_order& order, const fs::path& directory, const std::stop_token& stop) {
    const directory_for_now scratch(directory / (order.id + ".work"));
    const auto& limits = *order.limits;

    auto first =
        obtain_frame(order.first_frame_url, frame_role::first, limits.first_frame_url, scratch.path, stop);
    if (auto* const failed = std::get_if<outcome>(&first)) return std::move(*failed);
    scene s{.first = std::get<frame>(std::move(first)),
            .last = std::nullopt,
            .size = {},
            .fps = limits.output_fps,
            .seconds = limits.duration.default_seconds,
            .watermark = order.watermark};
    if (!order.last_frame_url.empty()) {
        auto last =
            obtain_frame(order.last_frame_url, frame_role::last, limits.last_frame_url, scratch.path, stop);
        if (auto* const failed = std::get_if<outcome>(&last)) return std::move(*failed);
        s.last = std::get<frame>(std::move(last));
    }
    s.size = wan::predict_output_size(s.first.size, wan::target_pixels(order.tier));
    return render(s, order.id, scratch.path, video_file(directory, order.id), stop);
}

} // namespace sandbox
