// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace wan::detail {

struct data_url {
    std::string_view type;    ///< "image/png"
    std::string_view base64;  ///< the payload as written
};

/// Splits `data:TYPE;base64,PAYLOAD`; nothing if it has another form.
constexpr std::optional<data_url> split_data_url(std::string_view url) noexcept {
    constexpr std::string_view scheme = "data:", marker = ";base64,";
    if (!url.starts_with(scheme)) return std::nullopt;
    const auto end = url.substr(0, 128).find(marker);
    if (end == std::string_view::npos) return std::nullopt;
    return data_url{url.substr(scheme.size(), end - scheme.size()), url.substr(end + marker.size())};
}

inline constexpr auto is_base64_digit = [] {
    std::array<bool, 256> table{};
    for (const char c : std::string_view{"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"})
        table[static_cast<unsigned char>(c)] = true;
    return table;
}();

/// How many bytes a base64 text stands for; nothing if it is empty or not well-formed (RFC 4648, section 4, padded).
constexpr std::optional<std::uint64_t> base64_decoded_size(std::string_view text) noexcept {
    if (text.empty() || text.size() % 4 != 0) return std::nullopt;
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    for (const char c : text.substr(0, text.size() - padding))
        if (!is_base64_digit[static_cast<unsigned char>(c)]) return std::nullopt;
    return text.size() / 4 * 3 - padding;
}

} // namespace wan::detail
