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

/// What is needed to make the video of a task.
/// What the video refers to.
struct reference {
    wan::reference_type type;
    std::string url;
    std::string voice_url = {}; ///< may be empty
};

struct video_order {
    std::string id = {};
    std::string first_frame_url = {};       ///< empty if there is a clip, or only a text
    std::string text = {};                  ///< what the video shows where there is neither frame nor clip
    std::string first_clip_url = {};        ///< empty if there is a first frame
    std::vector<reference> references = {}; ///< in their order
    std::string video_url = {};             ///< of a video that is edited
    std::string last_frame_url = {};        ///< may be empty
    std::string audio_url = {};             ///< may be empty
    uploaded_files uploads = {};            ///< that these URLs name
    const wan::model_limits* limits = nullptr;
    wan::resolution tier = wan::resolution::p720;
    wan::frame_size size = {}; ///< 0x0: by the tier, as the first frame's or clip's
    int seconds = 0;           ///< 0: as long as the video that is edited
    bool keeps_sound = false;  ///< of the video that is edited
    bool sound = false;
    bool watermark = false;
};

/// Empty if ffmpeg and ffprobe are there, else what is missing.
std::string missing_programs(const std::filesystem::path& scratch);

/// Where the video of that task is once the task has succeeded.
std::filesystem::path video_file(const std::filesystem::path& directory, std::string_view id);

/// Makes the video, which takes seconds, and puts it into `directory` when it is complete.
outcome make_video(const video_order& order, const std::filesystem::path& directory,
                   const std::stop_token& stop);

} // namespace sandbox
