// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Media in files.
#pragma once

#include <wan/error.hpp>
#include <wan/media/media.hpp>
#include <wan/request/for_each_medium.hpp>

#include <filesystem>
#include <string_view>
#include <vector>

namespace cli {

/// Opens a medium that is not a URL as a file, relative to `folder`. Returns why it cannot be read, if so.
std::vector<wan::violation> open_medium(wan::media& medium, std::string_view field, wan::media_transfer how,
                                        const std::filesystem::path& folder);

/// Puts the file's name into the command that a message suggests for a medium in a file.
void name_file(std::vector<wan::violation>& found, std::string_view field, const wan::media& medium);

template <class Request>
void name_files(const Request& request, std::vector<wan::violation>& found) {
    wan::for_each_medium(
        request, [&](std::string_view field, const wan::media& medium) { name_file(found, field, medium); });
}

template <class Request>
std::vector<wan::violation> open_media(Request& request, wan::media_transfer how,
                                       const std::filesystem::path& folder = {}) {
    std::vector<wan::violation> found;
    wan::for_each_medium(request, [&](std::string_view field, wan::media& medium) {
        for (auto& v : open_medium(medium, field, how, folder)) found.push_back(std::move(v));
    });
    return found;
}

} // namespace cli
