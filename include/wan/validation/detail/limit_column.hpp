// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Maps the members of requests to their limits.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/model/limits.hpp>
#include <wan/reflect.hpp>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <cstddef>
#include <string_view>

namespace wan::inline WAN_ABI::detail {

template <template <class...> class List, class... Columns>
constexpr std::size_t column_named(std::string_view name, List<Columns...>) noexcept {
    std::size_t i = 0;
    (void)((name == Columns::name || (++i, false)) || ...);
    return i;
}

/// The column of `model_limits` with the limits of a request's member: the column with the same name.
template <class Descriptor>
struct column_of {
    using columns = members_of<model_limits>;
    static constexpr std::size_t index = column_named(Descriptor::name, columns{});
    static_assert(index < boost::mp11::mp_size<columns>::value,
                  "a member of the request has no column in model_limits");
    static constexpr auto pointer = boost::mp11::mp_at_c<columns, index>::pointer;
};

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
