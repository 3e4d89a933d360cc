// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// How patient a task is. Times are of the caller's clock.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace wan {

/// A point on a clock that only goes forward. The library never reads it: the caller passes it in.
using time_point = std::chrono::steady_clock::time_point;
using milliseconds = std::chrono::milliseconds;

/// Waits that grow: `first`, then `factor` times as long each time, up to `longest`. At least 10 ms each.
struct backoff {
    milliseconds first;
    double factor;
    milliseconds longest;

    constexpr milliseconds after(unsigned failures) const noexcept {
        double wait = static_cast<double>(first.count());
        const auto most = static_cast<double>(longest.count());
        for (; failures > 0 && wait < most; --failures) wait *= factor < 1 ? 1 : factor;
        return std::max(milliseconds{10}, milliseconds{static_cast<std::int64_t>(std::min(wait, most))});
    }
};

struct policy {
    /// From the first `next` on. A typical task takes 1 to 5 minutes; the service itself gives up after 3 hours.
    milliseconds deadline = std::chrono::hours{1};

    /// Between queries. The documents of DashScope recommend about 15 s.
    backoff poll{std::chrono::seconds{10}, 1.5, std::chrono::seconds{30}};

    /// Between submits that were certainly not accepted. A throttled account is usually free again within a minute.
    backoff submit{std::chrono::seconds{1}, 2.0, std::chrono::seconds{30}};

    unsigned max_unreachable_submits = 4; ///< how often a submit of which no byte left is sent in all
    unsigned max_throttled_submits = 10;  ///< how often a submit that the service puts off is sent in all
    unsigned max_failed_queries = 20;     ///< how many queries in a row may fail; a good answer starts anew

    milliseconds submit_timeout = std::chrono::seconds{60};
    milliseconds query_timeout = std::chrono::seconds{30};
    std::size_t max_reply_bytes = std::size_t{1} << 20;

    /// Waits are made up to this part longer or shorter, so that many tasks do not ask all at once.
    double jitter = 0.1;
    std::uint64_t jitter_seed = 0; ///< the same seed, the same waits
};

} // namespace wan
