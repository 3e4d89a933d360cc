// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Sets of enumerators, stored as bits.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <cstdint>

namespace wan::inline WAN_ABI {

/// A set of enumerators with values from 0 to 31; it never contains any other value.
/// Thread safety: a value; const access from several threads is safe.
template <class E>
struct set_of {
    std::uint32_t bits = 0; ///< bit i: the enumerator with value i

    constexpr set_of() = default;
    /// Creates the set of these enumerators. Not explicit, so that one enumerator converts to a set.
    template <class... Es>
    constexpr set_of(E first, Es... others) : bits((bit(first) | ... | bit(others))) {}

    /// Removes an enumerator; does nothing if it is not in the set.
    constexpr void remove(E e) noexcept { bits &= ~bit(e); }
    constexpr bool contains(E e) const noexcept { return (bits & bit(e)) != 0; } ///< takes constant time
    /// Returns the bit of an enumerator in `bits`; 0 for a value outside 0 to 31.
    static constexpr std::uint32_t bit(E e) noexcept {
        const auto i = static_cast<unsigned>(e);
        return i < 32 ? std::uint32_t{1} << i : 0; // the value may come from a cast
    }
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
