// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sandbox {

/// Nothing if `text` is not padded base64 (RFC 4648) without line breaks.
inline std::optional<std::string> base64_decoded(std::string_view text) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    if (text.size() % 4 != 0) return std::nullopt;
    for (int i = 0; i < 2; ++i)
        if (text.ends_with('=')) text.remove_suffix(1);
    std::uint8_t values[256];
    for (auto& value : values) value = 64;
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);

    std::string bytes;
    bytes.reserve(text.size() / 4 * 3 + 2);
    std::uint32_t pending = 0;
    int bits = 0;
    for (const char c : text) {
        const std::uint32_t value = values[static_cast<unsigned char>(c)];
        if (value == 64) return std::nullopt;
        pending = (pending << 6 | value) & 0xFFFF;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes += static_cast<char>(pending >> bits & 0xFF);
    }
    return bytes;
}

} // namespace sandbox
