// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Visits the media of a request of any job.
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

/// Returns the name of a member of a list's element, such as "references[2].url".
inline std::string name_of_element(std::string_view list, std::size_t index, std::string_view member) {
    return std::string{list}.append("[").append(std::to_string(index)).append("].").append(member);
}

} // namespace detail

/// Calls `visit(field, medium)` or `visit(field, medium, kind)` for each medium of the request, in member
/// order. `field` is the member's wire name; in a reference it is, for example, "references[2].url". It is
/// valid only during the call. `kind` is set for references; for other members call `media_kind_of(field)`.
/// Optional media that are not set are skipped. If the request is not const, `visit` may replace the medium.
/// \code
/// wan::for_each_medium(shot, [](std::string_view field, const wan::media& medium) {
///     std::cout << field << ": " << (medium.bytes() ? medium.name() : medium.url()) << '\n';
/// });
/// \endcode
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
