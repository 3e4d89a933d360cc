// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Sets of enumerators, as small as a number.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <cstdint>

namespace wan::inline WAN_ABI {

/// A set of enumerators with values from 0 to 31; others are never in it.
template <class E>
struct set_of {
    std::uint32_t bits = 0; ///< bit i: the enumerator with value i

    constexpr set_of() = default;
    /// The set of these; not explicit, so that one enumerator will do for a set.
    template <class... Es>
    constexpr set_of(E first, Es... others) : bits((bit(first) | ... | bit(others))) {}

    /// Does nothing if it is not in the set.
    constexpr void remove(E e) noexcept { bits &= ~bit(e); }
    constexpr bool contains(E e) const noexcept { return (bits & bit(e)) != 0; } ///< in constant time
    /// Its place in `bits`; 0 for a value that has none.
    static constexpr std::uint32_t bit(E e) noexcept {
        const auto i = static_cast<unsigned>(e);
        return i < 32 ? std::uint32_t{1} << i : 0; // whatever was cast to an E
    }
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
