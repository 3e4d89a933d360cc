// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// What the library promises of its speed.
#pragma once

#include "results.hpp"

namespace bench {

/// Prints each promise with what was measured. False if one is broken or was not measured.
bool promises_kept(const results& measured);

} // namespace bench
