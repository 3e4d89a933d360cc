// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sandbox {

/// Nothing if a percent sign is not followed by two digits.
std::optional<std::string> percent_decoded(std::string_view text);

/// The decoded value of that name in a URL's query; empty if there is none or if it cannot be decoded.
std::string parameter(std::string_view query, std::string_view name);

} // namespace sandbox
