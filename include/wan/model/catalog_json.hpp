// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Catalogs as JSON. Like `wan/request/json.hpp`, this header is not part of `wan/wan.hpp`.
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

/// Reads a catalog in the form that `to_json` writes, for example:
///
///     {"models": [{"model": "wan4.0-video", "jobs": ["text_to_video"], ...}]}
///
/// Each row has the members of `model_limits`, in any order. The model does not accept the members that its
/// row omits. Fails with a violation for each mistake; the message of each violation names the line, the
/// field, the value and the accepted values.
WAN_DECL result<model_catalog> read_catalog(std::string_view json);

/// Writes rows as JSON, one line for each model. Members that the model does not accept are omitted.
WAN_DECL std::string to_json(std::span<const model_limits> rows);

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/model/impl/catalog_json.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
