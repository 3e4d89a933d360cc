// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Checks this machine's clock against the provider's.
#pragma once

#include <wan/backoff.hpp>
#include <wan/error.hpp>
#include <wan/provider/provider.hpp>
#include <wan/task/wall_clock.hpp>

#include <functional>
#include <string_view>

namespace cli {

/// Sends one free request, which tests the key before anything is submitted. Its response shows whether this
/// machine's clock is right; with an unchecked clock, an unconfirmed submit is never repeated. Returns the
/// clock, checked or not. Fails if the key is rejected, or if the provider cannot be reached.
wan::result<wan::wall_clock> checked_clock(const wan::provider& who, wan::wall_clock clock_here,
                                           wan::milliseconds timeout,
                                           const std::function<void(std::string_view)>& warn);

} // namespace cli
