// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What every unit test includes, parsed once per cell.
#include "support/doctest.hpp"
#include "support/event_loop.hpp"
