// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Takes the API key out of what a service sent, before a program shows or stores it.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/http/api_key.hpp>
#include <wan/protocol/detail/redact.hpp>

namespace wan::inline WAN_ABI {

/// Replaces the key by `***` wherever `value` repeats it, also with the escapes of a JSON text, and its begin
/// where a text was cut. `value` is a `std::string`, an `error`, a `reply`, a `listed_task`, or a vector or
/// an optional of these. Task ids and URLs stay as they are: further requests are made of them.
///
/// Everything that a task returns is redacted already. This is for replies that a program parses by itself,
/// and for texts of its own executor.
template <class T>
void redact_key(const api_key& key, T& value) {
    detail::redact(key, value);
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
