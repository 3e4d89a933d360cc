// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The media of a request, whatever its job.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/media/media.hpp>
#include <wan/media/media_kind.hpp>
#include <wan/reflect.hpp>
#include <wan/request/reference.hpp>

#include <boost/mp11/algorithm.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace wan::inline WAN_ABI {

namespace detail {

template <class Visitor, class Medium>
void visit_medium(Visitor& visit, std::string_view field, Medium& medium, std::optional<media_kind> kind) {
    if constexpr (std::is_invocable_v<Visitor&, std::string_view, Medium&, std::optional<media_kind>>)
        visit(field, medium, kind);
    else
        visit(field, medium);
}

/// "references[2].url"
inline std::string name_of_element(std::string_view list, std::size_t index, std::string_view member) {
    return std::string{list}.append("[").append(std::to_string(index)).append("].").append(member);
}

} // namespace detail

/// Calls `visit(field, medium)` for each medium that the request has, in the order of its members, or
/// `visit(field, medium, kind)`. `field` is the member's wire name, of a reference "references[2].url"; it is
/// valid during the call. `kind` is known of references: of other members `media_kind_of(field)` tells it.
/// Optional media that are not set are left out. Of a request that is not const, `visit` may replace the
/// medium.
template <class Request, class Visitor>
void for_each_medium(Request& request, Visitor visit) {
    boost::mp11::mp_for_each<members_of<std::remove_const_t<Request>>>([&](auto member) {
        auto& value = request.*member.pointer;
        using type = std::remove_cvref_t<decltype(value)>;
        const auto name = wire_spelling(member.name);
        if constexpr (std::is_same_v<type, media>) detail::visit_medium(visit, name, value, std::nullopt);
        if constexpr (std::is_same_v<type, std::optional<media>>)
            if (value) detail::visit_medium(visit, name, *value, std::nullopt);
        if constexpr (std::is_same_v<type, std::vector<reference>>)
            for (std::size_t i = 0; i < value.size(); ++i) {
                auto& each = value[i];
                detail::visit_medium(visit, detail::name_of_element(name, i, "url"), each.url,
                                     media_kind_of(each.type));
                if (each.reference_voice)
                    detail::visit_medium(visit, detail::name_of_element(name, i, "reference_voice"),
                                         *each.reference_voice, media_kind::recording);
            }
    });
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
