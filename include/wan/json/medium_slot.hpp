// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Where media that are given by their bytes belong in a request's body.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/media/media_kind.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace wan::inline WAN_ABI {

class media;

namespace json {

/// Where the value of a medium that is given by its bytes belongs: a layout writes an empty string for it.
struct medium_slot {
    std::size_t position; ///< in the text, between the quotes
    std::string field;    ///< the wire name of the request's member; of a list's element "references[2].url"
    const media* medium;  ///< the member
    std::optional<media_kind> kind = {}; ///< of a list's element
};

} // namespace json

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
