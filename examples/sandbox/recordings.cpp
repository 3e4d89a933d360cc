// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "recordings.hpp"

#include "card.hpp"
#include "fetch.hpp"
#include "sizes.hpp"
#include "subprocess.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace sandbox {

namespace {

namespace fs = std::filesystem;

/// What a file can be given as.
struct recording_kind {
    std::string_view name;
    std::string (*format_of)(std::string_view bytes); ///< empty: none that is supported
};

std::string clip_format(std::string_view bytes) {
    return bytes.substr(0, 8).ends_with("ftyp") ? "mov" : std::string{};
}

std::string sound_format(std::string_view bytes) {
    if (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WAVE")) return "wav";
    const bool frame_sync = bytes.size() > 1 && bytes[0] == '\xff' && (bytes[1] & 0xe0) == 0xe0;
    return frame_sync || bytes.starts_with("ID3") ? "mp3" : std::string{};
}

constexpr recording_kind clip_kind{"video", clip_format};
constexpr recording_kind sound_kind{"audio", sound_format};

outcome bad_file(std::string message) { return failure("InvalidFile", std::move(message)); }

std::string probe(const recording& r, const std::string& streams, const std::string& entries,
                  const std::stop_token& stop) {
    const auto probed =
        run_program({"ffprobe", "-v", "error", "-protocol_whitelist", "file", "-f", r.format, "-show_entries",
                     entries, "-select_streams", streams, "-of", "csv=p=0:s=x", "file:" + r.file.string()},
                    r.file.parent_path(), std::chrono::seconds{30}, stop);
    return probed.ok ? probed.output : std::string{};
}

/// What a server on this machine answers, in a file.
std::variant<recording, outcome> fetched(std::string_view url, const wan::url_view& parts,
                                         const recording_kind& kind, const wan::recording_limit& limit,
                                         const fs::path& file, const std::stop_token& stop) {
    const auto answer = fetch_from_loopback(parts, limit.max_bytes, stop);
    const auto* const bytes = std::get_if<std::string>(&answer);
    if (!bytes) return not_fetched(std::get<fetch_failure>(answer), url, kind.name, limit.max_bytes);
    recording found{.file = file, .format = kind.format_of(*bytes)};
    if (found.format.empty()) return bad_file("The file format is not supported.");
    std::ofstream out(file, std::ios::binary);
    if (!out.write(bytes->data(), static_cast<std::streamsize>(bytes->size())).flush())
        return failure("InternalError", "The sandbox could not store the file.");
    found.seconds = std::strtod(probe(found, "v:0", "format=duration", stop).c_str(), nullptr);
    if (!(found.seconds > 0)) return bad_file("The file is damaged.");
    // What is cut to whole seconds is often a frame or two longer.
    const auto least = static_cast<double>(limit.seconds.min), most = static_cast<double>(limit.seconds.max);
    if (found.seconds < least - 0.1 || found.seconds > most + 0.1)
        return bad_file("The duration of the file must be between " + std::to_string(limit.seconds.min) +
                        " and " + std::to_string(limit.seconds.max) + " seconds.");
    return found;
}

std::variant<recording, outcome> card(std::string_view url, const fs::path& file,
                                      const std::stop_token& stop) {
    const bool drawn = draw_card({.title = "First clip",
                                  .url = url,
                                  .colour = "0x3F6B3A",
                                  .output = {"-t", "2", "-r", "30", "-c:v", "libx264", "-preset", "ultrafast",
                                             "-pix_fmt", "yuv420p", "-f", "mp4"}},
                                 file, stop);
    if (!drawn) return failure("InternalError", "The sandbox could not draw a card.");
    return recording{.file = file, .format = "mov", .size = card_size, .seconds = 2};
}

} // namespace

std::variant<recording, outcome> obtain_clip(std::string_view url, const wan::recording_limit& limit,
                                             const fs::path& directory, const std::stop_token& stop) {
    const auto parts = wan::parse_url(url);
    if (!parts) return not_downloaded(url);
    if (!is_on_this_machine(*parts)) return card(url, directory / "clip", stop);
    auto result = fetched(url, *parts, clip_kind, limit, directory / "clip", stop);
    if (auto* const clip = std::get_if<recording>(&result)) {
        auto& [width, height] = clip->size;
        const auto size = probe(*clip, "v:0", "stream=width,height", stop);
        if (std::sscanf(size.c_str(), "%ux%u", &width, &height) != 2)
            return bad_file("The file has no video.");
        if (!sides_fit(clip->size, limit.side) || !ratio_fits(clip->size, limit.max_ratio))
            return bad_file("The resolution of the video is invalid.");
        clip->has_sound = !probe(*clip, "a:0", "stream=index", stop).empty();
    }
    return result;
}

std::variant<std::optional<recording>, outcome> obtain_sound(std::string_view url,
                                                             const wan::recording_limit& limit,
                                                             const fs::path& directory,
                                                             const std::stop_token& stop) {
    const auto parts = wan::parse_url(url);
    if (!parts) return not_downloaded(url);
    if (!is_on_this_machine(*parts)) return std::nullopt;
    auto result = fetched(url, *parts, sound_kind, limit, directory / "sound", stop);
    if (auto* const failed = std::get_if<outcome>(&result)) return std::move(*failed);
    return std::get<recording>(std::move(result));
}

} // namespace sandbox
