// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Waits that grow between attempts (exponential backoff).
#pragma once

#include <wan/detail/push_macros.hpp>

#include <chrono>
#include <cstdint>

namespace wan::inline WAN_ABI {

/// The type of every wait and timeout of this library.
using milliseconds = std::chrono::milliseconds;

/// Exponential backoff: the first wait is `first`, and each later wait is `factor` times the previous one, up
/// to `longest`.
/// Thread safety: a value; const access from several threads is safe.
struct backoff {
    milliseconds first;   ///< 0 or more
    double factor;        ///< at least 1
    milliseconds longest; ///< upper bound of every wait

    /// Returns the wait after this many consecutive failures. The wait after 0 failures is `first`.
    constexpr milliseconds after(unsigned failures) const noexcept {
        auto wait = static_cast<double>(first.count());
        const auto most = static_cast<double>(longest.count());
        for (; failures > 0 && wait < most; --failures) wait *= factor;
        return wait < most ? milliseconds{static_cast<std::int64_t>(wait)} : longest;
    }
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
