// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sandbox {

/// Decodes the text. Returns nothing if a percent sign is not followed by two digits.
std::optional<std::string> percent_decoded(std::string_view text);

/// Returns the decoded value of that name in a URL's query; empty if it is missing or cannot be decoded.
std::string parameter(std::string_view query, std::string_view name);

} // namespace sandbox
