// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/run/blocking.hpp>

#include <thread>

namespace wan::inline WAN_ABI {

WAN_DECL void steady_timer::sleep_until(time_point until) const { std::this_thread::sleep_until(until); }

} // namespace wan::inline WAN_ABI
