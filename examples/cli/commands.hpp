// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// One function per command. Each returns the exit code.
#pragma once

#include "options.hpp"

#include <optional>
#include <string>

namespace cli {

int keyframe_to_video(const job_options<wan::keyframe_to_video>& options);
int image_to_video(const job_options<wan::image_to_video>& options);
int video_continuation(const job_options<wan::video_continuation>& options);
int resume(const wait_options& options);

/// The catalog, or one provider's part of it, as a table or as JSON.
int models(const std::optional<std::string>& provider, bool json);

} // namespace cli
