// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// Many shots with one command, which can be started again at any time.
#include "support/batch.hpp"
#include "support/database.hpp"
#include "support/doctest.hpp"
#include "support/files.hpp"
#include "support/made_media.hpp"
#include "support/raw_peer.hpp"
#include "support/sandbox.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

TEST_SUITE_BEGIN("batch");

using namespace std::chrono_literals;
using support::batch_folder;
using support::sandbox;
using support::wan_cli;

namespace {

sandbox serving(const batch_folder& folder, std::vector<std::string> more = {}) {
    more.insert(more.end(), {"--video", folder.video()});
    return sandbox{std::move(more)};
}

} // namespace

TEST_CASE("all shots become videos, and the same command again does nothing") {
    batch_folder folder{12};
    const auto server = serving(folder);
    const auto got = folder.run(server, {"--json"});
    CHECK(got.code == 0);
    CHECK(got.json().at("videos") == 12);
    CHECK(got.json().at("shots").as_array()[3].at("id") == "shot-3");
    CHECK(folder.videos() == 12);
    CHECK(folder.run(server).code == 0);
    CHECK(server.count("submits") == 12);
    CHECK(server.count("downloads") == 12);
}

TEST_CASE("shots are submitted in the order of the file") {
    batch_folder folder{12};
    const auto server = serving(folder);
    REQUIRE(folder.run(server, {"--max-running", "1"}).code == 0);
    std::vector<std::string> in_file;
    for (int i = 0; i < 12; ++i) in_file.push_back("shot-" + std::to_string(i));
    CHECK(support::query(folder.state(), "SELECT name FROM shots JOIN attempts ON id = shot_id ORDER BY "
                                         "attempts.rowid") == in_file);
    CHECK(support::query(folder.state(), "SELECT name FROM shots ORDER BY id") == in_file);
}

TEST_CASE("a video that is gone is downloaded again, and nothing is submitted") {
    batch_folder folder{3};
    const auto server = serving(folder);
    REQUIRE(folder.run(server).code == 0);
    std::filesystem::remove(folder.out("shot-1.mp4"));
    std::ofstream{folder.out("shot-2.mp4")} << "half";
    CHECK(folder.run(server).code == 0);
    CHECK(folder.videos() == 3);
    CHECK(server.count("submits") == 3);
    CHECK(server.count("downloads") == 5);
}

TEST_CASE("a video that somebody has changed is replaced only with --force") {
    batch_folder folder{1};
    const auto server = serving(folder);
    REQUIRE(folder.run(server).code == 0);
    const auto video = folder.out("shot-0.mp4");
    REQUIRE(std::system(("ffmpeg -v error -y -f lavfi -i color=blue:s=96x96:d=0.4 " + video).c_str()) == 0);
    const auto changed = support::contents(video);
    const auto refused = folder.run(server);
    CHECK(refused.code == 2);
    CHECK_MESSAGE(refused.err.find("line 1: " + video + " was changed: it has " +
                                   std::to_string(changed.size()) + " bytes, and the downloaded video ") !=
                      std::string::npos,
                  refused.err);
    CHECK(support::contents(video) == changed);
    CHECK(server.count("downloads") == 1);
    CHECK(folder.run(server, {"--force"}).code == 0);
    CHECK(folder.videos() == 1);
    CHECK(server.count("submits") == 1);
}

TEST_CASE(
    "a task is queried when earlier runs say that its video is there, and the state keeps what was learned") {
    batch_folder folder{1};
    REQUIRE(folder.run(serving(folder)).code == 0); // makes the state
    folder.write(batch_folder::line("shot-1", "another"));
    support::query(folder.state(), "INSERT INTO generation_times SELECT id, 'wan2.2-kf2v-flash', '480P', 0, "
                                   "12, 0.05, 20, '' FROM accounts");
    const support::sandbox slow{{"--video", folder.video(), "--pace", "6000"}};
    auto command = folder.arguments(slow.base_url());
    const auto every = std::find(command.begin(), command.end(), "--poll-every");
    command.erase(every, every + 2);
    command.insert(command.end(),
                   {"--account", support::query(folder.state(), "SELECT name FROM accounts")[0]});
    const auto begin = std::chrono::steady_clock::now();
    REQUIRE(wan_cli(command).code == 0);
    // The usual waits would query after 10 and 25 seconds.
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds{22});
    const auto rows = support::query(
        folder.state(), "SELECT model, tier, duration, tasks FROM generation_times WHERE spread <> 0.05");
    CHECK(rows == std::vector<std::string>{"wan2.2-kf2v-flash|480P|0|20.0"});
}

TEST_CASE("a dry run checks the whole file and its media, tells the cost, and sends and writes nothing") {
    batch_folder folder{3};
    const auto server = serving(folder);
    const auto good = folder.run(server, {"--dry-run", "--prices", folder.prices()});
    CHECK(good.code == 0);
    CHECK_MESSAGE(
        good.out ==
            "3 shots are valid; nothing was sent\none submit of each costs 15.00 CNY, by the given prices\n",
        good.out);
    const auto dear = folder.run(server, {"--dry-run", "--prices", folder.prices(), "--max-cost", "5"});
    CHECK(dear.out.find("with --max-cost 5.00, not all of them would be submitted") != std::string::npos);
    CHECK(folder.run(server, {"--dry-run", "--max-cost", "5"}).code == 2);
    const auto told = folder.run(server, {"--dry-run", "--json"}).json();
    CHECK(told.at("valid") == true);
    CHECK(told.at("shots") == 3);
    folder.write(R"({"id":"a","job":"image_to_video","image_url":"missing.png","resolution":"720P"})");
    const auto bad = folder.run(server, {"--dry-run"});
    CHECK(bad.code == 2);
    CHECK_MESSAGE(bad.err.find("missing.png") != std::string::npos, bad.err);
    // The same mistake leaves no state behind.
    CHECK(folder.run(server).code == 2);
    CHECK_FALSE(std::filesystem::exists(folder.file() + ".state"));
    CHECK(server.count("submits") == 0);
}

TEST_CASE("a renamed file is not paid for again while its videos are there") {
    batch_folder folder{2};
    const auto server = serving(folder);
    REQUIRE(folder.run(server).code == 0);
    const auto renamed = folder.file() + ".renamed";
    std::filesystem::copy_file(folder.file(), renamed);
    for (const auto download : {true, false}) {
        auto command = folder.arguments(server.base_url());
        command[1] = renamed;
        if (!download) command.emplace_back("--no-download");
        const auto got = wan_cli(command);
        CHECK(got.code == 2);
        CHECK_MESSAGE(
            got.err.find("shot-0.mp4 exists, but is not recorded in this state: the shot would be "
                         "submitted and paid for again; if FILE was renamed, give its former --state") !=
                std::string::npos,
            got.err);
    }
    CHECK(server.count("submits") == 2);
    CHECK_FALSE(std::filesystem::exists(renamed + ".state")); // the former one may take its place
    auto command = folder.arguments(server.base_url(), {"--state", folder.file() + ".state"});
    command[1] = renamed;
    CHECK(wan_cli(command).code == 0);
    CHECK(server.count("submits") == 2);
}

TEST_CASE("a file that is renamed or copied while its tasks run is not paid for again") {
    batch_folder folder{2};
    const auto server = serving(folder);
    REQUIRE(folder.run(server, {"--no-download"}).code == 0);
    const auto other = folder.file() + ".other";
    std::filesystem::copy_file(folder.file(), other);
    auto command = folder.arguments(server.base_url());
    command[1] = other;
    for (const bool is_renamed : {false, true}) {
        if (is_renamed) std::filesystem::remove(folder.file());
        const auto got = wan_cli(command);
        CHECK(got.code == 2);
        CHECK_MESSAGE(
            got.err.find("shot-0 was submitted, with the same request, as a shot of shots.jsonl; if " +
                         other + " was that file, continue with --state " + folder.file() + ".state;") !=
                std::string::npos,
            got.err);
        CHECK_FALSE(std::filesystem::exists(other + ".state"));
    }
    command.emplace_back("--dry-run");
    CHECK(wan_cli(command).code == 2);
    command.back() = "--state";
    command.push_back(folder.file() + ".state");
    CHECK(wan_cli(command).code == 0);
    CHECK(server.count("submits") == 2);
}

TEST_CASE("a file that is no text, and a file of nothing but mistakes, take one line and a hundred") {
    batch_folder folder{1};
    folder.write(support::png({.width = 64, .height = 64}));
    const auto binary = wan_cli({"batch", folder.file()});
    CHECK(binary.code == 2);
    CHECK_MESSAGE(binary.err.find(folder.file() + " is not a text: line ") != std::string::npos, binary.err);
    std::string lines;
    for (int i = 0; i < 150; ++i) lines += "no json\n";
    folder.write(lines);
    const auto many = wan_cli({"batch", folder.file()});
    CHECK(std::count(many.err.begin(), many.err.end(), '\n') < 110);
    CHECK_MESSAGE(many.err.find("; and 50 more mistakes; correct these first") != std::string::npos,
                  many.err);
}

TEST_CASE("a signal that comes twice at once is one") {
    batch_folder folder{1};
    const auto server = serving(folder, {"--pace", "60000"});
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        CAPTURE(number);
        support::program batch{
            WAN_PROGRAM, folder.arguments(server.base_url()), {"DASHSCOPE_API_KEY=" + support::secret}};
        REQUIRE(support::eventually([&] { return batch.err().find("0 of 1 ended") != std::string::npos; }));
        batch.kill(number);
        batch.kill(number);
        const auto end = support::wait_for(batch);
        CHECK_MESSAGE(end.code == 4, end.err);
        CHECK_MESSAGE(end.err.find("stopping; waiting for the requests in flight") != std::string::npos,
                      end.err);
    }
    CHECK(server.count("created") == 1);
}

TEST_CASE("every mistake of every line is told before anything is sent") {
    batch_folder folder{2};
    const auto server = serving(folder);
    folder.write(batch_folder::line("a", "one") + "\n\n" + batch_folder::line("A", "two") +
                 "\n{\"id\":\"b\",\"job\":\"keyframe_to_video\",\"duratoin\":5}\n" +
                 batch_folder::line("../etc", "three") + "\n" + batch_folder::line("", "four") +
                 "\nno json\n");
    const auto got = folder.run(server);
    CHECK(got.code == 2);
    for (const auto* said : {"line 3 (A): id: \"A\" is already used in line 1", "line 4 (b): duratoin",
                             "did you mean duration", "line 5 (../etc): id", "line 6: id: missing",
                             "line 7: request: invalid JSON", "write one whole object per line"})
        CHECK_MESSAGE(got.err.find(said) != std::string::npos, said << " is not in\n" << got.err);
    CHECK(got.err.find("line 7: id") == std::string::npos); // the id of what is not an object is unknown
    CHECK(server.count("submits") + server.count("lists") == 0);

    folder.write(R"({"id":"a","job":"keyframe_to_video","first_frame_url":"none.png","duration":"7"})"
                 "\n"
                 R"({"id":"b","job":"image_to_video","first_frame_url":"https://example.com/a.png"})"
                 "\n"
                 R"({"id":"c","job":"image-to-video","resolution":"720p"})"
                 "\n");
    const auto types = folder.run(server);
    CHECK(types.code == 2);
    for (const auto* said :
         {"line 1 (a): duration: \"7\" is a string", "line 1 (a): first_frame_url: ", "none.png",
          "line 2 (b): first_frame_url: not a member of image_to_video (it belongs to "
          "keyframe_to_video or reference_to_video)",
          "line 3 (c): job: \"image-to-video\" (did you mean image_to_video?)"})
        CHECK_MESSAGE(types.err.find(said) != std::string::npos, said << " is not in\n" << types.err);

    folder.write(
        R"({"id":"a","job":"keyframe_to_video","first_frame_url":"https://example.com/a.png","duration":7})"
        "\n");
    const auto limits = folder.run(server);
    CHECK(limits.code == 2);
    CHECK(limits.err.find("line 1 (a): duration: 7") != std::string::npos);
    folder.write("");
    CHECK(folder.run(server).code == 2);
    CHECK(wan_cli({"batch", folder.file() + ".none", "--base-url", server.base_url()}).code == 2);
    CHECK(server.count("submits") == 0);
}

TEST_CASE("a batch that cannot be read is refused with the reason") {
    const support::temporary_folder folder;
    const auto shots = folder / "shots.jsonl", closed = folder / "closed.jsonl";
    std::ofstream{shots} << "\n";
    std::ofstream{closed} << "\n";
    std::filesystem::permissions(closed, std::filesystem::perms::none);
    struct {
        std::string file, reason;
    } rows[] = {
        {folder / "none.jsonl", "No such file or directory"},
        {shots + "/in-a-file.jsonl", "Not a directory"},
        {folder / ".", "Is a directory"},
        {closed, "Permission denied"},
    };
    for (const auto& row : rows) {
        if (row.file == closed && ::geteuid() == 0) continue; // who may read everything
        const auto got = wan_cli({"batch", row.file});
        CHECK(got.code == 2);
        CHECK_MESSAGE(got.err.find("cannot read " + row.file + ": " + row.reason +
                                   "; give a readable file") != std::string::npos,
                      got.err);
    }
}

TEST_CASE("the help tells which end of a shot is the batch's exit code, as its document does") {
    const auto got = wan_cli({"batch", "--help"});
    const std::string order = "1, 2, 5, 7, 4, 3, 6";
    CHECK(got.code == 0);
    CHECK_MESSAGE(got.out.find(order) != std::string::npos, got.out);
    CHECK(support::contents(WAN_SOURCE_DIR "/docs/many-tasks.md").find(order) != std::string::npos);
}

TEST_CASE("the documented limits of the account are kept: nobody is told to slow down") {
    batch_folder folder{7};
    const auto server =
        serving(folder, {"--submits-per-second", "2", "--running", "2", "--queries-per-second", "20"});
    const auto got = wan_cli({"batch", folder.file(), "--base-url", server.base_url(), "--out-dir",
                              folder.out(), "--poll-every", "0.1"});
    CHECK(got.code == 0);
    CHECK(folder.videos() == 7);
    CHECK(server.count("throttled") == 0);
}

TEST_CASE("a key that the service does not take is noticed before anything is submitted") {
    batch_folder folder{2};
    const auto server = serving(folder, {"--key", support::secret});
    const auto got = wan_cli(folder.arguments(server.base_url()), "sk-another");
    CHECK(got.code == 3);
    CHECK(got.err.find("Invalid API-key provided.") != std::string::npos);
    CHECK(server.count("submits") == 0);
    CHECK(folder.run(server).code == 0);
}

TEST_CASE("a service that is not there is noticed before anything is submitted") {
    batch_folder folder{2};
    const auto got = wan_cli(folder.arguments("http://127.0.0.1:9/api/v1"));
    CHECK(got.code == 1);
    CHECK_FALSE(std::filesystem::exists(folder.out("shot-0.mp4")));
}

TEST_CASE("what the service failed stays failed, unless it is to be tried again") {
    batch_folder folder{3};
    {
        const auto server = serving(folder, {"--fault", "failed-without-reason"});
        const auto got = folder.run(server, {"--json"});
        CHECK(got.code == 3);
        CHECK(got.json().at("videos") == 0);
        const auto again = folder.run(server);
        CHECK(again.code == 3);
        CHECK(again.err.find(
                  "with --retry-failed, the same command submits failed, canceled and expired shots again") !=
              std::string::npos);
        CHECK(server.count("submits") == 3);
        CHECK(folder.run(server, {"--retry-failed"}).code == 3);
        CHECK(server.count("submits") == 6);
    }
}

TEST_CASE("a submit without an answer is found in the list, not repeated") {
    batch_folder folder{3};
    const auto server = serving(folder, {"--fault", "submit-drop", "--prompt-while-running"});
    SUBCASE("by default it is left to the caller: it may be another program's") {
        const auto left = folder.run(server, {"--json"});
        CHECK(left.code == 5);
        const auto said = left.json();
        for (const auto& shot : said.at("shots").as_array())
            CHECK(shot.at("candidates").as_array().size() == 1);
    }
    SUBCASE("alone on the account") {}
    const auto got = folder.run(server, {"--sole-user"});
    CHECK_MESSAGE(got.code == 0, got.err);
    CHECK(folder.videos() == 3);
    CHECK(server.count("created") == 3);
}

TEST_CASE("a submit that never arrived is sent again") {
    batch_folder folder{3};
    // By this seed no shot is lost ten times in a row, which would be its end, whatever calls come in
    // between.
    const auto server = serving(folder, {"--fault", "submit-reset", "--fault-rate", "0.5", "--seed", "170"});
    const auto got = folder.run(server);
    CHECK_MESSAGE(got.code == 0, got.err);
    CHECK(server.count("created") == 3);
    CHECK(server.count("submits") > 3);
}

TEST_CASE("where the service lists nothing, the caller decides on a submit without an answer") {
    batch_folder folder{2};
    const auto server = serving(folder, {"--fault", "submit-drop"});
    const auto run = [&](std::vector<std::string> more = {}) {
        more.insert(more.end(), {"--provider", "sinancode"});
        return wan_cli(folder.arguments(server.url() + "/v1", std::move(more)));
    };
    const auto lost = run();
    CHECK(lost.code == 5);
    CHECK_MESSAGE(lost.err.find("unconfirmed submits, which may be charged: 2; this provider lists no tasks, "
                                "only its console shows them;\nor add --adopt shot-0=TASK_ID if you know the "
                                "task, or --submit-again shot-0 if there is none\n") != std::string::npos,
                  lost.err);
    CHECK(run().code == 5); // nothing is submitted by itself
    const auto created = server.count("created");
    const auto submits = server.count("submits");

    CHECK(run({"--submit-again", "shot-9"}).code == 2);
    CHECK(run({"--adopt", "shot-0"}).code == 2);
    CHECK(run({"--adopt", "shot-9=x"}).err.find("no shot has the id \"shot-9\"") != std::string::npos);
    CHECK(run({"--adopt", "shot-0=no-such-task"}).code == 2);
    CHECK(server.count("submits") == submits);

    // The service's support has found one of them.
    const auto tasks = server.stats().at("tasks").as_array();
    REQUIRE(tasks.size() == static_cast<std::size_t>(created));
    const std::string id{tasks[0].as_object().at("id").as_string()};
    const auto end = run({"--adopt", "shot-0=" + id, "--json"});
    CHECK(std::string{end.json().at("shots").as_array()[0].at("task_id").as_string()} == id);
    CHECK(std::filesystem::exists(folder.out("shot-0.mp4")));
    CHECK(server.count("submits") == submits);
    CHECK(run({"--submit-again", "shot-0"}).code == 2); // it has a task now

    (void)run({"--submit-again", "shot-1"});
    CHECK(server.count("submits") == submits + 1);
}

TEST_CASE(
    "on a terminal one line shows how far the batch is, above it stands each finished shot, and none stays") {
    batch_folder folder{6};
    const auto server = serving(folder, {"--pace", "300"});
    std::string command = "DASHSCOPE_API_KEY=" + support::secret + " " WAN_PROGRAM;
    for (const auto& word : folder.arguments(server.base_url(), {"--max-running", "2"}))
        command += " " + word;
    const auto screen = support::output_of("script -qec '" + command + "' /dev/null </dev/null");
    CHECK_MESSAGE(screen.find("  [..............] 0 of 6 ended, ") != std::string::npos, screen);
    CHECK_MESSAGE(screen.find("  [####..........] 2 of 6 ended, ") != std::string::npos, screen);
    CHECK_MESSAGE(screen.find("/min, ") != std::string::npos, screen);
    // What is left when each erased line is taken away.
    std::string left;
    for (std::size_t at = 0; at < screen.size();) {
        const auto end = screen.find("\r\n", at);
        const auto line = screen.substr(at, end - at);
        left +=
            line.substr(line.rfind("\r\x1b[K") != std::string::npos ? line.rfind("\r\x1b[K") + 4 : 0) + "\n";
        at = end == std::string::npos ? screen.size() : end + 2;
    }
    std::size_t lines = 0;
    for (const char c : left) lines += c == '\n';
    CHECK_MESSAGE(lines == 7, left);
    CHECK_MESSAGE(left.find("/min") == std::string::npos, left);
    CHECK_MESSAGE(left.ends_with("6 of 6 videos are in " + folder.out() + "; " + folder.out("index.html") +
                                 " shows them\n"),
                  left);
}

TEST_CASE("the status and the gallery of a batch, while it runs and afterwards") {
    batch_folder folder{3};
    folder.write(batch_folder::line("a", "<b>one</b>") + "\n" + batch_folder::line("b", "two") + "\n" +
                 batch_folder::line("c", "three") + "\n");
    const auto server = serving(folder, {"--pace", "2500"});
    const auto state = std::filesystem::path{folder.state()}.parent_path().string();
    const auto status = [&](std::vector<std::string> more = {}) {
        more.insert(more.begin(), {"status", "--state", state});
        return wan_cli(std::move(more));
    };
    const auto nothing = status();
    CHECK(nothing.code == 2);
    CHECK_MESSAGE(
        nothing.err.find("has no state.db; give the folder of `wan enqueue --state` or `wan batch`") !=
            std::string::npos,
        nothing.err);
    support::program p{WAN_PROGRAM,
                       folder.arguments(server.base_url(), {"--max-running", "1"}),
                       {"DASHSCOPE_API_KEY=" + support::secret}};
    REQUIRE(support::eventually([&] { return server.count("created") == 1; }));
    REQUIRE(support::eventually(
        [&] { return status({"--json"}).json().at("shots").at(0).as_object().contains("task_id"); }));
    const auto running = status({"--json"}).json();
    CHECK(running.at("open") == 3);
    CHECK(running.at("shots").at(0).at("attempts") == 1);
    CHECK(running.at("shots").at(0).at("model") == "wan2.2-kf2v-flash");
    CHECK(running.at("shots").at(2).at("state") == "queued");
    CHECK(running.at("shots").at(2).at("attempts") == 0);
    CHECK(running.at("oldest_waiting").at("id") == "b");
    CHECK(running.at("videos_in_last_minute") == 0);
    const auto watched = status({"--watch"});
    CHECK(watched.code == 0);
    CHECK_MESSAGE(watched.out.find("0 of 3 ended, ") != std::string::npos, watched.out);
    CHECK_MESSAGE(watched.out.find("\n3 of 3 ended, 3 done; 3 tasks; last change 20") != std::string::npos,
                  watched.out);
    CHECK(status({"--json"}).json().at("videos_in_last_minute") == 3);
    CHECK(support::wait_for(p).code == 0);

    const auto page = support::contents(folder.out("index.html"));
    CHECK(page.find("&lt;b&gt;one&lt;/b&gt;") != std::string::npos);
    CHECK(page.find("<b>one</b>") == std::string::npos);
    for (const auto* video : {"a.mp4", "b.mp4", "c.mp4"}) CHECK(page.find(video) != std::string::npos);
    const auto elsewhere = wan_cli({"gallery", "--state", state, "--out", folder.out("page")});
    CHECK(elsewhere.code == 0);
    CHECK(elsewhere.out == folder.out("page/index.html") + "\n");
    CHECK(support::contents(folder.out("page/index.html")).find("../a.mp4") != std::string::npos);
    std::ofstream{folder.out("page/index.html")} << "<p>mine</p>";
    CHECK(wan_cli({"gallery", "--state", state, "--out", folder.out("page")}).code == 1);
    CHECK(support::contents(folder.out("page/index.html")) == "<p>mine</p>");
    CHECK(wan_cli({"gallery", "--state", folder.out()}).code == 2);
}

TEST_CASE("a shot that was never submitted has no attempt, also if the batch is stopped") {
    batch_folder folder{3};
    const auto server = serving(folder, {"--pace", "600000"});
    support::program p{WAN_PROGRAM,
                       folder.arguments(server.base_url(), {"--max-running", "1"}),
                       {"DASHSCOPE_API_KEY=" + support::secret}};
    REQUIRE(support::eventually([&] { return server.count("created") == 1; }));
    p.kill(SIGINT);
    CHECK(support::wait_for(p).code == 4);
    CHECK(support::query(folder.state(), "SELECT count(*) FROM attempts").at(0) == "1");
}

TEST_CASE("a state belongs to no account while nothing was accepted") {
    batch_folder folder{2};
    const auto server = serving(folder);
    const auto wrong = server.base_url() + "/api/v2";
    CHECK(wan_cli(folder.arguments(wrong)).code == 3); // both shots are rejected
    const auto got = folder.run(server);
    CHECK_MESSAGE(got.code == 0, got.err);
    CHECK(server.count("created") == 2);
}

TEST_CASE("shots that would pass --max-cost are not submitted, in the order of the file") {
    batch_folder folder{3};
    const auto server = serving(folder);
    const auto run = [&](std::vector<std::string> more) {
        return wan_cli(folder.arguments(server.base_url(), std::move(more)));
    };
    auto got = run({"--prices", folder.prices(), "--max-cost", "12"});
    CHECK(got.code == 4);
    CHECK(folder.videos() == 2);
    CHECK_MESSAGE(
        got.err.find("shot-2  stopped  billing: --max-cost: not submitted: it costs 5.00 CNY, and all "
                     "shots together would cost over 12.00; give a higher --max-cost") != std::string::npos,
        got.err);
    CHECK(got.err.find("the submits of these shots cost 10.00 CNY, by the given prices\n") !=
          std::string::npos);
    CHECK(got.err.find("run the same command again") == std::string::npos); // that would not help
    got = run({"--prices", folder.prices(), "--max-cost", "15", "--json"});
    CHECK(got.json().at("cost") ==
          boost::json::object{{"amount", "15.00"}, {"currency", "CNY"}, {"is_lower_bound", false}});
    CHECK_MESSAGE(got.code == 0, got.err);
    CHECK(folder.videos() == 3);
    CHECK(server.count("created") == 3);
    CHECK(run({"--max-cost", "1,5"}).err.find("1,5 is not an amount such as 12.50") != std::string::npos);
}

TEST_CASE("without a download the URLs are recorded, and a later run downloads the videos") {
    batch_folder folder{2};
    const auto server = serving(folder);
    const auto run = [&](std::vector<std::string> more) {
        return wan_cli(folder.arguments(server.base_url(), std::move(more)));
    };
    for (int i = 0; i < 2; ++i) {
        const auto got = run({"--no-download"});
        CHECK_MESSAGE(got.code == 0, got.err);
        CHECK(folder.videos() == 0);
    }
    const auto state = std::filesystem::path{folder.state()}.parent_path().string();
    const auto shown = wan_cli({"status", "--state", state, "--json"}).json();
    CHECK(shown.at("open") == 0);
    CHECK(shown.at("shots").at(0).at("video_url").as_string().starts_with("http"));
    CHECK(support::contents(folder.out("index.html")).find("until <time") != std::string::npos);
    // Another file of that name is not replaced.
    std::ofstream{folder.out("shot-0.mp4")} << "mine";
    CHECK(run({}).code == 2);
    std::filesystem::remove(folder.out("shot-0.mp4"));
    const auto got = run({});
    CHECK_MESSAGE(got.code == 0, got.err);
    CHECK(folder.videos() == 2);
    CHECK(server.count("created") == 2);
}

TEST_CASE("a price table is read whole, and its mistakes are named") {
    const batch_folder folder{1};
    const auto file = folder.prices();
    const auto refused = [&](const std::string& text) {
        std::ofstream{file} << text;
        const auto got = wan_cli(folder.arguments("http://127.0.0.1:9/api/v1", {"--prices", file}));
        CHECK(got.code == 2);
        return got.err;
    };
    const auto has = [](const std::string& text, std::string_view part) {
        CHECK_MESSAGE(text.find(part) != std::string::npos, part << " is not in\n" << text);
    };
    has(refused("{"), "is not JSON");
    has(refused("{}"), "is not a JSON array; write [{\"model\"");
    const auto many = refused(R"([{"model": "a", "per_second": "0.1234567", "currency": "CNY"}, 7,
        {"model": "b", "per_second": 0.733924, "currency": "USD", "tier": "4K", "sound": "no", "price": 1}])");
    has(many, "row 1 of ");
    has(many, "per_second: required, an amount with at most 6 decimals, such as \"0.60\"");
    has(many, ": not an object");
    has(many, "currency: \"USD\", but the rows before have \"CNY\"; give all rows the same");
    has(many, R"(tier: expects "480P", "720P" or "1080P", got )");
    has(many, "sound: expects true or false");
    has(many, "unknown member \"price\"; the members are model, tier, sound, per_second and currency");
    has(wan_cli(folder.arguments("http://127.0.0.1:9/api/v1", {"--prices", folder.out("none")})).err,
        "--prices: cannot read");
}

TEST_CASE("the folder of the state may have any name") {
    const batch_folder folder{1};
    const auto server = serving(folder);
    for (const auto* name : {"a=b", "a b", "a\"b", "a'b", "\xC3\xBC?%#", "file:a?mode=memory"}) {
        CAPTURE(name);
        const support::temporary_folder at;
        const auto got = folder.run(server, {"--state", at / name, "--force"});
        CHECK_MESSAGE(got.code == 0, got.err);
        CHECK(std::filesystem::exists(at / (std::string{name} + "/state.db")));
    }
}

TEST_CASE("a stopped batch keeps its tasks and goes on") {
    batch_folder folder{6};
    const auto server = serving(folder, {"--pace", "1500"});
    support::program p{WAN_PROGRAM,
                       folder.arguments(server.base_url(), {"--max-running", "3"}),
                       {"DASHSCOPE_API_KEY=" + support::secret}};
    REQUIRE(support::eventually([&] { return server.count("created") == 3; }));
    p.kill(SIGINT);
    const auto stopped = support::wait_for(p);
    CHECK(stopped.code == 4);
    CHECK(server.count("created") == 3);
    CHECK(folder.run(server).code == 0);
    CHECK(folder.videos() == 6);
    CHECK(server.count("created") == 6);
}

TEST_CASE("a state serves one process at a time, and continues after a kill") {
    batch_folder folder{2};
    const auto server = serving(folder, {"--pace", "1000"});
    support::program p{
        WAN_PROGRAM, folder.arguments(server.base_url()), {"DASHSCOPE_API_KEY=" + support::secret}};
    REQUIRE(support::eventually([&] { return server.count("created") == 2; }));
    const auto second = folder.run(server);
    CHECK(second.code == 2);
    CHECK(second.err.find("is in use") != std::string::npos);
    p.kill(SIGKILL);
    (void)p.wait();
    CHECK(folder.run(server).code == 0);
    CHECK(server.count("created") == 2);
}

TEST_CASE("a state that is damaged, newer than the program, or no state is refused, and nothing is sent") {
    batch_folder folder{1};
    const auto server = serving(folder);
    REQUIRE(folder.run(server).code == 0);
    const auto whole = support::contents(folder.state());
    const auto put_back = [&] { std::ofstream{folder.state(), std::ios::binary} << whole; };
    const auto says = [&](const std::string& part) {
        const auto got = folder.run(server);
        CHECK(got.code == 2);
        CHECK_MESSAGE(got.err.find(part) != std::string::npos, got.err);
    };
    SUBCASE("no database") {
        std::ofstream{folder.state(), std::ios::binary} << std::string(8192, 'x');
        says("state.db: file is not a database; it is damaged, or not a state of wan: restore it from a "
             "copy, or "
             "choose another --state");
    }
    SUBCASE("the database of another program") {
        std::filesystem::remove(folder.state());
        { std::ofstream made{folder.state()}; }
        support::query(folder.state(), "CREATE TABLE shots (shot TEXT)");
        says("state.db is another program's database; choose another --state");
    }
    SUBCASE("a table is lost") {
        support::query(folder.state(), "DROP TABLE attempts");
        says("no such table: attempts; it is damaged");
    }
    SUBCASE("a damaged token") {
        support::query(folder.state(), "UPDATE attempts SET token = substr(token, 1, 40)");
        says("attempt 1 of shot shot-0: ");
    }
    SUBCASE("written by a newer program") {
        support::query(folder.state(), "UPDATE wan_schema SET version = 7");
        says("has version 7 of the schema, and this program knows version 1 at most; use the newer wan, or "
             "another "
             "--state");
    }
    SUBCASE("used by another program") {
        sqlite3* other = nullptr;
        REQUIRE(sqlite3_open(folder.state().c_str(), &other) == SQLITE_OK);
        REQUIRE(sqlite3_exec(other, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr) == SQLITE_OK);
        folder.write(batch_folder::line("shot-0", "shot 0") + "\n" + batch_folder::line("shot-1", "") + "\n");
        const auto got = folder.run(server);
        CHECK(got.code == 1);
        CHECK_MESSAGE(got.err.find("is locked; another program uses it: wait until that one has ended") !=
                          std::string::npos,
                      got.err);
        sqlite3_close(other);
    }
    CHECK(server.count("submits") == 1);
    put_back();
    CHECK(folder.run(server).code == 0);
}

TEST_CASE("a shot that was submitted is not changed under its id") {
    batch_folder folder{2};
    const auto server = serving(folder);
    REQUIRE(folder.run(server).code == 0);
    folder.write(batch_folder::line("shot-0", "shot 0") + "\n" + batch_folder::line("shot-1", "another") +
                 "\n" + batch_folder::line("shot-2", "shot 2") + "\n");
    const auto changed = folder.run(server);
    CHECK(changed.code == 2);
    CHECK(changed.err.find("line 2: shot-1 was submitted with a different request") != std::string::npos);
    CHECK(server.count("submits") == 2);
    folder.write(batch_folder::line("shot-0", "shot 0") + "\n" + batch_folder::line("shot-2", "shot 2") +
                 "\n");
    CHECK(folder.run(server).code == 0);
    CHECK(server.count("submits") == 3);
}

TEST_CASE("a state is of one account, whose list would not show another one's tasks") {
    batch_folder folder{1};
    const auto server = serving(folder);
    REQUIRE(folder.run(server).code == 0);
    const auto other = wan_cli(folder.arguments(server.base_url()), "sk-another-key");
    CHECK(other.code == 2);
    CHECK(other.err.find("belongs to another API key, and one account's list") != std::string::npos);
    const auto elsewhere = serving(folder); // the same key at another address
    const auto moved = folder.run(elsewhere);
    CHECK(moved.code == 2);
    CHECK_MESSAGE(moved.err.find("belongs to " + server.base_url() + ", and not to " + elsewhere.base_url() +
                                 "; use the former --base-url, or another --state") != std::string::npos,
                  moved.err);
    CHECK(elsewhere.count("submits") == 0);
    const auto name = support::query(folder.state(), "SELECT name FROM accounts").at(0);
    CHECK(other.err.find("--account " + name) != std::string::npos);
    CHECK(wan_cli(folder.arguments(server.base_url(), {"--account", name}), "sk-another-key").code == 0);
    CHECK(wan_cli(folder.arguments(server.base_url(), {"--account", "studio"})).code == 2);
    CHECK(wan_cli(folder.arguments(server.base_url(), {"--account", ""})).code == 2);
    CHECK(server.count("submits") == 1);
}

TEST_CASE("an account has a name, and a rotated key keeps it") {
    batch_folder folder{1};
    const auto server = serving(folder);
    REQUIRE(folder.run(server, {"--account", "studio"}).code == 0);
    CHECK(support::query(folder.state(), "SELECT name FROM accounts") == std::vector<std::string>{"studio"});
    CHECK(wan_cli(folder.arguments(server.base_url(), {"--account", "studio"}), "sk-rotated").code == 0);
    CHECK(folder.run(server).code == 2);
    CHECK(server.count("submits") == 1);
}

TEST_CASE("a video that is there already is not overwritten by a shot that is to be submitted") {
    batch_folder folder{1};
    const auto server = serving(folder);
    std::filesystem::create_directories(folder.out());
    std::ofstream{folder.out("shot-0.mp4")} << "somebody's";
    const auto got = folder.run(server);
    CHECK(got.code == 2);
    CHECK(got.err.find("shot-0.mp4 exists") != std::string::npos);
    CHECK(support::contents(folder.out("shot-0.mp4")) == "somebody's");
    CHECK(server.count("submits") == 0);
}

TEST_CASE("what is no MP4 is no video") {
    batch_folder folder{1};
    std::ofstream{folder.video()} << "<html>Please log in</html>";
    const auto server = serving(folder);
    const auto got = folder.run(server);
    CHECK(got.code == 1);
    CHECK(got.err.find("the download is not an MP4") != std::string::npos);
    CHECK(folder.videos() == 0);
}

TEST_CASE("the state has neither the key nor the URL of a video, and only its owner can read it") {
    batch_folder folder{2};
    const auto server = serving(folder);
    REQUIRE(folder.run(server).code == 0);
    const auto kept = support::contents(folder.state());
    CHECK(kept.find("shot-1") != std::string::npos);
    CHECK(kept.find(support::secret) == std::string::npos);
    CHECK(kept.find("/videos/") == std::string::npos);
    using enum std::filesystem::perms;
    CHECK(std::filesystem::status(folder.state()).permissions() == (owner_read | owner_write));
}

TEST_CASE("a state that cannot be written stops everything before a submit") {
    batch_folder folder{2};
    const auto server = serving(folder);
    const auto got = folder.run(server, {"--state", "/proc/none"});
    CHECK(got.code == 1);
    CHECK(server.count("submits") == 0);
    CHECK(folder.run(server, {"--out-dir", "/proc/none"}).code != 0);
    CHECK(server.count("submits") == 0);
}

TEST_CASE("2,000 tasks at once on one thread, in less than 64 MiB") {
    batch_folder folder{1};
    const auto server = serving(folder);
    support::program p{
        WAN_MANY_TASKS_PROGRAM, {server.base_url(), "2000"}, {"DASHSCOPE_API_KEY=" + support::secret}};
    long memory = 0, threads = 0;
    for (; p.runs(); std::this_thread::sleep_for(20ms)) {
        memory = std::max(memory, p.status("VmHWM"));
        threads = std::max(threads, p.status("Threads"));
    }
    const auto got = support::wait_for(p);
    CHECK(got.code == 0);
    CHECK(got.out == "2000 of 2000 videos\n");
    MESSAGE("at most " << memory << " KiB, " << threads << " thread");
    CHECK(memory > 0);
    if (!support::is_sanitized) CHECK(memory < 64 * 1024);
    CHECK(threads == 1);
}

TEST_CASE("query, cancel and list ask about tasks that exist") {
    batch_folder folder{2};
    const auto server = serving(folder, {"--running", "1", "--pace", "2000", "--key", support::secret});
    support::program p{
        WAN_PROGRAM, folder.arguments(server.base_url()), {"DASHSCOPE_API_KEY=" + support::secret}};
    REQUIRE(support::eventually([&] { return server.count("created") == 2; }));
    const auto ask = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), {"--base-url", server.base_url(), "--json"});
        return wan_cli(std::move(arguments));
    };
    const auto listed = ask({"list"});
    CHECK(listed.code == 0);
    const auto tasks = listed.json().at("tasks").as_array();
    REQUIRE(tasks.size() == 2);
    const std::string second{tasks[0].at("task_id").as_string()}, first{tasks[1].at("task_id").as_string()};
    CHECK(tasks[0].at("model") == "wan2.2-kf2v-flash");
    CHECK(tasks[0].as_object().contains("created"));

    const auto waiting = ask({"query", second});
    CHECK(waiting.code == 4);
    CHECK(waiting.state() == "waiting");
    CHECK(ask({"cancel", second}).state() == "canceled");
    CHECK(ask({"query", second}).code == 6);
    CHECK(support::wait_for(p).code == 6);
    const auto done = ask({"query", first});
    CHECK(done.code == 0);
    CHECK(done.json().at("video").as_object().contains("url"));
    const auto too_late = ask({"cancel", first});
    CHECK(too_late.code == 3);
    CHECK(too_late.json().at("error").at("code") == "UnsupportedOperation");
    CHECK(ask({"list", "--status", "CANCELED"}).json().at("tasks").as_array().size() == 1);
    CHECK(ask({"list", "--model", "wan2.7-i2v"}).json().at("tasks").as_array().empty());
    CHECK(ask({"query", "no-such-task"}).code == 6);
    CHECK(wan_cli({"list", "--provider", "sinancode", "--base-url", server.url() + "/v1"}).code == 2);
    const auto person = wan_cli({"list", "--base-url", server.base_url()});
    CHECK(person.out.find(first) != std::string::npos);
    const auto none = wan_cli({"list", "--base-url", server.base_url(), "--status", "CANCELLED"});
    CHECK(none.out.empty());
    CHECK(
        none.err.find("the provider lists no such task with status \"CANCELLED\"; did you mean CANCELED?") !=
        std::string::npos);
    CHECK(wan_cli({"query", first, "--base-url", server.base_url()}, "sk-another").code == 3);
}

TEST_CASE("a batch that is started again shows the earlier run's reason, also of a shot that it does not ask "
          "about") {
    const std::string ok = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
    struct {
        std::string submit, query, state;
    } const rows[] = {
        {R"({"code":"InvalidParameter","message":"no such effect"})", "", "rejected"},
        {R"({"output":{"task_id":"t"}})",
         R"({"output":{"task_id":"t","task_status":"FAILED","code":"InternalError.Algo","message":"no such effect"}})",
         "failed"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.state);
        support::raw_peer service{[&](support::raw_peer::socket& s, const std::string& head) {
            const bool is_query = head.find("/tasks/t ") != std::string::npos;
            if (head.starts_with("POST"))
                return support::raw_peer::send(
                    s,
                    (row.query.empty() ? "HTTP/1.1 400 No\r\nConnection: close\r\n\r\n" : ok) + row.submit);
            support::raw_peer::send(
                s, ok + (is_query ? row.query : R"({"total":0,"data":[],"total_page":1,"page_no":1})"));
        }};
        batch_folder folder{1};
        CHECK(wan_cli(folder.arguments(service.url())).code == 3);
        const auto again = wan_cli(folder.arguments(service.url()));
        CHECK(again.code == 3);
        CHECK_MESSAGE(again.err.find("no such effect") != std::string::npos, again.err);
        const auto json = wan_cli(folder.arguments(service.url(), {"--json"})).json();
        const auto& shot = json.at("shots").at(0).as_object();
        CHECK(shot.at("error").at("message") == "no such effect");
        if (row.state == "rejected") CHECK(shot.at("earlier").at("error").at("message") == "no such effect");
        CHECK(shot.at("state").as_string() == row.state.c_str());
        const auto status =
            wan_cli({"status", "--state", std::filesystem::path{folder.state()}.parent_path().string()});
        CHECK_MESSAGE(status.out.starts_with("1 of 1 ended, 1 " + row.state +
                                             (row.query.empty() ? "; 0 tasks; " : "; 1 task; ")),
                      status.out);
        CHECK_MESSAGE(status.out.find("shot-0  " + row.state + "  no such effect\n") != std::string::npos,
                      status.out);
        CHECK(support::contents(folder.out("index.html")).find("no such effect") != std::string::npos);
    }
}

TEST_CASE("a state's account is the key and the address, however that is written") {
    batch_folder folder{1};
    const auto server = serving(folder);
    REQUIRE(folder.run(server).code == 0);
    const auto port = server.url().substr(server.url().rfind(':'));
    for (const auto& same : {server.url() + "/api/v1/", "http://localhost" + port + "/api/v1",
                             "http://LOCALHOST" + port + "/api/v1//"}) {
        CAPTURE(same);
        std::filesystem::remove(folder.out("shot-0.mp4")); // so that the task is asked about
        const auto again = wan_cli(folder.arguments(same));
        CHECK_MESSAGE(again.code == 0, again.err);
        CHECK(folder.videos() == 1);
    }
    CHECK(server.count("submits") == 1);
    CHECK(wan_cli(folder.arguments("http://127.0.0.2" + port + "/api/v2")).code == 2);
    CHECK(wan_cli(folder.arguments(server.base_url()), "sk-another").code == 2);
}

TEST_CASE("candidates are shown with how well they fit, in text and as JSON, and the id of a task whole") {
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
                         std::chrono::system_clock::now().time_since_epoch())
                         .count();
    const std::string long_id(250, 'x'), ok = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
    const auto row = [&](const std::string& id) {
        return R"({"task_id":")" + id +
               R"(","status":"RUNNING","model_name":"wan2.2-kf2v-flash","request_id":"r","gmt_create":)" +
               std::to_string(now + 2000) + "}";
    };
    support::raw_peer service{[&](support::raw_peer::socket& s, const std::string& head) {
        if (head.starts_with("POST")) return; // closed without an answer
        const auto id =
            head.find("/tasks/" + long_id + " ") != std::string::npos ? long_id : std::string{"other"};
        if (head.find("/tasks/?") == std::string::npos && head.find("/tasks?") == std::string::npos)
            return support::raw_peer::send(s, ok + R"({"output":{"task_id":")" + id +
                                                  R"(","task_status":"RUNNING"}})");
        support::raw_peer::send(s, ok + R"({"total":2,"data":[)" + row(long_id) + "," + row("other") +
                                       R"(],"total_page":1,"page_no":1})");
    }};
    const std::vector<std::string> command{"image-to-video",
                                           "--model",
                                           "wan2.2-kf2v-flash",
                                           "--image",
                                           "https://example.com/a.png",
                                           "--resolution",
                                           "480P",
                                           "--base-url",
                                           service.url(),
                                           "--poll-every",
                                           "0.1",
                                           "--request-timeout",
                                           "1",
                                           "--deadline",
                                           "60",
                                           "--json"};
    auto keyframes = command;
    keyframes[0] = "keyframe-to-video";
    keyframes[3] = "--first-frame";
    const auto json = wan_cli(keyframes).json();
    REQUIRE(json.at("state") == "submit_unknown");
    const auto& candidates = json.at("candidates").as_array();
    REQUIRE(candidates.size() == 2);
    CHECK(candidates[0].at("task_id").as_string() == long_id.c_str());
    for (const auto& c : candidates) {
        CHECK(c.as_object().contains("prompt"));
        CHECK(c.as_object().contains("created"));
    }
    keyframes.pop_back();
    const auto text = wan_cli(keyframes);
    CHECK(text.code == 5);
    CHECK_MESSAGE(text.err.find("wan: candidate " + long_id + "  RUNNING  prompt not reported") !=
                      std::string::npos,
                  text.err);
}
