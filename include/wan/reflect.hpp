// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The names that Boost.Describe knows, as they stand on the wire: of members and of enumerators.
#pragma once

#include <wan/detail/prologue.hpp>

#include <boost/describe.hpp>
#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>

namespace wan::inline WAN_ABI {

/// A trailing underscore only avoids a C++ keyword (`template_`): it is not part of the name.
constexpr std::string_view wire_spelling(std::string_view cpp_name) noexcept {
    return cpp_name.ends_with('_') ? cpp_name.substr(0, cpp_name.size() - 1) : cpp_name;
}

/// The descriptors of all public members of a described struct.
template <class T>
using members_of = boost::describe::describe_members<T, boost::describe::mod_public>;

namespace detail {

template <class Class, class Value>
constexpr bool is_same_member(Value Class::*a, Value Class::*b) noexcept { return a == b; }
template <class A, class B>
constexpr bool is_same_member(A, B) noexcept { return false; }

template <class Member>
struct class_of;
template <class Class, class Value>
struct class_of<Value Class::*> {
    using type = Class;
};

// A fold over the descriptors: a list algorithm would make a type of each comparison, and a compiler's time of that.
template <auto Member, template <class...> class List, class... Descriptors>
constexpr std::string_view name_among(List<Descriptors...>) noexcept {
    std::string_view name;
    ((is_same_member(Descriptors::pointer, Member) ? void(name = Descriptors::name) : void()), ...);
    return name;
}

} // namespace detail

/// The wire name of a described member: `member_name<&keyframe_to_video::template_> == "template"`.
template <auto Member>
inline constexpr std::string_view member_name = [] {
    constexpr auto name = detail::name_among<Member>(members_of<typename detail::class_of<decltype(Member)>::type>{});
    static_assert(!name.empty(), "the member is not described");
    return wire_spelling(name);
}();

/// One row of the table that an enum whose wire names are no C++ identifiers offers as
/// `constexpr std::array<wire_name<E>, N> wire_names(std::type_identity<E>)`, found by ADL.
template <class E>
struct wire_name {
    E value; ///< one of the enumerators, each in one row
    std::string_view name; ///< as the service spells it, "720P"
};

namespace detail {

template <class E>
concept has_wire_names = requires { wire_names(std::type_identity<E>{}); };

template <class E>
constexpr auto names_of_enumerators() {
    using descriptors = boost::describe::describe_enumerators<E>;
    std::array<wire_name<E>, boost::mp11::mp_size<descriptors>::value> names{};
    std::size_t i = 0;
    boost::mp11::mp_for_each<descriptors>(
        [&](auto d) { names[i++] = wire_name<E>{d.value, wire_spelling(d.name)}; });
    return names;
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

/// The wire name of a described enumerator; empty for a value that is none of them.
template <class E>
    requires std::is_enum_v<E>
constexpr std::string_view to_wire(E value) noexcept {
    for (const auto& row : wire_table<E>)
        if (row.value == value) return row.name;
    return {};
}

/// The enumerator with that wire name, exactly as spelled.
template <class E>
    requires std::is_enum_v<E>
constexpr std::optional<E> from_wire(std::string_view name) noexcept {
    for (const auto& row : wire_table<E>)
        if (row.name == name) return row.value;
    return std::nullopt;
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/epilogue.hpp>
