// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Removes the API key from everything that a provider sent.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/error.hpp>
#include <wan/protocol/detail/redact_key.hpp>
#include <wan/provider/listed_task.hpp>
#include <wan/provider/reply.hpp>
#include <wan/reflect.hpp>

#include <boost/describe/bases.hpp>
#include <boost/describe/members.hpp>
#include <boost/describe/modifiers.hpp>
#include <boost/mp11/algorithm.hpp>

#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace wan::inline WAN_ABI::detail {

/// Members that further requests need. They are not redacted: with another id the task could not be queried,
/// and with another URL the video could not be fetched. If a provider puts the key into one of them, the key
/// is exposed.
template <auto Member>
inline constexpr bool is_used_as_it_is =
    is_same_member(Member, &reply::task_id) || is_same_member(Member, &reply::video_url) ||
    is_same_member(Member, &reply::query_url) || is_same_member(Member, &reply::result_url) ||
    is_same_member(Member, &listed_task::task_id) || is_same_member(Member, &error::task_id);

template <class T>
struct is_vector : std::false_type {};
template <class T>
struct is_vector<std::vector<T>> : std::true_type {};
template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};

/// Hides the key in a text, in all texts of a described struct and its bases, or in a vector or an optional
/// of these.
template <class T>
void redact(const api_key& key, T& value) {
    if constexpr (std::is_same_v<T, std::string>) {
        hide_key(key, value);
    } else if constexpr (is_vector<T>::value) {
        for (auto& element : value) redact(key, element);
    } else if constexpr (is_optional<T>::value) {
        if (value) redact(key, *value);
    } else if constexpr (boost::describe::has_describe_members<T>::value) {
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public |
                                                                          boost::describe::mod_inherited>>(
            [&](auto member) {
                if constexpr (!is_used_as_it_is<decltype(member)::pointer>)
                    redact(key, value.*member.pointer);
            });
    }
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
