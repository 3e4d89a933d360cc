// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// A layout as a value, for tables.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace wan::inline WAN_ABI::json {

/// Members of a struct, for `place_all`.
template <auto... Members>
struct member_list {};

struct medium_slot;

/// Writes a request of that kind in one wire format.
template <class Request>
struct request_layout {
    /// Replaces what `out` held by the body. `model` is the one that was chosen. Adds a slot for each medium
    /// that is given by its bytes, in the order of the text; `media_slots` may be null.
    void (*write)(std::string& out, const Request& request, std::string_view model,
                  std::vector<medium_slot>* media_slots) = nullptr;
    /// The JSON pointer of a member in the body; empty if it has no place there.
    std::string_view (*path_of)(std::string_view field) noexcept = nullptr;
    /// Whether the request sets a member to what the wire format cannot say.
    bool (*refuses)(const Request& request, std::string_view field) noexcept = nullptr;
};

} // namespace wan::inline WAN_ABI::json

#include <wan/detail/pop_macros.hpp>
