// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Fields that this library does not know yet.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <cstdint>
#include <string>
#include <variant>

namespace wan::inline WAN_ABI {

/// A JSON text: `json_text{R"({"a":[1,2]})"}`. It is parsed and written again: numbers beyond 64 bits as the
/// nearest `double`, of equal keys the last.
struct json_text {
    std::string text; ///< one JSON value; with anything else the request is invalid
};

/// One field that is merged into the request body after all others, replacing the value there. Only the
/// request's `model` and `prompt` cannot be replaced: by them its task is found again if the response to the
/// submit was lost.
struct extra_field {
    /// A JSON pointer to an object's member, "/parameters/new_option"; objects on the way are made.
    std::string path;
    std::variant<bool, std::int64_t, double, std::string, json_text> value; ///< a `double` must be finite
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
