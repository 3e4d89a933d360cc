// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <string>
#include <string_view>

namespace sandbox {

/// A value that no level of ffmpeg's filter syntax reads as anything but text.
inline std::string filter_value(std::string_view text) {
    const auto escaped = [](std::string_view from, std::string_view special) {
        std::string to;
        for (const char c : from) {
            if (special.find(c) != std::string_view::npos) to += '\\';
            to += c;
        }
        return to;
    };
    // The value of an option is unescaped after the filter graph was.
    return escaped(escaped(text, "\\':"), "\\'[],;");
}

} // namespace sandbox
