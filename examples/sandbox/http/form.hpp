// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

struct form_field {
    std::string name;
    std::string_view value;
};

/// Returns the fields of a multipart/form-data body (RFC 7578) in order, or nothing if the body is another
/// one or incomplete. The values refer to `body`.
std::optional<std::vector<form_field>> parse_form(std::string_view content_type, std::string_view body);

} // namespace sandbox
