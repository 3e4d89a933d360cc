// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// One task from the request to its video, against a service that is a script, on a clock that only jumps.
#pragma once

namespace bench {

/// Whether the scripted task gives its video; says so on stderr if not.
bool task_succeeds();

} // namespace bench
