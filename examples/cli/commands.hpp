// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// One function per command. Each returns the exit code.
#pragma once

#include "options.hpp"

namespace cli {

int keyframe_to_video(const keyframe_options& options);
int resume(const wait_options& options);

} // namespace cli
