// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/detail/text.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

struct data_url {
    std::string_view type;   ///< as written, such as "image/png"
    std::string_view base64; ///< the payload as written
};

/// Splits `data:TYPE[;PARAMETER]...;base64,PAYLOAD` (RFC 2397). Returns nothing for any other form.
constexpr std::optional<data_url> split_data_url(std::string_view url) noexcept {
    constexpr std::string_view scheme = "data:", marker = ";base64";
    constexpr std::size_t longest_head = 1024;
    if (!has_scheme(url, scheme.substr(0, scheme.size() - 1))) return std::nullopt;
    const auto comma = url.substr(0, longest_head).find(',');
    if (comma == std::string_view::npos) return std::nullopt;
    const auto head = url.substr(scheme.size(), comma - scheme.size());
    if (head.size() < marker.size() || !equal_ignoring_case(head.substr(head.size() - marker.size()), marker))
        return std::nullopt;
    return data_url{head.substr(0, head.find(';')), url.substr(comma + 1)};
}

/// Returns a MIME type as the limits spell it: in lower case, with common aliases replaced by the registered
/// name.
inline std::string usual_type(std::string_view type) {
    struct row {
        std::string_view in_use, registered;
    };
    constexpr row rows[] = {{"image/jpg", "image/jpeg"},  {"image/pjpeg", "image/jpeg"},
                            {"image/x-png", "image/png"}, {"image/x-ms-bmp", "image/bmp"},
                            {"image/x-bmp", "image/bmp"}, {"image/x-windows-bmp", "image/bmp"}};
    std::string text{type};
    for (char& c : text) c = lower(c);
    for (const auto& r : rows)
        if (text == r.in_use) return std::string{r.registered};
    return text;
}

/// Normalizes the head of an image's data URL to the form in the providers' documents,
/// `data:image/png;base64,`: the type in lower case, no parameters. Never makes the URL longer.
inline void tidy_data_url(std::string& url) noexcept {
    const auto parts = split_data_url(url);
    if (!parts) return;
    const auto begin = static_cast<std::size_t>(parts->type.data() - url.data()), size = parts->type.size();
    if (!equal_ignoring_case(parts->type.substr(0, 6), "image/")) return;
    const auto comma = static_cast<std::size_t>(parts->base64.data() - url.data()) - 1;
    for (std::size_t i = begin; i < begin + size; ++i) url[i] = lower(url[i]);
    url.replace(begin + size, comma - begin - size, ";base64");
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
