// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Text, URLs and files from outside, as parts of an HTML page.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace cli {

/// Escapes text for the content of an element or a quoted attribute. Invalid UTF-8 and control characters
/// become U+FFFD.
std::string escaped(std::string_view text);

/// Returns whether the text is an http or https URL without credentials, so that a page may link to it.
bool is_web_url(std::string_view text);

/// Returns the URL of a file, for a page in the absolute directory `folder`. It is relative if both have a
/// common parent other than the root, and otherwise a file URL. Nothing if the text does not name a file
/// that exists; a relative path is relative to the current directory.
std::optional<std::string> url_of_file(const std::string& text, const std::filesystem::path& folder);

} // namespace cli
