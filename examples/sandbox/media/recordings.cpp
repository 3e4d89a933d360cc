// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/media/recordings.hpp"

#include "sandbox/media/card.hpp"
#include "sandbox/media/near.hpp"
#include "sandbox/media/sizes.hpp"
#include "sandbox/media/subprocess.hpp"

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>

namespace sandbox {

namespace {

namespace fs = std::filesystem;

/// The kinds of recordings.
struct recording_kind {
    std::string_view name;
    std::string_view formats;
    std::string (*format_of)(std::string_view bytes); ///< empty if the format is not supported
};

std::string clip_format(std::string_view bytes) {
    return bytes.substr(0, 8).ends_with("ftyp") ? "mov" : std::string{};
}

std::string sound_format(std::string_view bytes) {
    if (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WAVE")) return "wav";
    const bool frame_sync = bytes.size() > 1 && bytes[0] == '\xff' && (bytes[1] & 0xe0) == 0xe0;
    return frame_sync || bytes.starts_with("ID3") ? "mp3" : std::string{};
}

constexpr recording_kind clip_kind{"video", "MP4 and MOV", clip_format};
constexpr recording_kind sound_kind{"audio", "WAV and MP3", sound_format};

outcome cannot_be_opened() {
    return failure("InvalidFile.Openerror", "Invalid file, cannot open file as video/audio/image.");
}

outcome wrong_format(const recording_kind& kind) {
    return failure("InvalidFile.Format",
                   "Invalid file format, the request file format is one of the following types: " +
                       std::string{kind.formats} + ".");
}

outcome wrong_duration(const wan::range_limit& limit) {
    return failure("InvalidFile.Duration", "Invalid file duration. The file duration must be " +
                                               std::to_string(limit.min) + " s ~ " +
                                               std::to_string(limit.max) + " s.");
}

outcome wrong_resolution(const wan::range_limit& limit) {
    return failure("InvalidFile.Resolution",
                   "Invalid video resolution. The height or width of video must be " +
                       std::to_string(limit.min) + " ~ " + std::to_string(limit.max) + ".");
}

std::string probe(const recording& r, const std::string& streams, const std::string& entries,
                  const std::stop_token& stop) {
    const auto probed =
        run_program({"ffprobe", "-v", "error", "-protocol_whitelist", "file", "-f", r.format, "-show_entries",
                     entries, "-select_streams", streams, "-of", "csv=p=0:s=x", "file:" + r.file.string()},
                    r.file.parent_path(), std::chrono::seconds{30}, stop);
    return probed.ok ? probed.output : std::string{};
}

/// Returns nothing if the URL is neither an upload nor of this machine.
std::optional<std::variant<recording, outcome>> obtained(std::string_view url, const recording_kind& kind,
                                                         const wan::recording_limit& limit,
                                                         const uploaded_files& uploads, const fs::path& file,
                                                         const std::stop_token& stop) {
    const auto answer = fetch_from_near(url, uploads, limit.max_bytes, stop);
    if (!answer) return std::nullopt;
    const auto* const bytes = std::get_if<std::string>(&*answer);
    if (!bytes) return not_fetched(std::get<fetch_failure>(*answer), url, kind.name, limit.max_bytes);
    recording found{.file = file, .format = kind.format_of(*bytes)};
    if (found.format.empty()) return wrong_format(kind);
    errno = 0;
    std::ofstream out(file, std::ios::binary);
    if (!out.write(bytes->data(), static_cast<std::streamsize>(bytes->size())).flush())
        return internal_failure("store the file", std::strerror(errno));
    found.seconds = std::strtod(probe(found, "v:0", "format=duration", stop).c_str(), nullptr);
    if (!(found.seconds > 0)) return cannot_be_opened();
    // Recordings cut to whole seconds are often a frame or two longer.
    const auto least = static_cast<double>(limit.seconds.min), most = static_cast<double>(limit.seconds.max);
    if (found.seconds < least - 0.1 || found.seconds > most + 0.1) return wrong_duration(limit.seconds);
    return found;
}

std::variant<recording, outcome> card(std::string_view url, const fs::path& file,
                                      const std::stop_token& stop) {
    const auto drawn = draw_card({.title = "First clip",
                                  .url = url,
                                  .colour = "0x3F6B3A",
                                  .output = {"-t", "2", "-r", "30", "-c:v", "libx264", "-preset", "ultrafast",
                                             "-pix_fmt", "yuv420p", "-f", "mp4"}},
                                 file, stop);
    if (!drawn.ok) return internal_failure("draw a card", drawn.output);
    return recording{.file = file, .format = "mov", .size = card_size, .seconds = 2};
}

} // namespace

std::variant<recording, outcome> obtain_clip(std::string_view url, const wan::recording_limit& limit,
                                             const uploaded_files& uploads, const fs::path& directory,
                                             const std::stop_token& stop) {
    auto found = obtained(url, clip_kind, limit, uploads, directory / "clip", stop);
    if (!found) return card(url, directory / "clip", stop);
    if (auto* const clip = std::get_if<recording>(&*found)) {
        auto& [width, height] = clip->size;
        const auto size = probe(*clip, "v:0", "stream=width,height", stop);
        if (std::sscanf(size.c_str(), "%ux%u", &width, &height) != 2) return cannot_be_opened();
        if (!sides_fit(clip->size, limit.side)) return wrong_resolution(limit.side);
        if (!ratio_fits(clip->size, limit.max_ratio)) return wrong_ratio(limit.max_ratio);
        clip->has_sound = !probe(*clip, "a:0", "stream=index", stop).empty();
    }
    return *std::move(found);
}

std::variant<std::optional<recording>, outcome>
obtain_sound(std::string_view url, const wan::recording_limit& limit, const uploaded_files& uploads,
             const fs::path& directory, const std::stop_token& stop) {
    auto found = obtained(url, sound_kind, limit, uploads, directory / "sound", stop);
    if (!found) return std::nullopt;
    if (auto* const failed = std::get_if<outcome>(&*found)) return std::move(*failed);
    return std::get<recording>(*std::move(found));
}

} // namespace sandbox
