// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// When a scheduler queries, once it knows how long similar tasks took.
#include "support/doctest.hpp"
#include "support/files.hpp"
#include "support/lag_simulation.hpp"
#include "support/scripted_peer.hpp"

#include <wan/scheduler/detail/learned_time.hpp>

#include <chrono>
#include <cmath>
#include <limits>
#include <vector>

TEST_SUITE_BEGIN("learned times");

using namespace support;
using namespace std::chrono_literals;

namespace {

const wan::backoff usual = wan::dialect{}.poll;

struct comparison {
    lag_result usual, timed;
};

comparison compare(lag_setting how) {
    comparison both;
    how.is_timed = false;
    both.usual = simulate_lag(how);
    how.is_timed = true;
    both.timed = simulate_lag(how);
    return both;
}

struct ratio {
    double lag, queries;
};

/// Returns the mean ratio of short, usual and long tasks.
ratio ratios(double sigma, bool reports_times) {
    ratio sum{};
    for (const double median : {60.0, 200.0, 600.0}) {
        const auto [usually, timed] =
            compare({.median = median, .sigma = sigma, .tasks = 250, .reports_times = reports_times});
        sum.lag += timed.lag / usually.lag / 3;
        sum.queries += timed.queries / usually.queries / 3;
    }
    return sum;
}

wan::generation_time known(double median, double spread = 0.1, double tasks = 20) {
    return {"wan2.7-t2v", wan::resolution::p720, 5, median, spread, tasks};
}

} // namespace

TEST_CASE("a video is noticed in half the time, with as many queries") {
    for (const double sigma : {0.1, 0.2})
        for (const bool reports_times : {true, false}) {
            CAPTURE(sigma);
            CAPTURE(reports_times);
            const auto [lag, queries] = ratios(sigma, reports_times);
            CHECK(lag < 0.5);
            CHECK(queries < 1.03);
        }
}

TEST_CASE("times that vary much are noticed earlier as well") {
    // With a sigma of 0.4, no choice of as many queries halves the lag of long tasks.
    const auto [lag, queries] = ratios(0.4, true);
    CHECK(lag < 0.65);
    CHECK(queries < 1.05);
}

TEST_CASE("a model that has become three times as fast, or as slow, is noticed no later than usual") {
    for (const double factor : {3.0, 1 / 3.0})
        for (const double median : {60.0, 300.0})
            for (const unsigned running : {1u, 5u}) {
                CAPTURE(factor);
                CAPTURE(median);
                CAPTURE(running);
                comparison sum;
                for (std::uint64_t seed = 1; seed <= 10; ++seed) {
                    const auto one = compare({.median = median,
                                              .sigma = 0.2,
                                              .tasks = 10,
                                              .running = running,
                                              .believed_median = factor * median,
                                              .seed = seed});
                    sum.usual.lag += one.usual.lag;
                    sum.timed.lag += one.timed.lag;
                }
                CHECK(sum.timed.lag <= sum.usual.lag);
            }
}

TEST_CASE("a thousand tasks at once keep to the account's 20 queries per second") {
    const auto [usually, timed] = compare({.median = 300, .sigma = 0.2, .tasks = 1000, .running = 1000});
    CHECK(timed.lag <= usually.lag);
}

TEST_CASE("what was learned is the median and the spread, and serves the next scheduler") {
    const auto made = simulate_lag({.median = 120, .sigma = 0.15, .tasks = 200});
    CHECK(made.learned_median == doctest::Approx(120).epsilon(0.1));
    CHECK(made.learned_spread == doctest::Approx(0.15).epsilon(0.5));

    wan::scheduler tasks;
    CHECK(tasks.learned().empty());
    tasks.set_learned(std::vector{known(120), known(300)}); // the second replaces the first
    REQUIRE(tasks.learned().size() == 1);
    const auto row = tasks.learned().front();
    CHECK(row.model == "wan2.7-t2v");
    CHECK(row.resolution == wan::resolution::p720);
    CHECK(row.duration == 5);
    CHECK(row.median == doctest::Approx(300));
    CHECK(row.spread == doctest::Approx(0.1));
    CHECK(row.tasks == doctest::Approx(20));

    const auto first = simulate_lag({.median = 300, .sigma = 0.1, .tasks = 1, .is_timed = true});
    const auto again = simulate_lag(
        {.median = 300, .sigma = 0.1, .tasks = 1, .believed_median = 300, .believed_sigma = 0.1});
    CHECK(again.lag < first.lag);
}

TEST_CASE("values that cannot be are ignored") {
    constexpr auto none = std::numeric_limits<double>::quiet_NaN();
    constexpr auto endless = std::numeric_limits<double>::infinity();
    wan::scheduler tasks;
    tasks.set_learned(std::vector{known(0), known(-1), known(none), known(1, -1), known(1, none),
                                  known(1, 0.1, 0), known(1, 0.1, none)});
    CHECK(tasks.learned().empty());
    // What is only too large is a week, and a spread of 3.
    tasks.set_learned(std::vector{known(endless, endless, endless)});
    REQUIRE(tasks.learned().size() == 1);
    CHECK(tasks.learned()[0].median == doctest::Approx(7 * 24 * 3600.0));
    CHECK(tasks.learned()[0].spread == doctest::Approx(3));
    CHECK(tasks.learned()[0].tasks == doctest::Approx(20));
}

TEST_CASE("no wait is longer than twice the usual one, and an old task is queried as usual") {
    for (const double median : {0.1, 5.0, 60.0, 600.0, 900.0, 7 * 24 * 3600.0})
        for (const double spread : {0.05, 0.3, 1.5}) {
            CAPTURE(median);
            CAPTURE(spread);
            wan::detail::query_times times;
            CHECK(times.empty());
            times.choose(median, spread, true, usual);
            const auto longest = (std::max)(2.0 * 30, median / 32);
            wan::milliseconds age{0};
            for (int i = 0; i < 400 && age < 24h; ++i) {
                const auto wait = times.wait_at(age);
                CHECK(wait > 0ms);
                CHECK(static_cast<double>(wait.count()) <= 1000 * longest + 1);
                age += wait;
            }
            CHECK(times.wait_at(365 * 24h) == usual.longest);
        }
}

TEST_CASE("an estimate that no task has confirmed does without longer waits") {
    wan::detail::query_times times;
    times.choose(600, 0.1, false, usual);
    for (wan::milliseconds age{0}; age < 300s; age += times.wait_at(age))
        CHECK(times.wait_at(age) <= 30'001ms);
    times.choose(600, 0.1, true, usual);
    CHECK(times.wait_at(0ms) > 50s);
}

TEST_CASE("one task that took much longer makes the others careful, and does not set the time alone") {
    wan::detail::learned_time time;
    wan::generation_time said;
    for (int i = 0; i < 20; ++i) time.learn(100s, usual);
    time.describe(said);
    CHECK(said.median == doctest::Approx(100));
    CHECK(said.tasks == doctest::Approx(20));
    time.learn(300s, usual);
    time.describe(said);
    CHECK(said.median == doctest::Approx(std::sqrt(100.0 * 300)));
    CHECK(said.tasks == doctest::Approx(2));
    for (int i = 0; i < 5; ++i) time.learn(300s, usual);
    time.describe(said);
    CHECK(said.median == doctest::Approx(300).epsilon(0.2));
}

TEST_SUITE_END();
