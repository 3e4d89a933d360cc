// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Request fields that this library does not know yet.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <cstdint>
#include <string>
#include <variant>

namespace wan::inline WAN_ABI {

/// A JSON text: `json_text{R"({"a":[1,2]})"}`. The text is parsed and written again: numbers beyond 64 bits
/// become the nearest `double`, and if a key appears twice, only its last value remains.
/// Thread safety: a value; const access from several threads is safe.
struct json_text {
    std::string text; ///< one JSON value; otherwise the request is invalid
};

/// A field that is merged into the request body last; it replaces an existing value. The request's `model`
/// and `prompt` cannot be replaced: they identify the task in a search if the response to the submit was
/// lost.
/// Thread safety: a value; const access from several threads is safe.
/// \code
/// shot.extra.push_back({"/parameters/new_option", true});
/// shot.extra.push_back({"/parameters/steps", std::int64_t{40}});
/// \endcode
struct extra_field {
    /// A JSON pointer to an object's member, such as "/parameters/new_option". Missing objects on the way are
    /// created.
    std::string path;
    std::variant<bool, std::int64_t, double, std::string, json_text> value; ///< a `double` must be finite
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
