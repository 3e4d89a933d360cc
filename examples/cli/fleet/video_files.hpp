// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Where a worker puts the videos of its shots.
#pragma once

#include "cli/fleet/fleet_store.hpp"
#include "cli/options.hpp"

#include <wan/error.hpp>
#include <wan/task/resume_token.hpp>

#include <string>
#include <utility>

namespace cli {

class video_files {
public:
    video_files(std::string folder, const wait_options& options)
        : folder_(std::move(folder)), options_(options) {}

    std::string video_of(const claimed_shot& shot) const;
    /// Returns the file to download to. Another worker that has not noticed the end of its lease yet writes
    /// to another one.
    std::string part_of(const claimed_shot& shot) const;

    /// Returns whether only the video's size is missing in the database.
    bool has_video_of(const claimed_shot& shot, const wan::resume_token& token) const;
    /// Fails if another file has the name of the video.
    wan::result<void> check(const claimed_shot& shot) const;
    /// The same for a shot that was never submitted.
    wan::result<void> check_new(const claimed_shot& shot) const;
    /// Removes what earlier owners of the shot left.
    void remove_older_parts(const claimed_shot& shot) const;
    /// Gives the downloaded file its name.
    wan::result<void> publish(const claimed_shot& shot) const;

private:
    std::string folder_;
    const wait_options& options_;
};

} // namespace cli
