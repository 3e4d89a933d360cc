// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Reads a few values out of a JSON text, by JSON pointer, without building a tree.
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

/// Fills the targets of `picks`; what is not in the text stays as it was. Fails with `protocol`, with the
/// position, if `text` is not one JSON value in UTF-8 or is nested more than `max_depth` deep; what stood
/// whole before that position is then in its targets.
WAN_DECL result<void> read(std::string_view text, std::span<const pick> picks);

/// The same, and the rows of an array with it. Values within the rows are no targets of `picks`.
WAN_DECL result<void> read(std::string_view text, std::span<const pick> picks, const rows& each);

} // namespace wan::inline WAN_ABI::json

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/json/impl/read.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
