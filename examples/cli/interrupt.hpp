// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Ctrl-C, as a question.
#pragma once

namespace cli {

/// From now on the first SIGINT or SIGTERM only sets the answer to `interrupted`; a second one kills.
void watch_for_interrupts();

bool interrupted();

} // namespace cli
