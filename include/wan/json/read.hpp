// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Extracts values from a JSON text by JSON pointer, without building a tree.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/error.hpp>
#include <wan/json/pick.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wan::inline WAN_ABI::json {

/// Fills the targets of `picks`; targets of absent values are unchanged. Fails with `protocol` and the
/// position if `text` is not one JSON value in UTF-8 or is nested deeper than `max_depth`. Values that were
/// complete before that position have been written to their targets.
WAN_DECL result<void> read(std::string_view text, std::span<const pick> picks);

/// Overload that also reads the rows of an array. `picks` do not match values within the rows.
WAN_DECL result<void> read(std::string_view text, std::span<const pick> picks, const rows& each);

} // namespace wan::inline WAN_ABI::json

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/json/impl/read.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
