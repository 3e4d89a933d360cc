// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace sandbox {

/// Returns the file's bytes; none if it cannot be read.
inline std::string content_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>{in}, {}};
}

} // namespace sandbox
