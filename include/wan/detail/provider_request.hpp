// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What every request to a provider is made of.
#pragma once

#include <wan/http/message.hpp>
#include <wan/http/url.hpp>
#include <wan/provider/provider.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace wan::detail {

inline std::string joined_url(std::string_view base, std::string_view path) {
    while (base.ends_with('/')) base.remove_suffix(1);
    return std::string{base}.append(path);
}

/// A text with a value in the place of a name.
inline std::string expanded(std::string_view pattern, std::string_view name, std::string_view value) {
    std::string text{pattern};
    if (const auto at = text.find(name); at != std::string::npos) text.replace(at, name.size(), value);
    return text;
}

/// The key, and what the provider sends along with everything.
inline std::vector<http_header> headers_of(const provider& who) {
    std::vector<http_header> headers{
        {std::string{who.dialect->auth_header}, std::string{who.dialect->auth_prefix} + who.key.reveal(), true}};
    headers.insert(headers.end(), who.headers.begin(), who.headers.end());
    return headers;
}

/// Some ids would not be what they seem in a URL's path.
inline bool is_usable_task_id(std::string_view id) noexcept {
    return !id.empty() && id.size() <= 256 && id != "." && id != "..";
}

} // namespace wan::detail
