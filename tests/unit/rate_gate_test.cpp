// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The limit of one kind of request, alone.
#include "support/doctest.hpp"

#include <wan/scheduler/detail/rate_gate.hpp>

#include <chrono>
#include <vector>

TEST_SUITE_BEGIN("rate gate");

using namespace std::chrono_literals;
using wan::detail::rate_gate;

namespace {

constexpr wan::time_point start_time{1h};

/// When so many requests pass, each as early as it may.
std::vector<wan::time_point> passes(rate_gate& gate, wan::time_point from, int count) {
    std::vector<wan::time_point> times;
    for (auto now = from; count > 0; --count) {
        now = gate.opens_at(now);
        gate.pass(now);
        times.push_back(now);
    }
    return times;
}

} // namespace

TEST_CASE("the wait after a request, by limit") {
    struct row {
        double per_second;
        std::chrono::milliseconds wait;
    };
    // 5 % wider than the limit, 20 ms early at most, rounded up to whole milliseconds.
    for (const auto& each :
         {row{0, 0ms}, row{-1, 0ms}, row{1, 1030ms}, row{2, 505ms}, row{2.5, 505ms}, row{4, 243ms},
          row{20, 33ms}, row{100, 0ms}, row{0.5, 2080ms}, row{1.9999999999, 505ms}}) {
        CAPTURE(each.per_second);
        rate_gate gate{each.per_second};
        CHECK(gate.opens_at(start_time) == start_time);
        gate.pass(start_time);
        CHECK(gate.opens_at(start_time) == start_time + each.wait);
    }
}

TEST_CASE("asking changes nothing, and a pause is not made up for") {
    rate_gate gate{1};
    gate.pass(start_time);
    for (int i = 0; i < 3; ++i) CHECK(gate.opens_at(start_time) == start_time + 1030ms);
    const auto times = passes(gate, start_time + 10s, 3);
    CHECK(times[1] - times[0] >= 1s);
    CHECK(times[2] - times[1] >= 1s);
}

TEST_CASE("another limit counts from the latest request on, upward and downward") {
    rate_gate gate{1};
    gate.pass(start_time);
    gate.set_limit(4);
    CHECK(gate.opens_at(start_time) == start_time + 243ms);
    gate.set_limit(0.5);
    CHECK(gate.opens_at(start_time + 1s) == start_time + 2080ms);
    gate.set_limit(0);
    CHECK(gate.opens_at(start_time) == start_time);
    gate.pass(start_time + 3s);
    gate.set_limit(1);
    CHECK(gate.opens_at(start_time + 3s) == start_time + 4030ms);
}

TEST_CASE("after a lower limit, no second has requests from before and after it together") {
    for (const double before : {0.0, 5.0, 20.0, 100.0})
        for (const double after : {4.0, 2.0, 1.0, 0.4}) {
            CAPTURE(before);
            CAPTURE(after);
            rate_gate gate{before};
            auto times = passes(gate, start_time, 30);
            const auto latest = times.back();
            gate.set_limit(after);
            CHECK(gate.opens_at(latest) >= latest + 1s);
            CHECK(gate.opens_at(latest) <= latest + (after < 1 ? 3s : 1100ms));
            gate.set_limit(after + 0.1); // a higher one than that, and lower than the first
            CHECK(gate.opens_at(latest) >= latest + 1s);
            times = passes(gate, latest, 30);
            CHECK(times.front() >= latest + 1s);
            const auto most = static_cast<std::size_t>(after < 1 ? 1 : after);
            for (std::size_t i = most; i < times.size(); ++i) CHECK(times[i] - times[i - most] >= 1s);
        }
}

TEST_CASE("a limit that goes up and down again and again does not hold the gate for longer than a second") {
    rate_gate gate{20};
    gate.pass(start_time);
    for (int i = 0; i < 50; ++i) {
        gate.set_limit(2);
        gate.set_limit(20);
    }
    CHECK(gate.opens_at(start_time) <= start_time + 1s);
    gate.set_limit(2);
    CHECK(gate.opens_at(start_time) == start_time + 1s);
    gate.pass(start_time + 1s);
    CHECK(gate.opens_at(start_time + 1s) == start_time + 1505ms);
}

TEST_CASE("a limit that is set before the first request holds nothing up") {
    rate_gate gate;
    gate.set_limit(0.001);
    CHECK(gate.opens_at(start_time) == start_time);
}

TEST_CASE("however often the limit is set, no second has more requests") {
    rate_gate gate{2};
    auto now = start_time;
    std::vector<wan::time_point> times;
    for (int i = 0; i < 1000; ++i, now += 10ms) {
        gate.set_limit(2);
        if (gate.opens_at(now) > now) continue;
        gate.pass(now);
        times.push_back(now);
    }
    for (std::size_t i = 2; i < times.size(); ++i) CHECK(times[i] - times[i - 2] >= 1s);
}

TEST_CASE("the last time point there is does not overflow") {
    constexpr auto last = wan::time_point::max();
    rate_gate gate{1e-300};
    gate.pass(last);
    CHECK(gate.opens_at(last) == last);
    gate.set_limit(1);
    CHECK(gate.opens_at(last) == last);
}
