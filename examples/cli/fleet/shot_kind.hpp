// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Which submits the provider's list cannot tell apart.
#pragma once

#include <wan/request/any_request.hpp>

#include <string>
#include <string_view>

namespace cli {

/// Returns the prompt; empty if the request has none.
std::string prompt_in(const wan::any_request& request);

/// Returns a name for all submits with this model and prompt, ignoring white space.
std::string kind_of(std::string_view model, const wan::any_request& request);

} // namespace cli
