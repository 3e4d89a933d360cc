// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Merges extra fields into a JSON text.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/error.hpp>
#include <wan/json/extra_field.hpp>
#include <wan/json/medium_slot.hpp>
#include <wan/json/request_layout.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wan::inline WAN_ABI::json {

/// A place in a body that extra fields must not replace.
struct kept_place {
    std::string_view pointer; ///< JSON pointer, such as "/input/prompt"; empty if the body has no such place
    std::string_view field;   ///< the request's member that is written there
};

/// Merges the fields, in order, into the object in `body`. Each field replaces the value at its path; the
/// rest of the text is unchanged. The positions in `media_slots` are updated; slots in replaced values are
/// removed. Returns a violation for each field that cannot be merged, for example because it would replace a
/// place in `kept`. If there are violations, `body` and `media_slots` are unchanged.
WAN_DECL std::vector<violation> merge(std::string& body, std::span<const extra_field> fields,
                                      std::span<const kept_place> kept = {},
                                      std::vector<medium_slot>* media_slots = nullptr);

} // namespace wan::inline WAN_ABI::json

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/json/impl/merge.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
