// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/model/limits.hpp>
#include <wan/model/media_kind_of.hpp>
#include <wan/reflect.hpp>

#include <boost/mp11/algorithm.hpp>

#include <string_view>
#include <type_traits>
#include <utility>

namespace wan::inline WAN_ABI {

WAN_DECL media_kind media_kind_of(std::string_view field) noexcept {
    auto kind = media_kind::recording;
    boost::mp11::mp_for_each<members_of<model_limits>>([&](auto column) {
        using limit = std::remove_cvref_t<decltype(std::declval<model_limits>().*column.pointer)>;
        if constexpr (std::is_same_v<limit, image_limit>)
            if (wire_spelling(column.name) == field) kind = media_kind::image;
    });
    return kind;
}

} // namespace wan::inline WAN_ABI
