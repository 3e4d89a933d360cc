// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// How strictly a request is checked.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/wire_name.hpp>

namespace wan::inline WAN_ABI {

/// How much a caller lets through.
enum class strictness {
    /// Everything, even what the model is documented not to take, but for what cannot be sent at all.
    off,
    standard, ///< warnings, but no errors
    strict,   ///< neither
};
BOOST_DESCRIBE_ENUM(strictness, off, standard, strict)

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
