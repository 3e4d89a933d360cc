// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/fleet/video_files.hpp"

#include "cli/files/storage.hpp"
#include "cli/out_file.hpp"

#include <filesystem>
#include <system_error>

namespace cli {

std::string video_files::video_of(const claimed_shot& shot) const {
    return (std::filesystem::path{folder_} / (shot.name + ".mp4")).string();
}

std::string video_files::part_of(const claimed_shot& shot) const {
    return video_of(shot) + "." + std::to_string(shot.fence);
}

bool video_files::has_video_of(const claimed_shot& shot, const wan::resume_token& token) const {
    return !options_.force && is_video_of(token, video_of(shot));
}

wan::result<void> video_files::check(const claimed_shot& shot) const {
    return check_shot_file(video_of(shot), options_);
}

wan::result<void> video_files::check_new(const claimed_shot& shot) const {
    return check_new_shot_file(video_of(shot), options_);
}

void video_files::remove_older_parts(const claimed_shot& shot) const {
    std::error_code ignored;
    for (auto fence = shot.fence - 1; fence > 0 && fence >= shot.fence - 20; --fence)
        for (const auto* end : {".part", ".part.etag", ".part.url", ""})
            std::filesystem::remove(video_of(shot) + "." + std::to_string(fence) + end, ignored);
}

wan::result<void> video_files::publish(const claimed_shot& shot) const {
    const auto file = video_of(shot);
    std::error_code why;
    std::filesystem::rename(part_of(shot), file, why);
    if (why)
        return wan::error{.category = wan::error_category::storage,
                          .message =
                              "cannot write " + file + ": " + why.message() + "; " + std::string{check_disk}};
    sync_directory_of(file);
    return {};
}

} // namespace cli
