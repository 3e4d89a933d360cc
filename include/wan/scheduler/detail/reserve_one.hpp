// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Reserves memory for one more element, so that the next push_back cannot fail.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>

namespace wan::inline WAN_ABI::detail {

/// Reserves memory for one more element. The capacity doubles, as with push_back: growing by one would copy
/// all elements each time.
template <class Vector>
void reserve_one(Vector& elements) {
    if (elements.size() == elements.capacity()) elements.reserve(2 * elements.size() + 16);
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
