// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Where media that are given as bytes belong in the body of a request.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/media/media_kind.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace wan::inline WAN_ABI {

class media;

namespace json {

/// The position of a medium that is given as bytes; the layout writes an empty string there.
struct medium_slot {
    std::size_t position; ///< in the text, between the quotes
    std::string field;    ///< wire name of the member; in a list, for example, "references[2].url"
    const media* medium;  ///< the request's member
    std::optional<media_kind> kind = {}; ///< set for elements of lists
};

} // namespace json

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
