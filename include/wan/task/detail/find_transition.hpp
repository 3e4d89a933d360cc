// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Looks up rows in the transition tables of tasks and uploads.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <cstddef>

namespace wan::inline WAN_ABI::detail {

/// Returns the row of a state and an event; null if the state does not allow the event. A row has the members
/// `from` and `on`.
template <class Row, std::size_t Size, class State, class Event>
constexpr const Row* find_transition(const Row (&table)[Size], State from, Event on) noexcept {
    for (const auto& row : table)
        if (row.from == from && row.on == on) return &row;
    return nullptr;
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/pop_macros.hpp>
