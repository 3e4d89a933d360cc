// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "media_files.hpp"

#include "file_bytes.hpp"

#include <wan/detail/text.hpp>

#include <memory>
#include <string>
#include <utility>

namespace cli {

std::vector<wan::violation> open_medium(wan::media& medium, std::string_view field, wan::media_transfer how, const std::filesystem::path& folder) {
    std::string given{medium.url()};
    if (given.starts_with("file:///")) given.erase(0, std::string_view{"file://"}.size());
    const bool is_url = given.find("://") != std::string::npos || given.starts_with("data:");
    if (given.empty() || is_url) return {};
    auto bytes = std::make_shared<file_bytes>((folder / given).string());
    if (const auto why = bytes->why_not(); !why.empty())
        return {{.field = std::string{field}, .rule = wan::rule::unreadable, .value = wan::detail::printable(given), .allowed = "a URL, or a file that can be read",
                 .message = std::string{field} + ": cannot read " + wan::detail::printable(given, 200) + ": " + why}};
    medium = wan::media{std::move(bytes), given, how};
    return {};
}

} // namespace cli
