// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The wire names of enumerators.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <boost/describe/enum.hpp>
#include <boost/describe/enumerators.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>

namespace wan::inline WAN_ABI {

/// Returns the wire name of a C++ identifier, without the trailing underscore that avoids a keyword
/// (`template_`).
constexpr std::string_view wire_spelling(std::string_view cpp_name) noexcept {
    return cpp_name.ends_with('_') ? cpp_name.substr(0, cpp_name.size() - 1) : cpp_name;
}

/// One row of a table of wire names, for an enum whose wire names are not C++ identifiers. The table is
/// returned by a function `constexpr std::array<wire_name<E>, N> wire_names(std::type_identity<E>)`, which
/// argument-dependent lookup finds.
template <class E>
struct wire_name {
    E value;               ///< an enumerator; each has exactly one row
    std::string_view name; ///< the name on the wire, such as "720P"
};

namespace detail {

template <class E>
concept has_wire_names = requires { wire_names(std::type_identity<E>{}); };

template <class E, template <class...> class List, class... Descriptors>
constexpr auto names_among(List<Descriptors...>) {
    return std::array<wire_name<E>, sizeof...(Descriptors)>{
        {{Descriptors::value, wire_spelling(Descriptors::name)}...}};
}

template <class E>
constexpr auto names_of_enumerators() {
    return names_among<E>(boost::describe::describe_enumerators<E>{});
}

template <class E, std::size_t N>
constexpr bool names_every_enumerator_once(const std::array<wire_name<E>, N>& names) {
    const auto enumerators = names_of_enumerators<E>();
    if (N != enumerators.size()) return false;
    for (const auto& e : enumerators) {
        int rows = 0;
        for (const auto& row : names) rows += row.value == e.value;
        if (rows != 1) return false;
    }
    return true;
}

template <class E>
constexpr auto make_wire_table() {
    if constexpr (has_wire_names<E>)
        return wire_names(std::type_identity<E>{});
    else
        return names_of_enumerators<E>();
}

} // namespace detail

/// Every enumerator of a described enum with its wire name.
template <class E>
inline constexpr auto wire_table = [] {
    constexpr auto table = detail::make_wire_table<E>();
    static_assert(detail::names_every_enumerator_once(table), "an enumerator has no wire name, or two");
    return table;
}();

/// Returns the wire name of a described enumerator; empty for any other value.
template <class E>
    requires std::is_enum_v<E>
constexpr std::string_view to_wire(E value) noexcept {
    for (const auto& row : wire_table<E>)
        if (row.value == value) return row.name;
    return {};
}

/// Returns the enumerator with this wire name; case matters.
template <class E>
    requires std::is_enum_v<E>
constexpr std::optional<E> from_wire(std::string_view name) noexcept {
    for (const auto& row : wire_table<E>)
        if (row.name == name) return row.value;
    return std::nullopt;
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
