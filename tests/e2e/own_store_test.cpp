// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The program of docs/your-own-store.md, which keeps its tasks in a database of its own, is killed again and
// again.
#include "support/batch.hpp"
#include "support/database.hpp"
#include "support/doctest.hpp"
#include "support/kills.hpp"
#include "support/sandbox.hpp"

#include <chrono>
#include <ostream>
#include <random>
#include <string>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("own_store");

using namespace std::chrono_literals;

namespace {

const std::vector<std::string> environment{"DASHSCOPE_API_KEY=" + support::secret};

support::finished own_store(std::vector<std::string> arguments) {
    support::program p{WAN_OWN_STORE_PROGRAM, std::move(arguments), environment};
    return support::wait_for(p);
}

std::vector<std::string> rows_of(const std::string& store) {
    return support::query(store, "SELECT count(DISTINCT shot), count(*), "
                                 "sum(json_extract(token, '$.ending') = 'succeeded' AND video LIKE 'http%') "
                                 "FROM attempts");
}

} // namespace

TEST_CASE("a program with a store of its own is killed 8 times: every shot succeeds and is paid for once") {
    constexpr int shots = 48, kills = 8, most_runs = 30, most_runs_after = 3;
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    const support::batch_folder media{1};
    const support::temporary_folder folder;
    const auto store = folder / "farm.db";
    const support::sandbox server{{"--fault-rate", "0.1", "--seed", std::to_string(seed), "--pace", "300",
                                   "--prompt-while-running", "--video", media.video()}};
    const std::vector<std::string> arguments{store,     server.base_url(), std::to_string(shots),
                                             "--hurry", "--max-running",   "6"};
    std::mt19937 random{seed};
    const auto made = support::kill_at_random(WAN_OWN_STORE_PROGRAM, arguments, environment, random, kills,
                                              most_runs, 600ms);
    CHECK(made.killed == kills);
    int after = 0;
    support::finished last;
    last.code = -1;
    for (; last.code != 0 && after < most_runs_after; ++after) last = own_store(arguments);
    MESSAGE(made.runs << " runs that were killed, " << after << " after them");
    CHECK_MESSAGE(last.code == 0, last.err);
    CHECK(last.out == "48 of 48 videos\n");
    CHECK(rows_of(store) == std::vector<std::string>{"48|48|48"});
    const auto stats = server.stats();
    CHECK(stats.at("created") == shots);
    const auto& prompts = stats.at("prompts").as_object();
    CHECK(prompts.size() == shots);
    for (const auto& of : prompts) {
        const std::string prompt{of.key()};
        CHECK_MESSAGE(of.value().at("created") == 1, prompt);
    }
    CHECK(own_store(arguments).code == 0); // all is done: nothing is submitted
    CHECK(server.stats().at("submits") == stats.at("submits"));
}

TEST_CASE(
    "killed while the responses to the submits are awaited, the program finds the tasks by their tokens") {
    const support::batch_folder media{1};
    const support::temporary_folder folder;
    const auto store = folder / "farm.db";
    const support::sandbox server{
        {"--fault", "submit-trickle", "--prompt-while-running", "--video", media.video()}};
    const std::vector<std::string> arguments{store, server.base_url(), "3", "--hurry", "--max-running", "3"};
    {
        support::program p{WAN_OWN_STORE_PROGRAM, arguments, environment};
        REQUIRE(support::eventually([&] { return server.count("created") == 3; }));
        p.kill(SIGKILL);
        (void)support::wait_for(p);
    }
    CHECK(support::query(store,
                         "SELECT count(*) FROM attempts WHERE json_extract(token, '$.task_id') IS NULL") ==
          std::vector<std::string>{"3"});
    const auto got = own_store(arguments);
    CHECK_MESSAGE(got.code == 0, got.err);
    CHECK(server.count("created") == 3);
    CHECK(rows_of(store) == std::vector<std::string>{"3|3|3"});
}

TEST_CASE("a shot that failed is submitted again only if that is asked for, as another attempt") {
    const support::batch_folder media{1};
    const support::temporary_folder folder;
    const auto store = folder / "farm.db";
    const support::sandbox server{{"--video", media.video(), "--fault", "failed-without-reason"}};
    const std::vector<std::string> arguments{store, server.base_url(), "2", "--hurry"};
    auto again = arguments;
    again.emplace_back("--again");
    CHECK(own_store(arguments).code == 1);
    const auto second = own_store(arguments);
    CHECK(second.code == 1);
    CHECK_MESSAGE(second.err.find("shot 1 failed; --again submits it again") != std::string::npos,
                  second.err);
    CHECK(server.count("created") == 2);
    CHECK(own_store(again).code == 1);
    CHECK(server.count("created") == 4);
    CHECK(rows_of(store) == std::vector<std::string>{"2|4|0"});
}

TEST_CASE("nothing is submitted if the store cannot be written, or another process uses it") {
    const support::batch_folder media{1};
    const support::temporary_folder folder;
    const auto store = folder / "farm.db";
    const support::sandbox server{{"--video", media.video()}};
    const auto says = [&](const std::string& file, const std::string& what) {
        const auto got = own_store({file, server.base_url(), "1", "--hurry"});
        CHECK(got.code == 1);
        CHECK_MESSAGE(got.err.find(what) != std::string::npos, got.err);
        CHECK(server.count("submits") == 0);
    };
    says("/proc/none/farm.db", "cannot use the store: unable to open database file");
    {
        sqlite3* other = nullptr;
        REQUIRE(sqlite3_open(store.c_str(), &other) == SQLITE_OK);
        REQUIRE(sqlite3_exec(other, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr) == SQLITE_OK);
        says(store, "cannot use the store: database is locked");
        sqlite3_close(other);
    }
    // Opens, but takes no row.
    support::query(store, "CREATE TABLE attempts (shot INTEGER, number INTEGER, token TEXT, video TEXT, "
                          "PRIMARY KEY (shot, number), CHECK (shot < 0))");
    says(store, "cannot use the store: CHECK constraint failed");
    support::query(store, "PRAGMA ignore_check_constraints = 1; INSERT INTO attempts VALUES (0, 1, 'x', '')");
    says(store, "token");
}

TEST_CASE("the program with a store of its own says how it is called") {
    const auto got = own_store({"--help"});
    CHECK(got.code == 0);
    CHECK(got.out.starts_with("Usage: own_store STORE BASE_URL COUNT"));
    for (const std::vector<std::string>& wrong :
         std::vector<std::vector<std::string>>{{},
                                               {"a", "b"},
                                               {"a", "b", "0"},
                                               {"a", "b", "x"},
                                               {"a", "b", "1", "--max-running"},
                                               {"a", "b", "1", "--fast"}})
        CHECK(own_store(wrong).code == 2);
}
