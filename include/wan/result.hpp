// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// A value, or why there is none.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <cstddef>
#include <cstdlib>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace wan::inline WAN_ABI {

struct error;

/// A T, or an E. As `boost::system::result`, but `error()` is a reference, so what is in it can be iterated
/// over in place; and it costs a source file a tenth of the time to compile.
template <class T, class E = error>
class [[nodiscard]] result {
public:
    using value_type = T; ///< what there is if nothing failed
    using error_type = E; ///< what there is instead

    /// A T as it is by default.
    constexpr result()
        requires std::is_default_constructible_v<T>
        : held_(std::in_place_index<0>) {}

    /// A T, of whatever makes a T and no E.
    template <class U>
        requires(std::is_convertible_v<U, T> && !std::is_convertible_v<U, E> &&
                 !std::is_same_v<std::remove_cvref_t<U>, result>)
    constexpr result(U&& value) : held_(std::in_place_index<0>, std::forward<U>(value)) {}
    /// An E, of whatever makes an E and no T.
    template <class U>
        requires(std::is_convertible_v<U, E> && !std::is_convertible_v<U, T> &&
                 !std::is_same_v<std::remove_cvref_t<U>, result>)
    constexpr result(U&& error) : held_(std::in_place_index<1>, std::forward<U>(error)) {}

    constexpr bool has_value() const noexcept { return held_.index() == 0; }  ///< whether there is a T
    constexpr bool has_error() const noexcept { return held_.index() == 1; }  ///< whether there is an E
    constexpr explicit operator bool() const noexcept { return has_value(); } ///< as `has_value()`

    /// The T. Without one it ends the program.
    constexpr T& operator*() & noexcept { return *held<0>(held_); }
    constexpr const T& operator*() const& noexcept { return *held<0>(held_); } ///< the same
    /// The same, to be moved from.
    constexpr T&& operator*() && noexcept { return std::move(*held<0>(held_)); }
    constexpr T* operator->() noexcept { return held<0>(held_); }             ///< its members
    constexpr const T* operator->() const noexcept { return held<0>(held_); } ///< the same

    /// The T. If there is none, throws what `throw_exception_from_error(const E&)` throws, found by
    /// argument-dependent lookup.
    constexpr T& value() & { return check(), **this; }
    constexpr const T& value() const& { return check(), **this; }   ///< the same
    constexpr T&& value() && { return check(), *std::move(*this); } ///< the same, to be moved from

    /// The E. Without one it ends the program.
    constexpr E& error() & noexcept { return *held<1>(held_); }
    constexpr const E& error() const& noexcept { return *held<1>(held_); } ///< the same
    constexpr E error() && noexcept { return std::move(*held<1>(held_)); } ///< the same, moved out

    /// Equal values, or equal errors.
    friend constexpr bool operator==(const result&, const result&) = default;

private:
    // An assignment that throws in the middle would leave a variant without either.
    static_assert(std::is_nothrow_move_constructible_v<T> && std::is_nothrow_move_constructible_v<E>);

    // Whatever NDEBUG says, which may be another thing in the next file: the function is one.
    template <std::size_t I, class Held>
    static constexpr auto held(Held& from) noexcept {
        const auto there = std::get_if<I>(&from);
        if (there == nullptr) std::abort();
        return there;
    }
    constexpr void check() const {
        if (!has_value()) throw_exception_from_error(error());
    }

    std::variant<T, E> held_;
};

/// Nothing, or an E.
template <class E>
class [[nodiscard]] result<void, E> {
public:
    using value_type = void; ///< there is none
    using error_type = E;    ///< why it failed

    /// Nothing failed.
    constexpr result() noexcept = default;
    /// An E, of whatever makes one.
    template <class U>
        requires(std::is_convertible_v<U, E> && !std::is_same_v<std::remove_cvref_t<U>, result>)
    constexpr result(U&& error) : error_(std::forward<U>(error)) {}

    constexpr bool has_value() const noexcept { return !error_; }             ///< whether nothing failed
    constexpr bool has_error() const noexcept { return error_.has_value(); }  ///< whether there is an E
    constexpr explicit operator bool() const noexcept { return has_value(); } ///< as `has_value()`

    /// Ends the program if there is an error.
    constexpr void operator*() const noexcept {
        if (!has_value()) std::abort();
    }
    /// If there is an error, throws what `throw_exception_from_error(const E&)` throws, found by
    /// argument-dependent lookup.
    constexpr void value() const {
        if (!has_value()) throw_exception_from_error(*error_);
    }

    /// The E. Without one it ends the program.
    constexpr E& error() & noexcept { return held(*this); }
    constexpr const E& error() const& noexcept { return held(*this); } ///< the same
    constexpr E error() && noexcept { return std::move(held(*this)); } ///< the same, moved out

    /// Both without an error, or with equal ones.
    friend constexpr bool operator==(const result&, const result&) = default;

private:
    template <class Result>
    static constexpr auto& held(Result& from) noexcept {
        if (!from.has_error()) std::abort();
        return *from.error_;
    }

    std::optional<E> error_;
};

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
