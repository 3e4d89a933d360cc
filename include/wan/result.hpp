// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// A value or the error that prevented it.
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

/// A T or an E. It is like `boost::system::result`, but `error()` returns a reference, so a range-based `for`
/// over a member of the error is safe. It also compiles in a tenth of the time.
/// Thread safety: distinct objects may be used from different threads; a shared object needs the caller's
/// lock.
/// \code
/// const wan::result<wan::http_request> submit = wan::make_submit(provider, shot);
/// if (!submit) return fail(to_string(submit.error()));
/// send(*submit);
/// \endcode
template <class T, class E = error>
class [[nodiscard]] result {
public:
    using value_type = T; ///< the type on success
    using error_type = E; ///< the type on failure

    /// Creates a default-constructed T.
    constexpr result()
        requires std::is_default_constructible_v<T>
        : held_(std::in_place_index<0>) {}

    /// Creates a T from a value that converts to T and not to E.
    template <class U>
        requires(std::is_convertible_v<U, T> && !std::is_convertible_v<U, E> &&
                 !std::is_same_v<std::remove_cvref_t<U>, result>)
    constexpr result(U&& value) : held_(std::in_place_index<0>, std::forward<U>(value)) {}
    /// Creates an E from a value that converts to E and not to T.
    template <class U>
        requires(std::is_convertible_v<U, E> && !std::is_convertible_v<U, T> &&
                 !std::is_same_v<std::remove_cvref_t<U>, result>)
    constexpr result(U&& error) : held_(std::in_place_index<1>, std::forward<U>(error)) {}

    constexpr bool has_value() const noexcept { return held_.index() == 0; }  ///< true if it holds a T
    constexpr bool has_error() const noexcept { return held_.index() == 1; }  ///< true if it holds an E
    constexpr explicit operator bool() const noexcept { return has_value(); } ///< same as `has_value()`

    /// Returns the T. Aborts the program if there is none.
    constexpr T& operator*() & noexcept { return *held<0>(held_); }
    constexpr const T& operator*() const& noexcept { return *held<0>(held_); } ///< the same
    /// Overload that moves the value out.
    constexpr T&& operator*() && noexcept { return std::move(*held<0>(held_)); }
    constexpr T* operator->() noexcept { return held<0>(held_); } ///< accesses the T; aborts if there is none
    constexpr const T* operator->() const noexcept { return held<0>(held_); } ///< the same

    /// Returns the T. If there is none, calls `throw_exception_from_error(const E&)`, which throws.
    /// Argument-dependent lookup finds that function.
    constexpr T& value() & { return check(), **this; }
    constexpr const T& value() const& { return check(), **this; }   ///< the same
    constexpr T&& value() && { return check(), *std::move(*this); } ///< moves the T out

    /// Returns the E. Aborts the program if there is none.
    constexpr E& error() & noexcept { return *held<1>(held_); }
    constexpr const E& error() const& noexcept { return *held<1>(held_); } ///< the same
    constexpr E error() && noexcept { return std::move(*held<1>(held_)); } ///< moves the E out

    /// Compares the values, or the errors; a value never equals an error.
    friend constexpr bool operator==(const result&, const result&) = default;

private:
    // An assignment that throws halfway would leave the variant without a value.
    static_assert(std::is_nothrow_move_constructible_v<T> && std::is_nothrow_move_constructible_v<E>);

    // Not an assert: NDEBUG may differ between source files, but this function must be the same in all of
    // them.
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

/// Success without a value, or an E.
/// Thread safety: distinct objects may be used from different threads; a shared object needs the caller's
/// lock.
template <class E>
class [[nodiscard]] result<void, E> {
public:
    using value_type = void; ///< there is no value
    using error_type = E;    ///< the type on failure

    /// Creates a success.
    constexpr result() noexcept = default;
    /// Creates an E from a value that converts to it.
    template <class U>
        requires(std::is_convertible_v<U, E> && !std::is_same_v<std::remove_cvref_t<U>, result>)
    constexpr result(U&& error) : error_(std::forward<U>(error)) {}

    constexpr bool has_value() const noexcept { return !error_; }             ///< true on success
    constexpr bool has_error() const noexcept { return error_.has_value(); }  ///< true if it holds an E
    constexpr explicit operator bool() const noexcept { return has_value(); } ///< same as `has_value()`

    /// Aborts the program if there is an error.
    constexpr void operator*() const noexcept {
        if (!has_value()) std::abort();
    }
    /// If there is an error, calls `throw_exception_from_error(const E&)`, which throws. Argument-dependent
    /// lookup finds that function.
    constexpr void value() const {
        if (!has_value()) throw_exception_from_error(*error_);
    }

    /// Returns the E. Aborts the program if there is none.
    constexpr E& error() & noexcept { return held(*this); }
    constexpr const E& error() const& noexcept { return held(*this); } ///< the same
    constexpr E error() && noexcept { return std::move(held(*this)); } ///< moves the E out

    /// True if both are successes, or both hold equal errors.
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
