// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/files/media_files.hpp"

#include "cli/files/file_bytes.hpp"
#include "cli/options.hpp"

#include <wan/http/file_url.hpp>
#include <wan/printable.hpp>

#include <memory>
#include <string>
#include <utility>

namespace cli {

namespace {

wan::violation unreadable(std::string_view field, const std::string& given, const std::string& what) {
    return {.field = std::string{field},
            .rule = wan::rule::unreadable,
            .value = wan::printable(given),
            .allowed = "a URL or a readable file",
            .message = std::string{field} + ": " + what + "; use a URL or a readable, non-empty file"};
}

} // namespace

std::vector<wan::violation> open_medium(wan::media& medium, std::string_view field, wan::media_transfer how,
                                        const std::filesystem::path& folder) {
    std::string given{medium.url()};
    if (wan::is_file_url(given)) {
        auto path = wan::path_of_file_url(given);
        if (!path)
            return {{.field = std::string{field},
                     .rule = wan::rule::url,
                     .value = wan::printable(given),
                     .allowed = "file:///PATH",
                     .message = std::string{field} + ": " + wan::quoted(given, 200) +
                                " does not name a file on this machine; write file:///PATH, percent-encoded, "
                                "or the path"}};
        given = *std::move(path);
    } else if (given.empty() || given.find("://") != std::string::npos || given.starts_with("data:")) {
        return {};
    }
    auto bytes = std::make_shared<file_bytes>((folder / given).string());
    if (bytes->why_not().empty() && bytes->size() == 0)
        return {unreadable(field, given, wan::printable(given, 200) + " is empty")};
    if (const auto why = bytes->why_not(); !why.empty())
        return {unreadable(field, given, "cannot read " + wan::printable(given, 200) + ": " + why)};
    medium = wan::media{std::move(bytes), given, how};
    return {};
}

/// Puts this file's name into the library's ImageMagick command, and a name beside it for its output.
void name_file(std::vector<wan::violation>& found, std::string_view field, const wan::media& medium) {
    if (medium.bytes() == nullptr || medium.name().empty()) return;
    auto opaque = std::filesystem::path{std::string{medium.name()}};
    opaque.replace_filename(opaque.stem().string() + "-opaque.png");
    const std::pair<std::string_view, std::string> names[] = {
        {"convert IN ", "convert " + shell_word(medium.name()) + " "},
        {"PNG24:OUT", shell_word("PNG24:" + opaque.string())}};
    for (auto& v : found) {
        if (v.field != field || v.rule != wan::rule::alpha) continue;
        for (const auto& [placeholder, name] : names)
            if (const auto at = v.message.find(placeholder); at != std::string::npos)
                v.message.replace(at, placeholder.size(), name);
    }
}

} // namespace cli
