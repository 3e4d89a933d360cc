// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "sandbox/store/tasks.hpp"
#include "sandbox/store/uploaded_file.hpp"

#include <wan/media/frame_size.hpp>
#include <wan/model/limits.hpp>
#include <wan/request/reference.hpp>

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace sandbox {

/// A reference of the video.
struct reference {
    wan::reference_type type;
    std::string url;
    std::string voice_url = {}; ///< may be empty
};

/// The data needed to make the video of a task.
struct video_order {
    std::string id = {};
    std::string first_frame_url = {};       ///< empty with a clip, or with a text alone
    std::string text = {};                  ///< shown in the video if there is neither frame nor clip
    std::string first_clip_url = {};        ///< empty with a first frame
    std::vector<reference> references = {}; ///< in the order of the request
    std::string video_url = {};             ///< the video to edit
    std::string last_frame_url = {};        ///< may be empty
    std::string audio_url = {};             ///< may be empty
    uploaded_files uploads = {};            ///< the uploads that these URLs name
    const wan::model_limits* limits = nullptr;
    wan::resolution tier = wan::resolution::p720;
    wan::frame_size size = {}; ///< 0x0: by the tier, with the shape of the first frame or clip
    int seconds = 0;           ///< 0: as long as the video to edit
    bool keeps_sound = false;  ///< keep the sound of the video to edit
    bool sound = false;
    bool watermark = false;
};

/// Returns which of ffmpeg and ffprobe is missing; empty if both are installed.
std::string missing_programs(const std::filesystem::path& scratch);

/// Returns the file of a task's video, which exists once the task has succeeded.
std::filesystem::path video_file(const std::filesystem::path& directory, std::string_view id);

/// Makes the video, which takes seconds, and moves it to `directory` when it is complete.
outcome make_video(const video_order& order, const std::filesystem::path& directory,
                   const std::stop_token& stop);

} // namespace sandbox
