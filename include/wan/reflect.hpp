// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The members of described structs, and their wire names.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/wire_name.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/members.hpp>
#include <boost/describe/modifiers.hpp>

#include <string_view>

namespace wan::inline WAN_ABI {

/// The descriptors of all public members of a described struct.
template <class T>
using members_of = boost::describe::describe_members<T, boost::describe::mod_public>;

namespace detail {

template <class Class, class Value>
constexpr bool is_same_member(Value Class::* a, Value Class::* b) noexcept {
    return a == b;
}
template <class A, class B>
constexpr bool is_same_member(A, B) noexcept {
    return false;
}

template <class Member>
struct class_of;
template <class Class, class Value>
struct class_of<Value Class::*> {
    using type = Class;
};

// A fold is used because a list algorithm would instantiate a type for each comparison, which compiles
// slowly.
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
    constexpr auto name =
        detail::name_among<Member>(members_of<typename detail::class_of<decltype(Member)>::type>{});
    static_assert(!name.empty(), "the member is not described by BOOST_DESCRIBE_STRUCT");
    return wire_spelling(name);
}();

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
