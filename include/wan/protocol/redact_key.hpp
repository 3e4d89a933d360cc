// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Removes the API key from a provider's response, before a program shows or stores it.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/http/api_key.hpp>
#include <wan/protocol/detail/redact.hpp>

namespace wan::inline WAN_ABI {

/// Replaces the key with `***` wherever `value` repeats it, even where it is written with JSON escapes. Also
/// replaces the beginning of the key where a text was cut off. `value` is a `std::string`, an `error`, a
/// `reply`, a `listed_task`, or a vector or an optional of these. Task ids and URLs are kept: further
/// requests need them.
///
/// Everything that a task returns is already redacted. Use this for replies that a program parses itself, and
/// for texts that come from the program's own executor.
template <class T>
void redact_key(const api_key& key, T& value) {
    detail::redact(key, value);
}

} // namespace wan::inline WAN_ABI

#include <wan/detail/pop_macros.hpp>
