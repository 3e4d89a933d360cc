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

/// The fields of a multipart/form-data body (RFC 7578) in their order, nothing if it is not one or not whole.
/// The values are parts of `body`.
std::optional<std::vector<form_field>> parse_form(std::string_view content_type, std::string_view body);

} // namespace sandbox
