// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/media/video.hpp"

#include "sandbox/http/message.hpp"
#include "sandbox/log.hpp"
#include "sandbox/media/frames.hpp"
#include "sandbox/media/recordings.hpp"
#include "sandbox/media/subprocess.hpp"

#include <wan/printable.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <utility>
#include <variant>
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
    std::optional<recording> clip;
    std::optional<frame> first; ///< without a clip
    std::optional<frame> last;
    std::optional<recording> given_sound;
    bool is_edit = false; ///< the clip is edited, not continued
    double reference_seconds = 0;
    wan::frame_size size = {};
    int fps = 0;
    int seconds = 0;
    bool sound = false;
    bool keeps_sound = false;
    bool watermark = false;

    int frames() const { return fps * seconds; }
    /// Returns the length of the clip's part: at least the last second of the video is new.
    int clip_frames() const {
        if (!clip) return 0;
        if (is_edit) return frames();
        return std::clamp(static_cast<int>(clip->seconds * fps + 0.5), 1, frames() - fps);
    }
    int new_frames() const { return frames() - clip_frames(); }
    double clip_seconds() const { return static_cast<double>(clip_frames()) / fps; }
};

std::string sized(wan::frame_size size, std::string_view separator) {
    return std::to_string(size.width) + std::string{separator} + std::to_string(size.height);
}

constexpr std::string_view video_pixels = ":out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1";

// The size has the first frame's shape, except for the rounding to 16, so it is stretched, as by the model.
std::string stretched(wan::frame_size size) {
    return "scale=" + sized(size, ":") + std::string{video_pixels};
}

std::string covering(wan::frame_size size) {
    return "scale=" + sized(size, ":") + ":force_original_aspect_ratio=increase" + std::string{video_pixels} +
           ",crop=" + sized(size, ":");
}

// `start` is the label of the picture that precedes the new frames.
std::string fading(const scene& s, const std::string& start) {
    const auto still = ",loop=loop=-1:size=1:start=0,settb=1/" + std::to_string(s.fps) +
                       ",setpts=N,trim=end_frame=" + std::to_string(s.new_frames());
    // Half a second without motion before and after, less in a short video.
    const int rest = (std::min)(s.fps / 2, s.new_frames() / 4);
    const auto in_seconds = [&](int frames) { return std::to_string(static_cast<double>(frames) / s.fps); };
    return start + stretched(s.size) + still + "[first];[1:v]" + covering(s.size) + still +
           "[last];[first][last]xfade=transition=fade:offset=" + in_seconds(rest) +
           ":duration=" + in_seconds(s.new_frames() - 2 * rest);
}

std::string zooming(const scene& s, const std::string& start) {
    const auto held = std::to_string(s.fps / 2);
    const auto frames = std::to_string(s.new_frames());
    // Twice the size: zoompan moves by whole pixels of its input, which would be visible as trembling.
    return start + stretched({2 * s.size.width, 2 * s.size.height}) + ",zoompan=z='1+0.12*max(0,on-" + held +
           ")/" + frames + "':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d=" + frames +
           ":s=" + sized(s.size, "x") + ":fps=" + std::to_string(s.fps);
}

std::string moving(const scene& s, const std::string& start) {
    return s.last ? fading(s, start) : zooming(s, start);
}

// The clip, then motion from its last frame.
std::string continuing(const scene& s) {
    const auto frames = std::to_string(s.clip_frames());
    const auto fps = ",fps=" + std::to_string(s.fps);
    return "[0:v]" + stretched(s.size) + fps +
           ",tpad=stop_mode=clone:stop_duration=1,trim=end_frame=" + frames +
           ",setpts=PTS-STARTPTS,split[clip][tail];[tail]trim=start_frame=" +
           std::to_string(s.clip_frames() - 1) + ",setpts=PTS-STARTPTS[end];" + moving(s, "[end]") +
           ",setsar=1[rest];[clip][rest]concat=n=2:v=1:a=0" + fps;
}

// The clip, visibly changed.
std::string editing(const scene& s) {
    return "[0:v]" + stretched(s.size) + ",fps=" + std::to_string(s.fps) +
           ",tpad=stop_mode=clone:stop_duration=" + std::to_string(s.seconds + 1) +
           ",trim=end_frame=" + std::to_string(s.frames()) + ",setpts=PTS-STARTPTS,hue=h=120";
}

std::string label(std::string_view text, const scene& s, std::string_view position) {
    const auto height = (std::max)(12U, s.size.height / 60);
    return ",drawtext=font=DejaVu Sans:expansion=none:fontcolor=white:box=1:boxcolor=black@0.4:boxborderw=4:"
           "fontsize=" +
           std::to_string(height) + ":" + std::string{position} + ":text='" + std::string{text} + "'";
}

constexpr int sound_rate = 48000;

// A sound that is shorter than the video is padded with silence.
std::string lasting(int frames, int fps) {
    return "aresample=" + std::to_string(sound_rate) +
           ":async=1:first_pts=0,aformat=channel_layouts=stereo," +
           "apad,atrim=end_sample=" + std::to_string(std::int64_t{frames} * sound_rate / fps);
}

std::string made_sound(const scene& s) {
    return std::string{s.last ? "[2:a]" : "[1:a]"}.append(
        lasting(s.is_edit ? s.frames() : s.new_frames(), s.fps));
}

std::string clip_sound(const scene& s) {
    return std::string{s.clip->has_sound ? "[0:a]" : "anullsrc,"}.append(lasting(s.clip_frames(), s.fps));
}

// The clip's own sound, then the made one, like the pictures.
std::string sounding(const scene& s) {
    if (!s.clip) return made_sound(s);
    if (s.is_edit) return s.keeps_sound ? clip_sound(s) : made_sound(s);
    return clip_sound(s) + "[own];" + made_sound(s) + "[made];[own][made]concat=n=2:v=0:a=1";
}

std::string graph_of(const scene& s) {
    auto graph = s.is_edit ? editing(s) : s.clip ? continuing(s) : moving(s, "[0:v]");
    // Not with -frames:v, which would end the sound with the last encoded picture.
    graph += ",tpad=stop_mode=clone:stop=2,trim=end_frame=" + std::to_string(s.frames());
    graph += label(disclaimer, s, "x=10:y=10");
    if (s.watermark) graph += label("AI generated", s, "x=w-text_w-12:y=h-text_h-12");
    graph += ",format=yuv420p[video]";
    if (s.sound) graph.append(";").append(sounding(s)).append("[sound]");
    return graph;
}

using arguments = std::vector<std::string>;

void add(arguments& to, std::initializer_list<std::string> more) { to.insert(to.end(), more); }

void add_file(arguments& to, const std::string& format, const fs::path& file) {
    add(to, {"-protocol_whitelist", "file", "-threads", "1", "-f", format, "-i", "file:" + file.string()});
}

void add_image(arguments& to, const frame& image, int fps) {
    add(to, {"-framerate", std::to_string(fps)});
    add_file(to, image.format, image.file);
}

void add_inputs(arguments& to, const scene& s) {
    if (s.clip)
        add_file(to, s.clip->format, s.clip->file);
    else
        add_image(to, *s.first, s.fps);
    if (s.last) add_image(to, *s.last, s.fps);
    if (!s.sound) return;
    if (s.given_sound)
        add_file(to, s.given_sound->format, s.given_sound->file);
    else
        add(to, {"-f", "lavfi", "-i", "sine=frequency=330:sample_rate=48000"});
}

arguments ffmpeg_arguments(const scene& s, const fs::path& file) {
    arguments all{"ffmpeg", "-nostdin", "-v", "error", "-y", "-filter_complex_threads", "2"};
    add_inputs(all, s);
    add(all, {"-filter_complex", graph_of(s), "-map", "[video]"});
    if (s.sound)
        add(all, {"-map", "[sound]", "-c:a", "aac", "-b:a", "128k", "-ac", "2"});
    else
        add(all, {"-an"});
    add(all, {"-r", std::to_string(s.fps)});
    add(all, {"-c:v", "libx264", "-preset", "superfast", "-crf", "20"});
    add(all, {"-pix_fmt", "yuv420p", "-threads", "2"});
    add(all, {"-color_range", "tv", "-colorspace", "bt709"});
    add(all, {"-color_primaries", "bt709", "-color_trc", "bt709"});
    add(all, {"-metadata", "comment=" + std::string{disclaimer}, "-movflags", "+faststart", "-f", "mp4"});
    add(all, {"file:" + file.string()});
    return all;
}

outcome render(const scene& s, const std::string& id, const fs::path& scratch, const fs::path& target,
               const std::stop_token& stop) {
    const auto file = scratch / "video.mp4";
    const auto start = std::chrono::steady_clock::now();
    const auto made = run_program(ffmpeg_arguments(s, file), scratch, std::chrono::minutes{5}, stop);
    if (stop.stop_requested()) return failure("InternalError", "The sandbox was stopped.");
    if (!made.ok) {
        log("task " + id + ": ffmpeg failed: " + wan::printable(made.output, 400));
        return failure("InternalError.Algo", "The video could not be made, see the sandbox's stderr.");
    }
    // Renamed when complete, so that no incomplete video is visible.
    std::error_code error;
    fs::rename(file, target, error);
    if (error) return internal_failure("store the video", error.message());
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    log("task " + id + ": rendered " + sized(s.size, "x") + " in " +
        std::to_string(static_cast<long>(took.count())) + " ms");
    return {.clip_seconds = s.is_edit ? 0 : s.clip_seconds(),
            .reference_seconds = s.reference_seconds,
            .seconds = s.seconds};
}

/// Puts the obtained medium into the scene, or returns why there is none.
template <class T, class Place>
std::optional<outcome> put(std::variant<T, outcome> obtained, Place& place) {
    if (auto* const failed = std::get_if<outcome>(&obtained)) return std::move(*failed);
    place = std::get<T>(std::move(obtained));
    return std::nullopt;
}

/// Checks every reference, so that an invalid one is rejected; the video begins with the first image.
std::optional<outcome> obtain_references(const video_order& order, const fs::path& scratch, scene& s,
                                         const std::stop_token& stop) {
    const auto& limit = order.limits->references;
    std::size_t number = 0;
    for (const auto& each : order.references) {
        const auto folder = scratch / ("reference-" + std::to_string(number++));
        fs::create_directory(folder);
        std::optional<outcome> failed;
        if (each.type == wan::reference_type::reference_image) {
            std::optional<frame> image;
            failed = put(
                obtain_frame(each.url, frame_role::first, limit.reference_image, order.uploads, folder, stop),
                image);
            if (!failed && !s.first && !s.clip) s.first = std::move(image);
        } else if (each.type == wan::reference_type::reference_video) {
            std::optional<recording> clip;
            failed = put(obtain_clip(each.url, limit.reference_video, order.uploads, folder, stop), clip);
            if (clip) s.reference_seconds += clip->seconds;
        } else if (each.type == wan::reference_type::reference_audio) {
            std::optional<recording> sound;
            failed = put(obtain_sound(each.url, limit.reference_audio, order.uploads, folder, stop), sound);
            if (!failed && !s.given_sound) s.given_sound = std::move(sound);
        }
        if (failed) return failed;
    }
    return std::nullopt;
}

/// Adds the video that is edited. The result is as long, unless the request sets another duration.
std::optional<outcome> obtain_edited(const video_order& order, const fs::path& scratch, scene& s,
                                     const std::stop_token& stop) {
    s.is_edit = true;
    s.keeps_sound = order.keeps_sound;
    if (auto failed =
            put(obtain_clip(order.video_url, order.limits->video_url, order.uploads, scratch, stop), s.clip))
        return failed;
    constexpr int most_seconds = 15;
    if (s.seconds == 0) s.seconds = std::clamp(static_cast<int>(s.clip->seconds + 0.5), 1, most_seconds);
    s.reference_seconds = s.clip->seconds;
    return std::nullopt;
}

std::optional<outcome> obtain_media(const video_order& order, const fs::path& scratch, scene& s,
                                    const std::stop_token& stop) {
    const auto& limits = *order.limits;
    const auto start_limit = limits.first_frame_url.offered() ? limits.first_frame_url : limits.image_url;
    if (!order.video_url.empty())
        if (auto failed = obtain_edited(order, scratch, s, stop)) return failed;
    if (order.first_frame_url.empty())
        if (auto failed = obtain_references(order, scratch, s, stop)) return failed;
    if (s.first || s.clip) return std::nullopt;
    const bool has_text_alone = order.first_frame_url.empty() && order.first_clip_url.empty();
    auto failed =
        has_text_alone ? put(card_of_text(order.text, scratch, stop), s.first)
        : order.first_clip_url.empty()
            ? put(obtain_frame(order.first_frame_url, frame_role::first, start_limit, order.uploads, scratch,
                               stop),
                  s.first)
            : put(obtain_clip(order.first_clip_url, limits.first_clip_url, order.uploads, scratch, stop),
                  s.clip);
    if (!failed && !order.last_frame_url.empty())
        failed = put(obtain_frame(order.last_frame_url, frame_role::last, limits.last_frame_url,
                                  order.uploads, scratch, stop),
                     s.last);
    if (!failed && s.sound && !order.audio_url.empty())
        failed =
            put(obtain_sound(order.audio_url, limits.audio_url, order.uploads, scratch, stop), s.given_sound);
    return failed;
}

} // namespace

std::string missing_programs(const fs::path& scratch) {
    for (const std::string program : {"ffmpeg", "ffprobe"}) {
        const auto result = run_program({program, "-version"}, scratch, std::chrono::seconds{20}, {});
        if (!result.ok)
            return program + " does not run: " + wan::printable(result.output, 200) + "; install ffmpeg";
    }
    return {};
}

namespace {

/// Returns a file name for the id: ids differ at the beginning, and may be too long for a file name.
std::string file_name(std::string_view id) { return std::string{id.substr(0, new_id().size())}; }

} // namespace

fs::path video_file(const fs::path& directory, std::string_view id) {
    return directory / (file_name(id) + ".mp4");
}

outcome make_video(const video_order& order, const fs::path& directory, const std::stop_token& stop) {
    const directory_for_now scratch(directory / (file_name(order.id) + ".work"));
    scene s;
    s.fps = order.limits->output_fps;
    s.seconds = order.seconds;
    s.sound = order.sound;
    s.watermark = order.watermark;
    if (auto failed = obtain_media(order, scratch.path, s, stop)) return *std::move(failed);
    s.size = order.size.width != 0 ? order.size
                                   : wan::predict_output_size(s.clip ? s.clip->size : s.first->size,
                                                              wan::target_pixels(order.tier));
    return render(s, order.id, scratch.path, video_file(directory, order.id), stop);
}

} // namespace sandbox
