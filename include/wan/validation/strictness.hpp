// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// How strictly a request is checked.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/wire_name.hpp>

namespace wan::inline WAN_ABI {

/// The violations that make a request invalid.
enum class strictness {
    /// Only violations that make it impossible to send the request. Values that the model's documents rule
    /// out are sent.
    off,
    standard, ///< errors
    strict,   ///< errors and warnings
};
BOOST_DESCRIBE_ENUM(strictness, off, standard, strict)

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
