// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// How to ask a service on this machine, which answers at once.
#pragma once

#include <wan/task/policy.hpp>

#include <chrono>

namespace support {

inline wan::policy fast_policy() {
    using namespace std::chrono_literals;
    wan::policy how;
    how.poll = wan::backoff{50ms, 1.0, 50ms};
    how.submit = wan::backoff{50ms, 1.0, 50ms};
    how.submit_timeout = how.query_timeout = 2s;
    how.deadline = 60s;
    return how;
}

} // namespace support
