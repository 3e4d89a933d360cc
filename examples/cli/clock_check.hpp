// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Whether this machine's clock is right, by the provider's.
#pragma once

#include <wan/backoff.hpp>
#include <wan/error.hpp>
#include <wan/provider/provider.hpp>
#include <wan/task/wall_clock.hpp>

#include <functional>
#include <string_view>

namespace cli {

/// Sends one request that costs nothing: the key is tried before anything is submitted, and the response
/// shows whether this machine's clock is right, without which a lost submit is never sent again. Returns the
/// clock, checked or not. Fails if the key is rejected, or if the provider cannot be reached.
wan::result<wan::wall_clock> checked_clock(const wan::provider& who, wan::wall_clock clock_here,
                                           wan::milliseconds timeout,
                                           const std::function<void(std::string_view)>& warn);

} // namespace cli
