// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The result of `receive`, which may be ignored.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/error.hpp>
#include <wan/result.hpp>

namespace wan::inline WAN_ABI {

/// The result of `receive`: nothing, or an error of category `misuse`. A loop that completes each request
/// exactly once may ignore it.
class receipt : public result<void> {
public:
    using result<void>::result;
    receipt() noexcept = default; ///< success
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
