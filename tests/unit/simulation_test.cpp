// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Many tasks against a model of DashScope that fails at random, by hosts that die at random: none is paid for
// twice, none that is paid for is lost. The same for millions: benchmarks/simulation.cpp.
#include "support/doctest.hpp"
#include "support/simulation.hpp"

#include <ostream>

TEST_SUITE_BEGIN("simulation");

using namespace support;
using wan::task_ending;

namespace {

simulation_counts simulate_all(std::uint64_t seeds, double fault_rate, neighbourhood who) {
    simulation_counts all;
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
        const auto one = simulate(seed, fault_rate, who);
        CHECK(one.violation == "");
        all += one.counts;
    }
    return all;
}

} // namespace

TEST_CASE("a quarter of all calls goes wrong and processes die: no task is paid for twice, none is lost or "
          "mistaken for another") {
    const auto all = simulate_all(200, 0.25, neighbourhood::alone);
    MESSAGE(all.shots << " shots; " << all.requests << " requests, " << all.faults << " faults, "
                      << all.deaths << " deaths, " << all.lost_submits << " lost submits; succeeded "
                      << all.ends.at(task_ending::succeeded) << ", unknown "
                      << all.ends.at(task_ending::submit_unknown));
    CHECK(all.lost_submits > all.shots / 20);
    CHECK(all.second_submits > all.shots / 50);
    CHECK(all.resumed > all.shots / 5);
    CHECK(all.ends.at(task_ending::succeeded) > all.shots / 2);
    CHECK(all.ends.at(task_ending::failed) > 0);
    CHECK(all.ends.at(task_ending::canceled) > 0);
}

TEST_CASE("a second program submits the same prompts: none of its tasks is ever taken for one of ours") {
    const auto all = simulate_all(100, 0.25, neighbourhood::shared);
    CHECK(all.lost_submits > all.shots / 20);
    CHECK(all.ends.at(task_ending::succeeded) > all.shots / 2);
}

TEST_CASE("alone on the account, with a clock that was checked and prompts that differ, every lost submit is "
          "found") {
    auto all = simulate_all(100, 0.25, neighbourhood::certain);
    CHECK(all.lost_submits > all.shots / 20);
    CHECK(all.ends[task_ending::submit_unknown] == 0);
}

TEST_CASE("where nothing goes wrong but that processes die, hardly a shot is unknown") {
    auto all = simulate_all(50, 0, neighbourhood::alone);
    CHECK(all.faults == 0);
    CHECK(all.deaths > 0);
    CHECK(all.ends.at(task_ending::succeeded) > all.shots * 3 / 4);
    CHECK(all.ends[task_ending::submit_unknown] < all.shots / 10);
}

TEST_CASE("the same seed, the same run") {
    const auto first = simulate(1, 0.25, neighbourhood::alone).counts,
               second = simulate(1, 0.25, neighbourhood::alone).counts;
    CHECK(first.requests > 0);
    CHECK(first.requests == second.requests);
    CHECK(first.steps == second.steps);
    CHECK(first.ends == second.ends);
    CHECK(first.steps != simulate(2, 0.25, neighbourhood::alone).counts.steps);
}
