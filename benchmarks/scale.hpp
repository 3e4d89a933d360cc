// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// Schedulers with a thousand and with a million waiting tasks, which do the same work: a query is sent, its
/// answer read, the wait for the next one told.
#pragma once

namespace bench {

/// Whether tasks that wait are asked for in turn; says so on stderr if not.
bool waiting_tasks_take_turns();

} // namespace bench
