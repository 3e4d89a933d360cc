// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/prologue.hpp>

#include <optional>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

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

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/epilogue.hpp>
