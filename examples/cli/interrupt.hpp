// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Detects Ctrl-C.
#pragma once

namespace cli {

/// Installs handlers: the first SIGINT or SIGTERM only makes `interrupted` return true, the second one kills.
void watch_for_interrupts();

bool interrupted();

} // namespace cli
