// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <string>
#include <string_view>

namespace sandbox {

/// Escapes a value so that every level of ffmpeg's filter syntax reads it as text.
inline std::string filter_value(std::string_view text) {
    const auto escaped = [](std::string_view from, std::string_view special) {
        std::string to;
        for (const char c : from) {
            if (special.find(c) != std::string_view::npos) to += '\\';
            to += c;
        }
        return to;
    };
    // ffmpeg unescapes first the filter graph, then the value of an option.
    return escaped(escaped(text, "\\':"), "\\'[],;");
}

} // namespace sandbox
