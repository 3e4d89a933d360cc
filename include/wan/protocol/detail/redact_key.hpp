// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/http/api_key.hpp>

#include <string>

namespace wan::inline WAN_ABI::detail {

/// Hides the key in a text where a provider repeats it, and the beginning of the key where the text was cut
/// off. Keys of fewer than 6 characters are not hidden.
WAN_DECL void hide_key(const api_key& key, std::string& text);

} // namespace wan::inline WAN_ABI::detail

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/protocol/impl/redact_key.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
