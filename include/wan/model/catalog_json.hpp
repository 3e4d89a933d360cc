// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Catalogs as JSON. Like `wan/request/json.hpp`, not in `wan/wan.hpp`.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/error.hpp>
#include <wan/model/limits.hpp>
#include <wan/model/model_catalog.hpp>

#include <span>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI {

/// Reads what `to_json` writes: `{"models": [{"model": "wan4.0-video", "jobs": ["text_to_video"], ...}]}`.
/// The members are those of `model_limits`, in any order. A member that is left out: the model does not take
/// it. Fails with a violation for each mistake; its message names the line, the field, the value and what is
/// allowed.
WAN_DECL result<model_catalog> read_catalog(std::string_view json);

/// Writes rows as JSON, a line for each model; members that the model does not take are left out.
WAN_DECL std::string to_json(std::span<const model_limits> rows);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/model/impl/catalog_json.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
