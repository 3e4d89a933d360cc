// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "sandbox/http/message.hpp"

#include <filesystem>
#include <string_view>

namespace sandbox {

/// Returns the file of that name (percent-encoded as in a URL) below `root`, and no file outside of it.
reply asset(const std::filesystem::path& root, std::string_view name);

} // namespace sandbox
