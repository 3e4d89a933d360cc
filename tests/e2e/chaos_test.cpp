// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A fifth of all calls goes wrong, and the process is killed again and again.
#include "support/batch.hpp"
#include "support/doctest.hpp"
#include "support/kills.hpp"
#include "support/sandbox.hpp"

#include <chrono>
#include <ostream>
#include <random>
#include <string>

TEST_SUITE_BEGIN("chaos");

using namespace std::chrono_literals;
using support::batch_folder;

TEST_CASE("200 shots and 50 kills: every shot has its video, and was paid for once") {
    constexpr int shots = 200, kills = 50, most_runs = 100, most_runs_after = 3;
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    batch_folder folder{shots};
    support::sandbox server{{"--fault-rate", "0.2", "--seed", std::to_string(seed), "--pace", "200",
                             "--prompt-while-running", "--video", folder.video()}};
    const auto arguments =
        folder.arguments(server.base_url(), {"--poll-every", "0.3", "--request-timeout", "1.5",
                                             "--submits-per-second", "20", "--sole-user"});
    std::mt19937 random{seed};
    const auto made = support::kill_at_random(
        WAN_PROGRAM, arguments, {"DASHSCOPE_API_KEY=" + support::secret}, random, kills, most_runs, 900ms);
    CHECK(made.killed == kills);
    int after = 0;
    support::finished last;
    last.code = -1;
    for (; last.code != 0 && after < most_runs_after; ++after) last = support::wan_cli(arguments);
    MESSAGE(made.runs << " runs that were killed, " << after << " after them");
    CHECK_MESSAGE(last.code == 0, last.err);
    CHECK(folder.videos() == shots);
    const auto stats = server.stats();
    CHECK(stats.at("created") == shots);
    const auto& prompts = stats.at("prompts").as_object();
    CHECK(prompts.size() == shots);
    for (const auto& of : prompts) {
        const std::string prompt{of.key()};
        CHECK_MESSAGE(of.value().at("created") == 1, prompt);
    }
}
