// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Puts extra fields into a JSON text that is already written.
#pragma once

#include <wan/detail/prologue.hpp>

#include <wan/config.hpp>
#include <wan/error.hpp>
#include <wan/request/extra.hpp>

#include <span>
#include <string>
#include <vector>

namespace wan::inline WAN_ABI::json {

/// Merges the fields into the object in `body`, in their order, replacing what stands at their paths. Returns what
/// is wrong with each field that cannot be merged; `body` is then unchanged.
WAN_DECL std::vector<violation> merge(std::string& body, std::span<const extra_field> fields);

} // namespace wan::inline WAN_ABI::json

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/impl/json_merge.ipp>
#endif

#include <wan/detail/epilogue.hpp>
