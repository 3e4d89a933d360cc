// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The result of `receive`, which may be ignored.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/error.hpp>
#include <wan/result.hpp>

namespace wan::inline WAN_ABI {

/// Nothing, or an error of category `misuse`. A loop that completes each request exactly once need not look
/// at it, so that it is no error to ignore it.
class receipt : public result<void> {
public:
    using result<void>::result;
    receipt() noexcept = default; ///< nothing failed
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
