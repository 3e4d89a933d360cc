// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Puts extra fields into a JSON text that is already written.
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

/// A place in a body that no extra field may take.
struct kept_place {
    std::string_view pointer; ///< JSON pointer, "/input/prompt"; empty: the body has no such place
    std::string_view field;   ///< the member of the request that is written there
};

/// Merges the fields into the object in `body`, in their order. Each replaces the value at its path, except
/// at `kept`; the rest of the text stays as it is. `media_slots` follow their values, those in replaced
/// values are removed. Returns what is wrong with each field that cannot be merged; `body` and `media_slots`
/// are then unchanged.
WAN_DECL std::vector<violation> merge(std::string& body, std::span<const extra_field> fields,
                                      std::span<const kept_place> kept = {},
                                      std::vector<medium_slot>* media_slots = nullptr);

} // namespace wan::inline WAN_ABI::json

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/json/impl/merge.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
