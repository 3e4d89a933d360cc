// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Many machines, one account: shots in a database, and workers that drive them, some of which die.
#include "support/doctest.hpp"
#include "support/files.hpp"
#include "support/fleet.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <ostream>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("fleet");

using namespace std::chrono_literals;
using support::batch_folder;
using support::eventually;
using support::fleet;
using support::wan_cli;

namespace json = boost::json;

namespace {

using steady = std::chrono::steady_clock;

double seconds_since(steady::time_point start) {
    return std::chrono::duration<double>(steady::now() - start).count();
}

/// Asks until it is so, for at most that time.
template <class Condition>
bool within(std::chrono::seconds time, Condition&& is_so) {
    for (const auto until = steady::now() + time; steady::now() < until;) {
        if (is_so()) return true;
        std::this_thread::sleep_for(20ms);
    }
    return false;
}

/// The programs have done all, and end with 0.
void check_done(std::vector<fleet::machine>& machines, std::chrono::seconds within) {
    for (auto& each : machines) {
        const auto end = support::end_of(*each, within);
        CHECK_MESSAGE(end.code == 0, end.err);
    }
}

/// A program that must refuse to begin, and name what is wrong.
void check_refused(const support::finished& got, const std::vector<std::string>& parts) {
    CHECK_MESSAGE((got.code == 1 || got.code == 2), got.code << ": " << got.err);
    for (const auto& part : parts)
        CHECK_MESSAGE(got.err.find(part) != std::string::npos, part << " is not in\n" << got.err);
}

/// The same for each command that uses a state.
void check_all_refuse(const fleet& all, const std::vector<std::string>& parts,
                      const std::vector<std::string>& environment = {}) {
    for (const auto& arguments :
         {all.enqueue_arguments(), all.work_arguments({"--until-empty"}), all.batch_arguments()}) {
        CAPTURE(arguments[0]);
        check_refused(all.run(arguments, environment), parts);
    }
}

/// The tasks that are PENDING or RUNNING.
std::int64_t unfinished(const json::object& stats) {
    std::int64_t count = 0;
    for (const auto* state : {"PENDING", "RUNNING"})
        if (const auto* number = stats.at("states").as_object().if_contains(state))
            count += number->to_number<std::int64_t>();
    return count;
}

std::int64_t succeeded(const json::object& stats) {
    const auto* number = stats.at("states").as_object().if_contains("SUCCEEDED");
    return number != nullptr ? number->to_number<std::int64_t>() : 0;
}

} // namespace

TEST_CASE("a fixture: the database is the test's own, and survives what is done to it") {
    support::postgres_cluster database;
    database.query("CREATE TABLE numbers (n int); INSERT INTO numbers VALUES (1), (2)");
    database.restart_immediately();
    CHECK(database.query("SELECT n, NULL, 'x' FROM numbers ORDER BY n") ==
          std::vector<std::string>{"1||x", "2||x"});
    database.cut_connections();
    CHECK(database.query("SELECT count(*) FROM numbers") == std::vector<std::string>{"2"});
}

TEST_CASE("two workers make the shots of a file, each once") {
    constexpr int shots = 12;
    fleet all{shots};
    all.enqueue();
    CHECK(all.server().count("submits") == 0);
    const auto before = all.status();
    CHECK(before.at("open") == shots);
    CHECK(before.at("states").as_object() == json::object{{"queued", shots}});
    CHECK(before.at("workers").as_array().empty());

    std::vector<fleet::machine> machines;
    for (int i = 0; i < 2; ++i) machines.push_back(all.work({"--until-empty"}));
    check_done(machines, 60s);
    all.check_made_once(shots);
    const auto workers = all.status().at("workers").as_array();
    CHECK(workers.size() == 2);
    for (const auto& worker : workers) {
        CHECK(worker.at("ended") == true);
        CHECK(worker.at("shots") == 0);
        CHECK(std::string{worker.at("name").as_string()}.find(':') != std::string::npos);
    }
    CHECK(workers[0].at("id") != workers[1].at("id"));

    all.enqueue(); // the shots are there already
    CHECK(all.run(all.work_arguments({"--until-empty"})).code == 0);
    CHECK(all.server().count("submits") == shots);
}

TEST_CASE("the workers of a state keep the order of the file, and the limits of the account together") {
    constexpr int shots = 8;
    fleet all{shots};
    all.enqueue();
    std::vector<fleet::machine> machines;
    for (int i = 0; i < 2; ++i) machines.push_back(all.work({"--until-empty", "--max-running", "1"}));
    std::int64_t most = 0;
    for (; machines[0]->runs() && machines[1]->runs(); std::this_thread::sleep_for(10ms))
        most = std::max(most, unfinished(all.server().stats()));
    check_done(machines, 60s);
    CHECK(most == 1);
    std::vector<std::string> in_file;
    for (int i = 0; i < shots; ++i) in_file.push_back(fleet::frame(i));
    CHECK(all.frames() == in_file);
    all.check_made_once(shots);
}

TEST_CASE("a worker waits for shots, and is shown while it does") {
    fleet all{1};
    all.enqueue();
    const auto worker = all.work();
    REQUIRE(eventually([&] { return all.folder().videos() == 1; }));
    all.folder().write_shots(3);
    all.enqueue();
    CHECK(eventually([&] { return all.open_shots() == 0; }));
    const auto workers = all.status().at("workers").as_array();
    REQUIRE(workers.size() == 1);
    CHECK(workers[0].at("ended") == false);
    worker->kill(SIGTERM);
    CHECK(support::end_of(*worker, 10s).code == 0); // nothing is left
    all.check_made_once(3);
}

TEST_CASE("a state in a folder serves enqueue, work and status as well") {
    fleet all{3};
    const support::temporary_folder folder;
    const auto state = folder / "state";
    const auto queued =
        all.run({"enqueue", all.folder().file(), "--state", state, "--base-url", all.server().base_url()});
    CHECK_MESSAGE(queued.code == 0, queued.err);
    const auto worked = all.run(all.work_arguments({"--state", state, "--until-empty"}));
    CHECK_MESSAGE(worked.code == 0, worked.err);
    CHECK(all.folder().videos() == 3);
    CHECK(all.server().count("created") == 3);
    CHECK(all.run({"status", "--state", state, "--json"}).json().at("open") == 0);
}

TEST_CASE("the same batch on two machines: both report all videos, each made once") {
    constexpr int shots = 12;
    fleet all{shots};
    std::vector<fleet::machine> machines;
    for (int i = 0; i < 2; ++i) machines.push_back(all.start(all.batch_arguments()));
    for (const auto& each : machines) {
        const auto end = support::end_of(*each, 60s);
        CHECK_MESSAGE(end.code == 0, end.err);
        CHECK_MESSAGE(end.err.find("12 of 12 videos are in " + all.folder().out()) != std::string::npos,
                      end.err);
    }
    all.check_made_once(shots);
}

TEST_CASE("a batch makes its own shots only") {
    fleet all{2};
    const support::temporary_folder beside;
    std::string others = "others.jsonl";
    SUBCASE("not those of another file") {}
    SUBCASE("not those of a file with the same name in another folder") { others = "shots.jsonl"; }
    std::filesystem::copy_file(all.folder().file(), beside / others);
    auto arguments = all.enqueue_arguments();
    arguments[1] = beside / others;
    REQUIRE(all.run(arguments).code == 0);
    all.folder().write(batch_folder::line("mine", "mine") + "\n");
    const auto got = all.run(all.batch_arguments());
    CHECK_MESSAGE(got.code == 0, got.err);
    CHECK(all.frames() == std::vector<std::string>{"https://example.com/mine.png"});
    CHECK(all.open_shots() == 2);
}

TEST_CASE("the shots of a worker that was killed are continued by another one, and paid for once") {
    constexpr int shots = 6;
    std::vector<std::string> options{"--prompt-while-running", "--pace", "1500"};
    SUBCASE("when their tasks were known") {}
    SUBCASE("while the responses to the submits were awaited") {
        options.insert(options.end(), {"--fault", "submit-trickle"});
    }
    fleet all{shots, options};
    all.enqueue();
    const auto first = all.work({"--sole-user"});
    REQUIRE(eventually([&] { return all.server().count("created") == shots; }));
    first->kill(SIGKILL);
    (void)first->wait();
    const auto second = all.work({"--sole-user", "--until-empty"});
    const auto end = support::end_of(*second, 2s + 30s); // its lease, and then
    CHECK_MESSAGE(end.code == 0, end.err);
    all.check_made_once(shots);
}

TEST_CASE("a worker that stopped for longer than its lease makes nothing twice, and continues to work") {
    fleet all{4, {"--pace", "1500", "--prompt-while-running"}};
    all.enqueue();
    const auto first = all.work({"--sole-user"});
    REQUIRE(eventually([&] { return all.server().count("created") == 4; }));
    first->kill(SIGSTOP);
    const auto second = all.work({"--sole-user"});
    CHECK(within(2s + 30s, [&] { return all.open_shots() == 0; }));
    first->kill(SIGCONT);
    second->kill(SIGINT);
    CHECK(support::end_of(*second, 10s).code == 0);
    all.folder().write_shots(7);
    all.enqueue();
    CHECK(within(30s, [&] { return all.open_shots() == 0; }));
    first->kill(SIGINT);
    CHECK(support::end_of(*first, 10s).code == 0);
    all.check_made_once(7);
}

TEST_CASE("workers survive what happens to the database and to their connections") {
    constexpr int shots = 20;
    fleet all{shots, {"--pace", "300"}};
    all.enqueue();
    std::vector<fleet::machine> machines;
    for (int i = 0; i < 2; ++i) machines.push_back(all.work({"--until-empty", "--submits-per-second", "5"}));
    REQUIRE(eventually([&] { return all.server().count("created") >= 5; }));
    SUBCASE("it crashes and starts again") { all.database().restart_immediately(); }
    SUBCASE("it is away for longer than a lease") {
        all.database().stop();
        std::this_thread::sleep_for(4s);
        all.database().start();
    }
    SUBCASE("the connections are cut, again and again") {
        for (int i = 0; i < 5; ++i) {
            all.database().cut_connections();
            std::this_thread::sleep_for(300ms);
        }
    }
    check_done(machines, 60s);
    all.check_made_once(shots);
}

TEST_CASE("a worker that is interrupted leaves its running shots to the others at once") {
    constexpr int shots = 4;
    fleet all{shots, {"--pace", "3000"}};
    all.enqueue();
    const auto first = all.work({"--lease", "60"});
    REQUIRE(eventually([&] { return all.server().count("created") == shots; }));
    first->kill(SIGINT);
    CHECK(support::end_of(*first, 10s).code == 4);
    const auto second = all.work({"--until-empty"});
    const auto end = support::end_of(*second, 20s); // long before the lease would have ended
    CHECK_MESSAGE(end.code == 0, end.err);
    all.check_made_once(shots);
}

TEST_CASE("a shot whose workers die is driven alone in the end, and then left to a person") {
    fleet all{2, {"--pace", "600000"}};
    all.enqueue();
    const auto start = [&] { return all.work({"--lease", "1", "--sole-user"}); };
    const auto shots = [&] { return all.status().at("shots").as_array(); };
    const auto deaths = [&] {
        std::vector<std::int64_t> of;
        for (const auto& each : shots()) {
            const auto* number = each.as_object().if_contains("deaths");
            of.push_back(number == nullptr ? 0 : number->to_number<std::int64_t>());
        }
        std::sort(of.begin(), of.end());
        return of;
    };
    const auto driven = [&] {
        std::int64_t number = 0;
        const auto now = all.status();
        for (const auto& each : now.at("workers").as_array())
            if (!each.at("ended").as_bool()) number += each.at("shots").to_number<std::int64_t>();
        return number;
    };
    const auto die = [](fleet::machine& worker) {
        worker->kill(SIGKILL);
        (void)worker->wait();
    };
    auto worker = start();
    REQUIRE(within(30s, [&] {
        const auto now = shots();
        return now[0].as_object().contains("task_id") && now[1].as_object().contains("task_id");
    }));
    for (const std::int64_t number : {1, 2, 3}) {
        die(worker);
        worker = start();
        REQUIRE(within(30s, [&] { return deaths() == std::vector{number, number} && driven() != 0; }));
        if (number < 3) {
            CHECK(within(20s, [&] { return driven() == 2; }));
            continue;
        }
        std::this_thread::sleep_for(1s); // it would claim the other one by now
        CHECK(driven() <= 1);
    }
    die(worker);
    worker = start();
    REQUIRE(within(30s, [&] { return deaths() == std::vector<std::int64_t>{3, 4} && driven() == 1; }));
    die(worker);
    worker = start();
    REQUIRE(within(30s, [&] { return deaths() == std::vector<std::int64_t>{4, 4}; }));
    CHECK(driven() == 0);
    CHECK(shots()[0].at("error").as_string().find("4 workers died while they drove this shot") == 0);
    worker->kill(SIGINT);
    CHECK(support::end_of(*worker, 20s).code == 0);
    // A person runs the batch again.
    const auto batch = all.start(all.batch_arguments({"--sole-user"}));
    CHECK(within(30s, [&] { return driven() == 2; }));
    batch->kill(SIGINT);
    CHECK(support::end_of(*batch, 20s).code == 4);
    CHECK(all.server().count("created") == 2);
}

TEST_CASE("a busy worker makes room for a shot whose workers died") {
    constexpr int shots = 12;
    fleet all{shots, {"--pace", "200"}};
    all.enqueue();
    all.database().query("UPDATE shots SET deaths = 3 WHERE name = 'shot-0'");
    const auto end = all.run(all.work_arguments({"--until-empty", "--max-running", "2"}));
    CHECK_MESSAGE(end.code == 0, end.err);
    all.check_made_once(shots);
    // It always had another one to drive.
    const auto later =
        all.database().query("SELECT count(*) FROM shots WHERE updated_at > (SELECT updated_at "
                             "FROM shots WHERE name = 'shot-0')");
    CHECK_MESSAGE(std::stoi(later.at(0)) >= shots / 2, later.at(0));
}

TEST_CASE("a person pauses, resumes, cancels and retries shots") {
    fleet all{3, {"--pace", "600000"}};
    all.enqueue();
    std::vector<std::string> ids;
    const auto enqueued = all.status();
    for (const auto& each : enqueued.at("shots").as_array()) ids.emplace_back(each.at("id").as_string());
    const auto order = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "shots");
        arguments.insert(arguments.end(), {"--state", all.database().url(), "--json"});
        return all.run(std::move(arguments));
    };
    const auto state = [&](std::size_t i) {
        return std::string{all.status().at("shots").at(i).at("state").as_string()};
    };
    auto got = order({"pause", ids[1], ids[2]});
    REQUIRE_MESSAGE(got.code == 0, got.err);
    CHECK(got.json().at("changed") == 2);
    const auto worker = all.work({"--sole-user"});
    REQUIRE(within(20s, [&] { return state(0) == "waiting"; }));
    std::this_thread::sleep_for(1s);
    CHECK(state(1) == "paused");
    CHECK(all.server().count("created") == 1);

    got = order({"pause", ids[0]});
    CHECK(got.code == 2);
    CHECK(got.json().at("changed") == 0);
    const std::string said{got.json().at("not_changed").at(0).as_string()};
    CHECK((said == ids[0] + " is waiting" || said == ids[0] + " is querying"));
    check_refused(all.run({"shots", "pause", "nothing", "--state", all.database().url()}),
                  {"has no shot \"nothing\"", "`wan status --json`"});
    check_refused(all.run({"shots", "cancel", "--state", all.database().url()}),
                  {"give the ids of shots, or --all"});

    CHECK(order({"resume", ids[1]}).json().at("changed") == 1);
    REQUIRE(within(20s, [&] { return state(1) == "waiting"; }));
    CHECK(state(2) == "paused");

    // The task of one is canceled at the provider, the other one is never submitted.
    CHECK(order({"cancel", ids[1], ids[2]}).json().at("changed") == 2);
    CHECK(state(2) == "canceled");
    CHECK(within(20s, [&] { return state(1) == "canceled"; }));
    CHECK(all.server().stats().at("states").at("CANCELED") == 1);
    CHECK(all.server().count("created") == 2);

    CHECK(order({"retry", "--all"}).json().at("changed") == 2);
    CHECK(within(20s, [&] { return state(1) == "waiting" && state(2) == "waiting"; }));
    CHECK(all.server().count("created") == 4);
    worker->kill(SIGINT);
    CHECK(support::end_of(*worker, 20s).code == 4);
}

TEST_CASE("a worker that is interrupted while it searches leaves the search to the next one") {
    fleet all{1, {"--fault", "submit-drop", "--pace", "3000"}}; // the list shows no prompt until its end
    all.enqueue();
    const auto first = all.work({"--sole-user"});
    const auto searches = [&] {
        const auto now = all.status();
        const auto& state = now.at("shots").at(0).at("state").as_string();
        return state == "submit_lost" || state == "listing" || state == "identifying";
    };
    REQUIRE(within(20s, searches));
    first->kill(SIGINT);
    CHECK(support::end_of(*first, 20s).code == 4);
    const auto end = all.run(all.work_arguments({"--sole-user", "--until-empty"}));
    CHECK_MESSAGE(end.code == 0, end.err);
    all.check_made_once(1);
}

TEST_CASE("an order for all shots reaches more of them than one transaction changes") {
    constexpr int shots = 10'001;
    fleet all{shots};
    all.enqueue();
    for (const auto* order : {"pause", "resume"}) {
        const auto got = all.run({"shots", order, "--all", "--state", all.database().url(), "--json"});
        REQUIRE_MESSAGE(got.code == 0, got.err);
        CHECK(got.json().at("changed") == shots);
    }
    const auto status = all.run({"status", "--state", all.database().url()});
    CHECK_MESSAGE(status.out.starts_with("0 of 10001 ended, 10001 queued; 0 tasks"), status.out);
}

TEST_CASE("a shot that a person cancels while a worker has it is not submitted by the next one") {
    fleet all{1};
    all.enqueue();
    all.database().query(
        "INSERT INTO workers (account_id, name, started_at, seen_at, lease_until, submit_seconds) SELECT "
        "account_id, 'gone:1', now(), now(), now() - interval '1 second', 1 FROM shots; UPDATE shots SET "
        "owner = (SELECT max(id) FROM workers), cancel_asked = 1");
    const auto end = all.run(all.work_arguments({"--until-empty"}));
    CHECK_MESSAGE(end.code == 0, end.err);
    CHECK(all.status().at("states") == json::object{{"canceled", 1}});
    CHECK(all.server().count("created") == 0);
}

TEST_CASE("a changed request does not wake a paused shot, and a canceled one can be retried") {
    fleet all{2};
    all.enqueue();
    const auto order = [&](const std::string& what, const std::string& id) {
        CHECK(all.run({"shots", what, id, "--state", all.database().url()}).code == 0);
    };
    order("pause", "shot-0");
    order("cancel", "shot-1");
    all.folder().write(batch_folder::line("shot-0", "another prompt") + "\n" +
                       batch_folder::line("shot-1", "shot 1") + "\n");
    all.enqueue();
    CHECK(all.run(all.work_arguments({"--until-empty"})).code == 0);
    CHECK(all.server().count("created") == 0);
    order("resume", "shot-0");
    const auto end = all.run(all.batch_arguments({"--retry-failed"}));
    CHECK_MESSAGE(end.code == 0, end.err);
    all.check_made_once(2);
}

TEST_CASE("a worker that downloads nothing records the URLs, and a later batch downloads the videos") {
    fleet all{2};
    all.enqueue();
    const auto end = all.run(all.work_arguments({"--no-download", "--until-empty"}));
    CHECK_MESSAGE(end.code == 0, end.err);
    CHECK_MESSAGE(end.err.find("shot-0  succeeded  http") != std::string::npos, end.err);
    CHECK(all.folder().videos() == 0);
    const auto shots = all.status().at("shots").as_array();
    for (const auto& each : shots) {
        CHECK(each.at("state") == "done");
        CHECK(each.at("video_url").as_string().starts_with("http"));
        CHECK(each.at("video_url_expires_at").as_string().starts_with("20"));
    }
    const auto again = all.run(all.batch_arguments({"--no-download"}));
    CHECK_MESSAGE(again.code == 0, again.err);
    CHECK(all.folder().videos() == 0);
    const auto batch = all.run(all.batch_arguments());
    CHECK_MESSAGE(batch.code == 0, batch.err);
    all.check_made_once(2);
}

TEST_CASE("videos that were not downloaded are ordered later") {
    fleet all{2};
    all.enqueue();
    CHECK(all.run(all.work_arguments({"--no-download", "--until-empty"})).code == 0);
    all.database().query("UPDATE shots SET video_url_expires_at = now() + interval '1 hour' WHERE name = "
                         "'shot-1'");
    const auto ordered = all.run({"shots", "download", "--all", "--state", all.database().url()});
    CHECK_MESSAGE(ordered.out == "2 shots are to be downloaded\n", ordered.out);
    CHECK(all.database().query("SELECT name FROM shots ORDER BY claimable_at") ==
          std::vector<std::string>{"shot-1", "shot-0"}); // the one whose URL expires sooner is claimed first
    const auto without = all.run(all.work_arguments({"--no-download", "--until-empty"}));
    CHECK_MESSAGE(without.code == 0, without.err); // it leaves them to others
    CHECK(all.database().query("SELECT count(*) FROM shots WHERE state = 'succeeded'") ==
          std::vector<std::string>{"2"});
    const auto end = all.run(all.work_arguments({"--until-empty"}));
    CHECK_MESSAGE(end.code == 0, end.err);
    all.check_made_once(2);
}

TEST_CASE("the shots of a batch in a folder are no workers' shots") {
    fleet all{2};
    const auto batch = all.run(all.folder().arguments(all.server().base_url()));
    REQUIRE_MESSAGE(batch.code == 0, batch.err);
    const auto state = all.folder().file() + ".state";
    check_refused(all.run(all.enqueue_arguments({"--state", state})),
                  {"shot-0 is a shot of `wan batch`", "give `wan enqueue` another --state"});
    const auto got = all.run({"shots", "retry", "shot-0", "--state", state});
    CHECK(got.code == 2);
    CHECK_MESSAGE(got.err.find("not changed: shot-0 is a shot of `wan batch`") != std::string::npos, got.err);
}

TEST_CASE("a batch tells of the shots that a person has paused or canceled") {
    fleet all{3};
    all.enqueue();
    for (const auto* order : {"pause", "cancel"})
        CHECK(all.run({"shots", order, order == std::string{"pause"} ? "shot-0" : "shot-1", "--state",
                       all.database().url()})
                  .code == 0);
    const auto end = all.run(all.batch_arguments());
    CHECK(end.code == 4);
    for (const auto* part :
         {"shot-0  paused\n", "shot-1  canceled\n", "1 of 3 videos are in ",
          "with --retry-failed, the same command submits failed, canceled and expired shots again\n",
          "paused: 1; `wan shots resume` lets them be submitted\n"})
        CHECK_MESSAGE(end.err.find(part) != std::string::npos, end.err);
    CHECK(end.err.find("run the same command again") == std::string::npos);
}

TEST_CASE("a worker with a wrong path says so at its start, and ends at the first submit") {
    fleet all{3};
    const auto root = all.server().url();
    const auto at_root = [&](std::vector<std::string> arguments) {
        const auto url = std::find(arguments.begin(), arguments.end(), all.server().base_url());
        REQUIRE(url != arguments.end());
        *url = root;
        return all.run(std::move(arguments));
    };
    CHECK(at_root(all.enqueue_arguments()).code == 0);
    const auto end = at_root(all.work_arguments({"--max-running", "1"}));
    CHECK(end.code == 3);
    for (const auto& part :
         {"wan: warning: the provider answers 404 at " + root + "/tasks/; check --base-url\n",
          std::string{"wan: this worker submits nothing more; correct --base-url"}})
        CHECK_MESSAGE(end.err.find(part) != std::string::npos, end.err);
    CHECK(all.server().count("submits") == 0);
    CHECK(all.status().at("states") == json::object{{"queued", 2}, {"rejected", 1}});

    CHECK(all.run({"shots", "retry", "--all", "--state", all.database().url()}).code == 0);
    CHECK(all.run(all.work_arguments({"--until-empty"})).code == 0);
    all.check_made_once(3);
}

TEST_CASE("a worker without work says why") {
    fleet all{1, {"--pace", "600000"}};
    all.enqueue();
    const auto busy = all.work();
    REQUIRE(within(20s, [&] { return all.server().count("created") == 1; }));
    const auto idle = all.work();
    CHECK(within(20s, [&] {
        return idle->err().find("this worker has nothing to do: the shots that are left belong to other "
                                "workers, or wait;") != std::string::npos;
    }));
}

TEST_CASE("a worker tells a new folder, and a folder of wan batch, from a state with shots") {
    batch_folder folder{1};
    const support::sandbox server{{"--video", folder.video()}};
    const auto fresh = folder.file() + ".new";
    const auto work = [&](const std::string& state) {
        return wan_cli({"work", "--until-empty", "--state", state, "--base-url", server.base_url(),
                        "--out-dir", folder.out("")});
    };
    const auto empty = work(fresh);
    CHECK(empty.code == 2);
    CHECK_MESSAGE(
        empty.err.find("--state: " + fresh + " has no state.db; give the folder of `wan enqueue --state`") !=
            std::string::npos,
        empty.err);
    CHECK_FALSE(std::filesystem::exists(fresh));
    CHECK(folder.run(server).code == 0);
    const auto of_batch = work(folder.file() + ".state");
    CHECK(of_batch.code == 2);
    CHECK_MESSAGE(of_batch.err.find("has shots of `wan batch`, which drives them itself") !=
                      std::string::npos,
                  of_batch.err);
}

TEST_CASE("a video whose file is gone is downloaded again, by the batch and by an order") {
    fleet all{3};
    REQUIRE(all.run(all.batch_arguments()).code == 0);
    const auto remove = [&](int shot) {
        std::filesystem::remove(all.folder().out("shot-" + std::to_string(shot) + ".mp4"));
    };
    remove(1);
    const auto again = all.run(all.batch_arguments());
    CHECK(again.code == 0);
    CHECK_MESSAGE(again.err.find("3 of 3 videos are in ") != std::string::npos, again.err);
    all.check_made_once(3);
    CHECK(all.server().count("downloads") == 4);

    remove(0);
    remove(2);
    const auto order = [&](std::vector<std::string> which) {
        which.insert(which.begin(), {"shots", "download", "--state", all.database().url()});
        return all.run(std::move(which));
    };
    CHECK(order({"shot-0"}).out == "1 shot is to be downloaded\n");
    CHECK(order({"shot-1"}).code == 2); // its file is there
    CHECK(order({"--all"}).out == "1 shot is to be downloaded\n");
    CHECK(all.run(all.work_arguments({"--until-empty"})).code == 0);
    all.check_made_once(3);
    CHECK(all.server().count("downloads") == 6);
}

TEST_CASE("a worker counts a shot whose files it cannot read as left to others") {
    fleet all{2};
    auto lines = support::contents(all.folder().file());
    all.folder().write(
        lines + R"({"id":"local","job":"keyframe_to_video","first_frame_url":"none.png","last_frame_url":)"
                R"("https://example.com/b.png","resolution":"480P"})"
                "\n");
    all.enqueue();
    const auto end = all.run(all.work_arguments({"--until-empty"}));
    CHECK_MESSAGE(end.err.find("2 shots ended here, 2 of them with a video in ") != std::string::npos,
                  end.err);
    CHECK_MESSAGE(end.err.find("; 1 is left to other workers") != std::string::npos, end.err);
}

TEST_CASE("a worker at another address leaves a task to those at its own, and says so") {
    fleet all{1, {"--pace", "600000"}};
    all.enqueue({"--account", "studio"});
    auto first = all.work({"--account", "studio"});
    REQUIRE(within(20s, [&] { return all.server().count("created") == 1; }));
    REQUIRE(within(20s, [&] { return all.status().at("tasks") == 1; }));
    first->kill(SIGKILL);
    (void)support::wait_for(*first);
    const support::sandbox other{{"--video", all.folder().video()}};
    auto arguments = all.work_arguments({"--account", "studio", "--until-empty"});
    *std::find(arguments.begin(), arguments.end(), all.server().base_url()) = other.base_url();
    const auto wrong = all.start(arguments);
    CHECK(within(30s, [&] {
        return wrong->err().find("shot-0  its task is at " + all.server().base_url() +
                                 "; a worker with that --base-url can continue it") != std::string::npos;
    }));
    wrong->kill(SIGTERM);
    (void)support::wait_for(*wrong);
    CHECK(other.count("submits") == 0);
    const auto now = all.status();
    CHECK(now.at("open") == 1);
    CHECK_FALSE(now.at("states").as_object().contains("invalid"));
}

TEST_CASE("a name that a user gave to the account is not lost, and a changed shot is reported as replaced") {
    fleet all{2};
    all.enqueue({"--account", "studio"});
    const auto unnamed = all.run(all.work_arguments({"--until-empty"}));
    CHECK(unnamed.code == 2);
    CHECK_MESSAGE(unnamed.err.find("belongs to the account studio; add --account studio\n") !=
                      std::string::npos,
                  unnamed.err);
    all.folder().write(batch_folder::line("shot-0", "shot 0") + "\n" +
                       batch_folder::line("shot-1", "another") + "\n");
    const auto again = all.run(all.enqueue_arguments({"--account", "studio"}));
    CHECK_MESSAGE(again.out.find("0 of 2 shots were added to ") != std::string::npos, again.out);
    CHECK_MESSAGE(again.out.find(", 1 changed ones were replaced; the others were there\n") !=
                      std::string::npos,
                  again.out);
    CHECK(all.run(all.work_arguments({"--account", "studio", "--until-empty"})).code == 0);
    all.check_made_once(2);
}

TEST_CASE("workers submit nothing that would pass --max-cost together") {
    fleet all{5};
    all.enqueue({"--prices", all.folder().prices()});
    std::vector<fleet::machine> machines;
    for (int i = 0; i < 2; ++i) machines.push_back(all.work({"--max-cost", "12.50", "--until-empty"}));
    for (auto& each : machines) {
        const auto end = support::end_of(*each, 30s);
        CHECK(end.code == 0);
        CHECK_MESSAGE(
            end.err.find("3 shots wait: with --max-cost 12.50, nothing more is submitted; the others "
                         "cost 10.00 CNY") != std::string::npos,
            end.err);
    }
    CHECK(all.server().count("created") == 2);
    CHECK(all.status().at("cost") ==
          json::object{{"amount", "10.00"}, {"currency", "CNY"}, {"is_lower_bound", false}});
    const auto batch =
        all.run(all.batch_arguments({"--max-cost", "19.99", "--prices", all.folder().prices()}));
    CHECK(batch.code == 4); // two shots still wait
    CHECK_MESSAGE(batch.err.find("stopped  billing: --max-cost: not submitted: it costs 5.00 CNY") !=
                      std::string::npos,
                  batch.err);
    CHECK(batch.err.find("the submits of these shots cost 15.00 CNY") != std::string::npos);
    CHECK(batch.err.find("run the same command again") == std::string::npos);
    CHECK(all.server().count("created") == 3);
    CHECK(all.run(all.work_arguments({"--until-empty"})).code == 0);
    all.check_made_once(5);
    CHECK(all.status().at("cost").at("amount") == "25.00");
    CHECK(support::contents(all.folder().out("index.html")).find("5.00 CNY") != std::string::npos);
}

TEST_CASE(
    "of shots with files, --max-cost leaves out as many as of others, and nothing of them is uploaded") {
    fleet all{1};
    std::string lines;
    for (int i = 0; i < 4; ++i) {
        const auto name = std::to_string(i) + ".png";
        std::ofstream{std::filesystem::path{all.folder().file()}.parent_path() / name, std::ios::binary}
            << support::png({.width = 640u + 8u * static_cast<unsigned>(i), .height = 480});
        lines += R"({"id":"shot-)" + std::to_string(i) +
                 R"(","job":"keyframe_to_video","first_frame_url":")" + name +
                 R"(","last_frame_url":"https://example.com/b.png","resolution":"480P"})" + "\n";
    }
    all.folder().write(lines);
    all.enqueue({"--prices", all.folder().prices()});
    std::vector<fleet::machine> machines;
    for (int i = 0; i < 2; ++i)
        machines.push_back(all.work({"--upload", "--max-cost", "10", "--until-empty"}));
    check_done(machines, 30s);
    CHECK(all.server().count("created") == 2);
    CHECK(all.folder().videos() == 2);
    CHECK(all.server().count("uploads") == 2);
    const auto now = all.status();
    CHECK(now.at("cost").at("amount") == "10.00");
    CHECK(now.at("states") == json::object{{"done", 2}, {"queued", 2}});
    const auto end = all.run(all.work_arguments({"--until-empty"}));
    CHECK_MESSAGE(end.code == 0, end.err);
    CHECK(all.server().count("created") == 4);
    CHECK(all.folder().videos() == 4);
}

TEST_CASE("what is canceled costs nothing, and prices of one account are in one currency") {
    fleet all{1, {"--pace", "600000"}};
    all.enqueue({"--prices", all.folder().prices()});
    const auto cost = [&] { return std::string{all.status().at("cost").at("amount").as_string()}; };
    CHECK(cost() == "0.00");
    const auto worker = all.work();
    CHECK(within(20s, [&] { return cost() == "5.00"; }));
    CHECK(all.run({"shots", "cancel", "--all", "--state", all.database().url()}).code == 0);
    CHECK(within(20s, [&] { return cost() == "0.00"; }));
    worker->kill(SIGINT);
    CHECK(support::end_of(*worker, 20s).code == 0);
    const auto dollars = all.folder().prices();
    std::ofstream{dollars} << R"([{"model": "wan2.2-kf2v-flash", "per_second": 0.2, "currency": "USD"}])";
    check_refused(all.run(all.enqueue_arguments({"--prices", dollars})),
                  {"--prices: the prices are in \"USD\", but those of account", "are in \"CNY\""});
}

// They must not wait for other tests.
TEST_SUITE_END();
TEST_SUITE_BEGIN("fleet_limits");

/// A machine that stops for a while takes a part of the use: of three runs, one must reach it.
template <typename Run>
void check_use(const std::string& what, Run run) {
    double most = 0;
    for (int runs = 0; runs < 3 && most < 0.9; ++runs) {
        const double used = run();
        MESSAGE((100 * used) << " % of the " << what);
        most = std::max(most, used);
    }
    CHECK(most >= 0.9);
}

TEST_CASE("five workers use the rate of the account, and are never told to slow down") {
    constexpr int shots = 30;
    constexpr double rate = 2;
    std::string timeout = "10";
    SUBCASE("a submit may wait for its turn") {}
    SUBCASE("a submit has little time") { timeout = "1"; }
    check_use("rate", [&] {
        const fleet all{shots, {"--submits-per-second", "2", "--pace", "500"}};
        all.enqueue();
        std::vector<fleet::machine> machines;
        for (int i = 0; i < 5; ++i)
            machines.push_back(all.work({"--until-empty", "--submits-per-second", "2", "--poll-every", "0.5",
                                         "--request-timeout", timeout}));
        REQUIRE(eventually([&] { return all.server().count("created") >= 1; }));
        const auto start = steady::now();
        CHECK(within(40s, [&] { return all.server().count("created") == shots; }));
        const auto used =
            static_cast<double>(all.server().count("created") - 1) / seconds_since(start) / rate;
        check_done(machines, 20s);
        CHECK(all.server().count("throttled") == 0);
        all.check_made_once(shots);
        return used;
    });
}

TEST_CASE("five workers use the running places of the account, and never more") {
    constexpr int shots = 8, places = 4;
    constexpr double task_seconds = 2 * 5.0; // PENDING and RUNNING
    check_use("places", [&] {
        const fleet all{shots, {"--running", "4", "--pace", "5000"}};
        all.enqueue();
        std::vector<fleet::machine> machines;
        for (int i = 0; i < 5; ++i) machines.push_back(all.work({"--until-empty", "--max-running", "4"}));
        REQUIRE(eventually([&] { return all.server().count("created") >= 1; }));
        const auto start = steady::now();
        std::int64_t most = 0;
        REQUIRE(within(40s, [&] {
            const auto stats = all.server().stats();
            most = std::max(most, unfinished(stats));
            return succeeded(stats) == shots;
        }));
        const auto used = shots * task_seconds / (places * seconds_since(start));
        CHECK(most == places);
        check_done(machines, 20s);
        all.check_made_once(shots);
        return used;
    });
}

TEST_SUITE_END();
TEST_SUITE_BEGIN("fleet");

TEST_CASE("a database that cannot be reached is refused, and nothing is sent") {
    fleet all{2};
    all.database().stop();
    check_all_refuse(all, {"127.0.0.1", all.database().port()});
    check_refused(all.run({"status", "--state", all.database().url()}), {all.database().port()});
    check_refused(all.run({"status", "--state", all.database().url_with_password()}), {});
    check_refused(all.run({"status", "--state", "postgresql://[nowhere"}), {"nowhere"});
    for (const std::string where : {"postgresl://wan:secret@127.0.0.1/wan", "postgres:/wan", "mysql://a/b",
                                    "postgresql:/wan:secret@h/d", "postgresql//wan:secret@h/d",
                                    "xx://wan:se/secret@h", "postgresql:wan:secret@h/d"})
        for (const auto& arguments :
             {std::vector<std::string>{"status", "--state", where},
              std::vector<std::string>{"shots", "pause", "--all", "--state", where},
              std::vector<std::string>{"gallery", "--out", all.folder().out(), "--state", where},
              all.enqueue_arguments({"--state", where}),
              all.work_arguments({"--until-empty", "--state", where}),
              std::vector<std::string>{"batch", all.folder().file(), "--base-url", all.server().base_url(),
                                       "--state", where}}) {
            const auto got = all.run(arguments);
            check_refused(got, {"is neither a folder nor a postgresql:// URL"});
            CHECK(got.err.find("secret") == std::string::npos);
        }
    CHECK(all.server().count("submits") + all.server().count("lists") == 0);
}

TEST_CASE("the password comes from the environment or the address, and is never shown") {
    fleet all{1};
    const std::string wrong = "wrong-pg-secret";
    check_all_refuse(all, {"password"}, {"PGPASSWORD=" + wrong});
    CHECK(all.server().count("submits") == 0);
    all.enqueue();
    for (const auto& url : {all.database().url_with_password(),
                            "postgresql://wan:" + wrong + "@127.0.0.1:" + all.database().port() + "/wan"}) {
        const bool is_good = url.find(wrong) == std::string::npos;
        for (const auto& arguments : {all.work_arguments({"--until-empty", "--state", url}),
                                      std::vector<std::string>{"status", "--state", url},
                                      std::vector<std::string>{"status", "--state", url, "--json"}}) {
            const auto got = all.run(arguments, {"PGPASSWORD="});
            CHECK_MESSAGE((got.code == 0) == is_good, got.code << ": " << got.err);
            CHECK((got.out + got.err).find(wrong) == std::string::npos);
        }
    }
}

TEST_CASE("a database with another schema, or of another program, is refused, and nothing is sent") {
    fleet all{2};
    SUBCASE("of a newer program") {
        all.enqueue();
        all.database().query("UPDATE wan_schema SET version = 99");
        check_all_refuse(all, {"schema", "99"});
    }
    SUBCASE("of no program that there was") {
        all.enqueue();
        all.database().query("UPDATE wan_schema SET version = 0");
        check_all_refuse(all, {"schema"});
    }
    SUBCASE("a table is lost") {
        all.enqueue();
        all.database().query("DROP TABLE attempts");
        check_all_refuse(all, {"attempts"});
    }
    SUBCASE("of another program") {
        all.database().query("CREATE TABLE shots (shot TEXT)");
        check_all_refuse(all, {"another program"});
    }
    CHECK(all.server().count("submits") == 0);
}

TEST_CASE("a database that cannot be written is refused, and nothing is sent") {
    fleet all{2};
    SUBCASE("without a state") {}
    SUBCASE("with one") { all.enqueue(); }
    all.database().query("ALTER DATABASE wan SET default_transaction_read_only = on");
    check_all_refuse(all, {"read-only"});
    CHECK(all.server().count("submits") == 0);
}

TEST_CASE("a state is of one account, whose list would not show another one's tasks") {
    fleet all{2};
    all.enqueue();
    REQUIRE(all.run(all.work_arguments({"--until-empty"})).code == 0);
    check_all_refuse(all, {"belongs to another API key, and one account's list"},
                     {"DASHSCOPE_API_KEY=sk-another"});
    CHECK(all.server().count("submits") == 2);
}

TEST_CASE("all workers of an account say the same of its users") {
    fleet all{2, {"--pace", "1000"}};
    all.enqueue();
    std::vector<std::string> first{}, second{"--sole-user", "--until-empty"};
    SUBCASE("only the second says that it is alone") {}
    SUBCASE("only the first says so") { first.swap(second); }
    const auto worker = all.work(first);
    REQUIRE(eventually([&] { return all.server().count("created") == 2; }));
    check_refused(all.run(all.work_arguments(second)), {"--sole-user"});
    CHECK(within(20s, [&] { return all.open_shots() == 0; }));
    worker->kill(SIGINT);
    CHECK(support::end_of(*worker, 10s).code == 0);
    all.check_made_once(2);
}

TEST_CASE("a shot that was submitted is not changed under its id, and mistakes of a file are reported") {
    fleet all{2};
    all.enqueue();
    REQUIRE(all.run(all.work_arguments({"--until-empty"})).code == 0);
    all.folder().write(batch_folder::line("shot-0", "shot 0") + "\n" +
                       batch_folder::line("shot-1", "another") + "\n");
    for (const auto& arguments : {all.enqueue_arguments(), all.batch_arguments()})
        check_refused(all.run(arguments), {"shot-1 was submitted with a different request"});
    all.folder().write(batch_folder::line("shot-2", "shot 2") + "\nno json\n" +
                       batch_folder::line("../etc", "three") + "\n");
    for (const auto& arguments : {all.enqueue_arguments(), all.batch_arguments()})
        check_refused(all.run(arguments), {"line 2", "line 3"});
    all.check_made_once(2);
    CHECK(all.server().count("submits") == 2);
}

namespace {

/// What happens to the workers and to the database.
struct troubles {
    int shots, kills, stops, restarts, cuts;
    std::chrono::seconds most; ///< for what is left after them
};

troubles chosen_troubles() {
    if (std::getenv("WAN_LONG") != nullptr)
        return {.shots = 400, .kills = 40, .stops = 10, .restarts = 5, .cuts = 10, .most = 900s};
    return {.shots = 100, .kills = 10, .stops = 2, .restarts = 1, .cuts = 2, .most = 240s};
}

/// Four workers, each of which is started again when it was killed, or could not begin.
class supervised {
public:
    supervised(fleet& all, unsigned seed) : all_(all), random_(seed) {
        for (std::size_t i = 0; i < 4; ++i) machines_.push_back(begin());
    }

    /// Does all of it in a random order. Returns how much of it happened while there was work.
    int suffer(const troubles& what) {
        std::vector<void (supervised::*)()> events;
        events.insert(events.end(), static_cast<std::size_t>(what.kills), &supervised::kill);
        events.insert(events.end(), static_cast<std::size_t>(what.stops), &supervised::stop);
        events.insert(events.end(), static_cast<std::size_t>(what.restarts), &supervised::restart_database);
        events.insert(events.end(), static_cast<std::size_t>(what.cuts), &supervised::cut);
        std::shuffle(events.begin(), events.end(), random_);
        int happened = 0;
        for (const auto event : events) {
            std::this_thread::sleep_for(
                std::chrono::milliseconds{std::uniform_int_distribution{500, 4000}(random_)});
            if (all_are_done()) break;
            (this->*event)();
            ++happened;
        }
        return happened;
    }

    /// Returns whether each worker has ended because nothing was left to do. Starts those again that ended
    /// for another reason.
    bool all_are_done() {
        bool done = true;
        for (auto& each : machines_) {
            if (!each) continue;
            done = false;
            if (each->runs()) continue;
            const auto end = support::end_of(*each, 1s);
            each.reset();
            if (end.code == 0) continue;
            ended_ += end.err;
            ++gave_up_;
            each = begin();
        }
        return done;
    }

    int gave_up() const { return gave_up_; }
    const std::string& ended() const { return ended_; }

private:
    fleet::machine begin() const {
        return all_.work({"--sole-user", "--until-empty", "--poll-every", "0.3", "--request-timeout", "1.5",
                          "--submits-per-second", "4"});
    }
    /// A worker that is at work.
    fleet::machine& any() {
        std::vector<fleet::machine*> at_work;
        for (auto& each : machines_)
            if (each) at_work.push_back(&each);
        return *at_work[std::uniform_int_distribution<std::size_t>{0, at_work.size() - 1}(random_)];
    }

    void kill() {
        auto& one = any();
        one->kill(SIGKILL);
        (void)support::end_of(*one, 10s);
        one = begin();
    }
    void stop() {
        const auto& one = any();
        one->kill(SIGSTOP);
        std::this_thread::sleep_for(3500ms); // longer than the lease
        one->kill(SIGCONT);
    }
    void restart_database() { all_.database().restart_immediately(); }
    void cut() { all_.database().cut_connections(); }

    fleet& all_;
    std::mt19937 random_;
    std::vector<fleet::machine> machines_; // null: it has ended with 0
    int gave_up_ = 0;                      ///< runs that ended for another reason
    std::string ended_;                    ///< what they said
};

/// Half of the shots share a prompt, so that only their frames distinguish them.
std::string shots_of_two_kinds(int shots) {
    std::string lines;
    for (int i = 0; i < shots; ++i)
        lines += batch_folder::line("shot-" + std::to_string(i),
                                    i % 2 == 0 ? "the same" : "shot " + std::to_string(i)) +
                 "\n";
    return lines;
}

} // namespace

TEST_CASE("a fifth of all calls goes wrong, workers are killed and stopped, the database crashes: every shot "
          "has its video without a person, and was paid for once" *
          doctest::skip(support::is_sanitized)) {
    const auto what = chosen_troubles();
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    fleet all{
        what.shots,
        {"--fault-rate", "0.2", "--seed", std::to_string(seed), "--pace", "200", "--prompt-while-running"}};
    all.folder().write(shots_of_two_kinds(what.shots));
    all.enqueue();
    const auto start = steady::now();
    supervised workers{all, seed};
    CHECK(workers.suffer(what) == what.kills + what.stops + what.restarts + what.cuts);
    const auto troubled = seconds_since(start);
    CHECK(within(what.most, [&] { return workers.all_are_done(); }));
    MESSAGE(troubled << " s of troubles, done after " << seconds_since(start)
                     << " s; runs that gave up: " << workers.gave_up());
    // One that connects at the moment of a cut may give up, but not one that is at work.
    CHECK_MESSAGE(workers.gave_up() <= 4 * (what.restarts + what.cuts), workers.ended());
    all.check_made_once(static_cast<std::size_t>(what.shots));
}
