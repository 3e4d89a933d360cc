// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Writes an element of a list of media, for layouts.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/json/detail/entry.hpp>
#include <wan/json/write.hpp>
#include <wan/media/media.hpp>
#include <wan/media/media_kind.hpp>
#include <wan/reflect.hpp>

#include <boost/mp11/algorithm.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace wan::inline WAN_ABI::json::detail {

/// The name of a medium in a list: `references[2].url`.
struct element_name {
    std::string_view list;
    std::size_t index;
    std::string_view member;
};

/// Writes `before` and a medium: its URL, or an empty string as the slot for its bytes.
inline cursor write_list_medium(std::string& out, cursor c, std::string_view before, const media& medium,
                                media_kind kind, const element_name& name, const layout_context& context) {
    if (medium.bytes() != nullptr) {
        std::string field{name.list};
        field.append("[").append(std::to_string(name.index)).append("].").append(name.member);
        return write_slot(out, c, before, context, {0, std::move(field), &medium, kind});
    }
    c.at = std::copy(before.begin(), before.end(), c.at);
    return write(out, c, std::string_view{medium.url()});
}

template <class Element>
std::size_t size_of_element(const Element& element) noexcept {
    std::size_t size = 2; // the comma, which becomes the brace of the first member, and the closing brace
    boost::mp11::mp_for_each<members_of<Element>>([&](auto member) {
        const auto& value = element.*member.pointer;
        if (is_set(value)) size += wire_spelling(member.name).size() + 4 + size_of(simplified(value));
    });
    return size;
}

template <class Element>
cursor write_element(std::string& out, cursor c, const Element& element, std::string_view list,
                     std::size_t index, const layout_context& context) {
    *c.at++ = ',';
    char brace = '{';
    boost::mp11::mp_for_each<members_of<Element>>([&](auto member) {
        const auto& value = element.*member.pointer;
        if (!is_set(value)) return;
        const auto name = wire_spelling(member.name);
        std::string before{brace};
        before.append(1, '"').append(name).append("\":");
        brace = ',';
        if constexpr (is_medium<std::remove_cvref_t<decltype(value)>>) {
            const auto kind = name == "url" ? media_kind_of(element.type) : media_kind::recording;
            c = write_list_medium(out, c, before, bare(value), kind, {list, index, name}, context);
        } else {
            c.at = std::copy(before.begin(), before.end(), c.at);
            c = write(out, c, simplified(value));
        }
    });
    *c.at++ = '}';
    return c;
}

} // namespace wan::inline WAN_ABI::json::detail

#include <wan/detail/pop_macros.hpp>
