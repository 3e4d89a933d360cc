// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "cli/gallery/markup.hpp"

#include <wan/http/file_url.hpp>
#include <wan/http/url.hpp>
#include <wan/utf8.hpp>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <system_error>

namespace cli {

namespace fs = std::filesystem;

namespace {

bool is_control(std::string_view character) {
    const auto first = static_cast<unsigned char>(character[0]);
    if (character.size() == 2) return first == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0;
    return (first < 0x20 && first != '\n' && first != '\t') || first == 0x7F;
}

std::string lower(std::string_view text) {
    std::string lowered;
    std::transform(text.begin(), text.end(), std::back_inserter(lowered),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lowered;
}

/// Resolves the links of the folder, because `..` after a link leads elsewhere. The file itself may be a
/// link.
fs::path with_real_folder(const fs::path& file) {
    std::error_code failed;
    const auto whole = fs::absolute(file, failed);
    const auto folder = failed ? fs::path{} : fs::weakly_canonical(whole.parent_path(), failed);
    return failed ? file.lexically_normal() : folder / whole.filename();
}

} // namespace

std::string escaped(std::string_view text) {
    std::string html;
    html.reserve(text.size() + text.size() / 16);
    while (!text.empty()) {
        const auto size = wan::first_character_size(text);
        const auto character = text.substr(0, size == 0 ? 1 : size);
        text.remove_prefix(character.size());
        if (size == 0 || is_control(character))
            html += "\xEF\xBF\xBD";
        else if (character == "&")
            html += "&amp;";
        else if (character == "<")
            html += "&lt;";
        else if (character == ">")
            html += "&gt;";
        else if (character == "\"")
            html += "&quot;";
        else if (character == "'")
            html += "&#39;";
        else
            html += character;
    }
    return html;
}

bool is_web_url(std::string_view text) {
    const auto url = wan::parse_url(text);
    if (!url || !url->userinfo.empty() || !wan::character_count(text)) return false;
    const auto scheme = lower(url->scheme);
    return scheme == "http" || scheme == "https";
}

std::optional<std::string> url_of_file(const std::string& text, const fs::path& folder) {
    const auto path = wan::is_file_url(text) ? wan::path_of_file_url(text) : text;
    std::error_code failed;
    if (!path || path->empty() || path->find('\0') != std::string::npos ||
        !fs::is_regular_file(*path, failed))
        return std::nullopt;
    const auto file = with_real_folder(*path);
    const auto page = with_real_folder(folder / "index.html").parent_path();
    const auto [in_file, in_page] = std::mismatch(file.begin(), file.end(), page.begin(), page.end());
    const bool has_common_parent = std::distance(file.begin(), in_file) > 1 || page == page.root_path();
    // Colons are encoded, so that no name is read as a scheme.
    return has_common_parent ? wan::percent_encoded(file.lexically_relative(page).string(), "/")
                             : "file://" + wan::percent_encoded(file.string(), "/");
}

} // namespace cli
