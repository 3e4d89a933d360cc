// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Growing waits between attempts.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <chrono>
#include <cstdint>

namespace wan::inline WAN_ABI {

/// Every wait and time-out of this library.
using milliseconds = std::chrono::milliseconds;

/// `first`, then `factor` times as long each time, up to `longest`.
struct backoff {
    milliseconds first;   ///< 0 or more
    double factor;        ///< at least 1
    milliseconds longest; ///< no wait is longer

    /// The wait after so many failures in a row; after 0 it is `first`.
    constexpr milliseconds after(unsigned failures) const noexcept {
        auto wait = static_cast<double>(first.count());
        const auto most = static_cast<double>(longest.count());
        for (; failures > 0 && wait < most; --failures) wait *= factor;
        return wait < most ? milliseconds{static_cast<std::int64_t>(wait)} : longest;
    }
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
