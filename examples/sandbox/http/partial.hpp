// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "sandbox/http/message.hpp"

#include <filesystem>
#include <string>

namespace sandbox {

/// Returns the file, or the part selected by `Range: bytes=N-` and `If-Range`. Like OSS, it sends a strong
/// ETag.
reply file_or_rest(const request& asked, const std::filesystem::path& file, std::string content_type);

} // namespace sandbox
