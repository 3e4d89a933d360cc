// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/http/assets.hpp"

#include "sandbox/http/url_query.hpp"

#include <boost/beast/core/string.hpp>

#include <algorithm>
#include <optional>

namespace sandbox {

namespace {

namespace fs = std::filesystem;

std::string_view content_type_of(const fs::path& file) {
    struct type {
        std::string_view extension, name;
    };
    constexpr type types[] = {
        {".png", "image/png"},         {".jpg", "image/jpeg"},  {".jpeg", "image/jpeg"},
        {".bmp", "image/bmp"},         {".webp", "image/webp"}, {".mp4", "video/mp4"},
        {".mov", "video/quicktime"},   {".wav", "audio/wav"},   {".mp3", "audio/mpeg"},
        {".json", "application/json"}, {".html", "text/html"},  {".txt", "text/plain"},
    };
    const auto extension = file.extension().string();
    for (const auto& [known, name] : types)
        if (boost::beast::iequals(extension, known)) return name;
    return "application/octet-stream";
}

std::optional<fs::path> file_below(const fs::path& root, std::string_view name) {
    const auto decoded = percent_decoded(name);
    if (root.empty() || !decoded || decoded->find('\0') != std::string::npos) return std::nullopt;
    // Resolved before the comparison, because links and dots may lead out of the root.
    std::error_code error;
    const auto base = fs::canonical(root, error);
    if (error) return std::nullopt;
    auto file = fs::canonical(base / fs::path(*decoded).relative_path(), error);
    if (error || !fs::is_regular_file(file, error)) return std::nullopt;
    const auto inside = std::mismatch(base.begin(), base.end(), file.begin(), file.end()).first == base.end();
    return inside ? std::optional{std::move(file)} : std::nullopt;
}

} // namespace

reply asset(const fs::path& root, std::string_view name) {
    const auto file = file_below(root, name);
    if (!file) return error_reply(404, "NotFound", "Not Found");
    return {.content_type = std::string{content_type_of(*file)}, .content = file_content{*file}};
}

} // namespace sandbox
