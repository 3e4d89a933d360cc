// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Times as this program shows them.
#pragma once

#include <wan/task/outcome.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace cli {

std::string iso_8601(std::chrono::sys_seconds time);

/// Returns when the URL of a video that was just reported expires, if that is known.
std::optional<std::chrono::sys_seconds> expiry_of(const wan::video& video);

/// "the video's URL expires in 40 minutes", by this machine's clock.
std::string expiry_text(std::chrono::sys_seconds expires_at);

} // namespace cli
