// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The files of the videos, before anything is written to them.
#pragma once

#include "options.hpp"

#include <wan/error.hpp>
#include <wan/result.hpp>
#include <wan/task/resume_token.hpp>

#include <cstdint>
#include <string>

namespace cli {

/// Fails if the file cannot or must not be written; call it before a video is paid for.
wan::result<void> check_out(const wait_options& options);

/// Fails if the video of a shot would overwrite a file that the state does not know.
wan::result<void> check_shot_file(const std::string& file, const wait_options& options);
/// The same for a shot that was never submitted: its video may have been made under another state.
wan::result<void> check_new_shot_file(const std::string& file, const wait_options& options);

/// Returns whether the recorded video is there. Fails if there is another complete video, unless `replaces`.
wan::result<bool> check_recorded_file(const std::string& file, std::uint64_t bytes, bool replaces);

/// Returns whether the file is the video of the token's task, as after a crash between saving the video and
/// recording it: the task has succeeded, and the file is a complete video that was written after the submit.
bool is_video_of(const wan::resume_token& token, const std::string& file);

} // namespace cli
