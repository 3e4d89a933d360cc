// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// A layout as a value, for tables.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace wan::inline WAN_ABI::json {

/// A list of members of a struct, for `place_all`.
template <auto... Members>
struct member_list {};

struct medium_slot;

/// Functions that write a request in one wire format.
template <class Request>
struct request_layout {
    /// Writes the body and replaces the contents of `out`. `model` is the chosen model. Adds a slot for each
    /// medium that is given as bytes, in text order; `media_slots` may be null.
    void (*write)(std::string& out, const Request& request, std::string_view model,
                  std::vector<medium_slot>* media_slots) = nullptr;
    /// Returns the JSON pointer of a member in the body; empty if the body does not contain the member.
    std::string_view (*path_of)(std::string_view field) noexcept = nullptr;
    /// Returns whether the request sets a member to a value that the wire format cannot represent.
    bool (*refuses)(const Request& request, std::string_view field) noexcept = nullptr;
};

} // namespace wan::inline WAN_ABI::json

#include <wan/detail/pop_macros.hpp>
