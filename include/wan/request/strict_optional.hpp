// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// A `std::optional` of a number or a switch that takes nothing else for one.
#pragma once

#include <wan/detail/prologue.hpp>

#include <concepts>
#include <limits>
#include <optional>
#include <utility>

namespace wan::inline WAN_ABI {

/// A `std::optional<T>` that is not made of other types than T's: `std::optional<bool>` takes a text for true, and
/// `std::optional<int>` 7.9 for 7, both without a word. `T` is `bool`, which takes only that, or an integer, which takes any integer,
/// but no `bool`; what it cannot hold becomes the nearest that it can, so that no wrong one passes for a right one.
template <std::integral T>
class strict_optional : public std::optional<T> {
    using base = std::optional<T>;

public:
    constexpr strict_optional() noexcept = default;                                   ///< not set
    constexpr strict_optional(std::nullopt_t) noexcept {}                             ///< not set
    constexpr strict_optional(const std::optional<T>& value) noexcept : base(value) {} ///< set if that is

    /// Set.
    template <std::integral U>
        requires(std::same_as<T, bool> == std::same_as<U, bool>)
    constexpr strict_optional(U value) noexcept : base(nearest(value)) {}

    /// Of the values, if there are any. With anything else as a `std::optional` does.
    template <std::same_as<strict_optional> A, std::same_as<strict_optional> B>
    friend constexpr bool operator==(const A& a, const B& b) noexcept {
        return static_cast<const base&>(a) == static_cast<const base&>(b);
    }

private:
    template <class U>
    static constexpr T nearest(U value) noexcept {
        if constexpr (std::same_as<U, T>) {
            return value;
        } else {
            if (std::in_range<T>(value)) return static_cast<T>(value);
            return std::cmp_less(value, 0) ? (std::numeric_limits<T>::min)() : (std::numeric_limits<T>::max)();
        }
    }
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/epilogue.hpp>
