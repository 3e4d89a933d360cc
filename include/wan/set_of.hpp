// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// Sets of enumerators, as small as a number.
#pragma once

#include <cstdint>

namespace wan {

/// A set of enumerators.
template <class E>
struct set_of {
    std::uint32_t bits = 0;

    constexpr set_of() = default;
    template <class... Es>
    constexpr set_of(E first, Es... others) : bits((bit(first) | ... | bit(others))) {}

    constexpr void remove(E e) noexcept { bits &= ~bit(e); }
    constexpr bool contains(E e) const noexcept { return (bits & bit(e)) != 0; }
    static constexpr std::uint32_t bit(E e) noexcept {
        const auto i = static_cast<unsigned>(e);
        return i < 32 ? std::uint32_t{1} << i : 0; // whatever was cast to an E
    }
};

} // namespace wan
