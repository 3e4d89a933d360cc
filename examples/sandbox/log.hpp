// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <cstdio>
#include <string>

namespace sandbox {

/// Prints one line to stderr. Never pass a key, a prompt or an image.
inline void log(std::string line) {
    line += '\n';
    // One call per line: stdio locks the stream for it, so lines of several threads do not mix.
    std::fwrite(line.data(), 1, line.size(), stderr);
}

} // namespace sandbox
