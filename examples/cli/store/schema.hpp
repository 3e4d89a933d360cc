// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The tables of the database, and how an older database becomes a newer one.
#pragma once

#include <span>
#include <string_view>

namespace cli {

/// The statements that lead from one version of the schema to the next, for `sql_words::fill`: the first
/// span makes version 1.
std::span<const std::span<const std::string_view>> migrations();

} // namespace cli
