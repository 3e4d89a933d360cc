// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Media on the disk.
#pragma once

#include <wan/error.hpp>
#include <wan/media/media.hpp>
#include <wan/request/for_each_medium.hpp>

#include <filesystem>
#include <string_view>
#include <vector>

namespace cli {

/// What is no URL is a path, from `folder` on. Says why it cannot be read.
std::vector<wan::violation> open_medium(wan::media& medium, std::string_view field, wan::media_transfer how,
                                        const std::filesystem::path& folder);

/// Puts the file's name, and a remedy where there is one, into what is said of a medium that is a file.
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
