// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// When a task acts next.
#include "support/doctest.hpp"

#include <wan/task/detail/pace.hpp>

#include <chrono>
#include <optional>

TEST_SUITE_BEGIN("pace");

using namespace std::chrono_literals;
using wan::time_point;
using wan::detail::pace;

TEST_CASE("a wait is longer or shorter by the jitter at most, and at least as long as Retry-After asks for") {
    struct row {
        wan::milliseconds wait;
        double jitter;
        std::optional<std::chrono::seconds> retry_after;
        wan::milliseconds least, most;
    };
    for (const auto& r : {row{10s, 0, {}, 10s, 10s}, row{10s, 0.1, {}, 9s, 11s}, row{10s, 1, {}, 10ms, 20s},
                          row{0ms, 0, {}, 10ms, 10ms}, row{10s, 0, 5s, 10s, 10s}, row{10s, 0, 60s, 60s, 60s},
                          row{10s, 0, std::chrono::hours{24 * 366}, std::chrono::hours{24 * 365},
                              std::chrono::hours{24 * 365}}})
        for (const std::uint64_t seed : {0u, 1u, 2u, 3u, 4u, 5u}) {
            pace p{seed};
            const time_point now{1s};
            p.start(now, 1h);
            p.wake_after(now, r.wait, r.jitter, r.retry_after);
            CHECK(p.wake_at() >= now + r.least);
            CHECK(p.wake_at() <= now + r.most);
        }
}

TEST_CASE("a started task is due at once, and no later than its deadline") {
    pace p{0};
    p.start(time_point{1s}, 10s);
    CHECK(p.due_at() == time_point{1s});
    p.wake_after(time_point{1s}, 60s, 0);
    CHECK(p.due_at() == time_point{11s});
    CHECK(p.deadline() == time_point{11s});
}

TEST_CASE("the last moments before the deadline leave a second for a response") {
    pace p{0};
    p.start(time_point{}, 10s);
    CHECK(p.left(time_point{}) == 10s);
    CHECK(p.left(time_point{9s + 999ms}) == 1s);
    CHECK(p.left(time_point{20s}) == 1s);
}

TEST_CASE("times near the last one do not overflow") {
    pace p{0};
    p.start((time_point::max)() - 1s, 1h);
    CHECK(p.deadline() == (time_point::max)());
    p.wake_after((time_point::max)() - 1s, 1h, 0.1);
    CHECK(p.wake_at() == (time_point::max)());
}

TEST_CASE("the same seed gives the same numbers, another one or a number mixed in gives others") {
    pace a{7}, b{7}, c{8}, d{7};
    d.mix(1);
    const auto first = a.draw();
    CHECK(first == b.draw());
    CHECK(first != c.draw());
    CHECK(first != d.draw());
    CHECK(first != a.draw());
}
