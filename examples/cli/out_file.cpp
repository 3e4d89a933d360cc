// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "out_file.hpp"

#include "cli/downloads/download.hpp"
#include "cli/files/storage.hpp"

#include <wan/printable.hpp>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string>
#include <utility>

namespace cli {

namespace {

bool is_there(const std::string& file) {
    std::error_code ignored;
    return std::filesystem::symlink_status(file, ignored).type() != std::filesystem::file_type::not_found;
}

} // namespace

wan::result<void> check_out(const wait_options& options) {
    if (!options.out) return {};
    if (writes_video_to_stdout(options))
        return options.json ? wan::result<void>{bad_option(
                                  "--out - and --json both write to standard output; give --out a file name")}
                            : wan::result<void>{};
    const auto& out = *options.out;
    if (out.empty())
        return bad_option("--out: the file name is empty; give a file name, or - for standard output");
    if (options.token && std::filesystem::path{*options.token}.lexically_normal() ==
                             std::filesystem::path{out}.lexically_normal())
        return bad_option("--out and --token name the same file, " + wan::printable(out, 1000) +
                          "; the token would overwrite the video, so choose another name");
    const auto probe = out + ".part";
    std::error_code ignored;
    const auto there = std::filesystem::status(out, ignored).type();
    const bool replaceable =
        there == std::filesystem::file_type::not_found || there == std::filesystem::file_type::regular;
    if (replaceable && is_there(out) && !options.force)
        return bad_option("--out: " + wan::printable(out, 1000) +
                          " already exists; use --force to replace it, or choose another name");
    auto* file = replaceable ? std::fopen(probe.c_str(), "ab") : nullptr;
    if (file == nullptr) {
        const auto why = replaceable ? std::string{std::strerror(errno)} + "; choose a writable directory"
                                     : "not a regular file; choose another name";
        return wan::error{.category = wan::error_category::storage,
                          .message = "--out: cannot write " + out + ": " + why};
    }
    std::fclose(file);
    if (std::filesystem::file_size(probe, ignored) == 0) std::filesystem::remove(probe, ignored);
    return {};
}

wan::result<void> check_shot_file(const std::string& file, const wait_options& options) {
    std::error_code ignored;
    if (options.force || !std::filesystem::exists(file, ignored)) return {};
    return bad_option(file + " exists, but is not recorded in this state; move it, choose another --out-dir, "
                             "or use --force to replace it");
}

wan::result<void> check_new_shot_file(const std::string& file, const wait_options& options) {
    if (check_shot_file(file, options)) return {};
    return bad_option(file +
                      " exists, but is not recorded in this state: the shot would be submitted and paid "
                      "for again; if FILE was renamed, give its former --state, otherwise move the video "
                      "or use --force");
}

wan::result<bool> check_recorded_file(const std::string& file, std::uint64_t bytes, bool replaces) {
    std::error_code missing;
    const auto size = std::filesystem::file_size(file, missing);
    if (missing) return false;
    // A part of a video was not meant to be kept.
    if (size == bytes || replaces || !is_whole_video(file)) return size == bytes;
    return bad_option(file + " was changed: it has " + std::to_string(size) +
                      " bytes, and the downloaded video " + std::to_string(bytes) +
                      "; move it, and the video is downloaded again; or use --force to replace it");
}

bool is_video_of(const wan::resume_token& token, const std::string& file) {
    if (token.ending != wan::task_ending::succeeded) return false;
    const auto written = written_at(file);
    return written && *written >= token.started_at.value_or(0) && is_whole_video(file);
}

} // namespace cli
