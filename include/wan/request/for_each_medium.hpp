// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The media of a request, whatever its job.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/media/media.hpp>
#include <wan/reflect.hpp>

#include <boost/mp11/algorithm.hpp>

#include <optional>
#include <type_traits>

namespace wan::inline WAN_ABI {

/// Calls `visit(field, medium)` for each medium that the request has, in the order of its members. `field` is
/// the member's wire name. Optional media that are not set are left out. Of a request that is not const,
/// `visit` may replace the medium.
template <class Request, class Visitor>
void for_each_medium(Request& request, Visitor visit) {
    boost::mp11::mp_for_each<members_of<std::remove_const_t<Request>>>([&](auto member) {
        auto& value = request.*member.pointer;
        using type = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_same_v<type, media>) visit(wire_spelling(member.name), value);
        if constexpr (std::is_same_v<type, std::optional<media>>)
            if (value) visit(wire_spelling(member.name), *value);
    });
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
