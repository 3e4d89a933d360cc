// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The whole way, as a user goes it: `wan` against the sandbox, over real HTTP, to a real video.
#include "support/doctest.hpp"
#include "support/made_media.hpp"
#include "support/raw_peer.hpp"
#include "support/sandbox.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("video");

using support::alike;
using support::finished;
using support::keyframes;
using support::mean_colour;
using support::output_of;
using support::secret;
using support::wan_cli;

namespace {

std::string probed(const std::string& video) {
    return output_of("ffprobe -v error -select_streams v -show_entries "
                     "stream=codec_name,width,height,r_frame_rate,duration -of csv=p=0 " +
                     video);
}

} // namespace

TEST_CASE("a first and a last frame become a video of the documented form and size") {
    support::sandbox server;
    support::temporary_folder folder;
    const auto file = folder / "video.mp4";
    const auto got =
        wan_cli({"keyframe-to-video", "--base-url", server.base_url(), "--first-frame",
                 server.url() + "/assets/first.png", "--last-frame", server.url() + "/assets/last.png",
                 "--resolution", "720P", "--poll-every", "0.05", "--out", file, "--json"});
    CHECK(got.code == 0);
    CHECK(got.err.empty());
    const auto json = got.json();
    CHECK(json.at("state") == "succeeded");
    CHECK(json.contains("task_id"));
    CHECK(json.contains("request_id"));
    const auto& video = json.at("video").as_object();
    CHECK(video.at("file") == file.c_str());
    CHECK(video.at("bytes").to_number<std::uintmax_t>() == std::filesystem::file_size(file));
    CHECK(video.contains("expires_at"));
    CHECK(probed(file) == "h264,816,1104,30/1,5.000000\n");

    const std::string frames = WAN_SOURCE_DIR "/examples/frames/";
    const auto first = mean_colour("-i " + frames + "first.png"),
               last = mean_colour("-i " + frames + "last.png");
    CHECK_FALSE(alike(first, last));
    CHECK(alike(mean_colour("-i " + file), first));
    CHECK(alike(mean_colour("-sseof -0.2 -i " + file), last));
    CHECK(server.count("submits") == 1);
    CHECK(server.count("downloads") == 1);
    CHECK(server.count("keys_sent_to_downloads") == 0);
}

TEST_CASE("without --out the video's URL is all there is on stdout; progress goes to stderr") {
    support::sandbox server;
    const auto got = wan_cli(keyframes(server));
    CHECK(got.code == 0);
    CHECK(got.out.starts_with(server.url() + "/videos/"));
    CHECK(got.out.find('\n') == got.out.size() - 1);
    CHECK(got.err.find("submitting") != std::string::npos);
    CHECK(got.err.find("PENDING") != std::string::npos);
    const auto quiet = wan_cli(keyframes(server, {"--quiet"}));
    CHECK(quiet.code == 0);
    CHECK(quiet.err.empty());
}

TEST_CASE(
    "alone on the account, a submit without an answer is found in the service's list, and the end says so") {
    support::sandbox server{{"--fault", "submit-drop"}};
    const auto got = wan_cli(keyframes(server, {"--json", "--sole-user"}));
    CHECK(got.code == 0);
    CHECK(got.json().at("id") == "inferred");
    CHECK(server.count("submits") == 1);
}

TEST_CASE("each fault has its documented end, and no fault makes a second submit") {
    struct {
        const char* fault;
        int code;
        const char* state;
        int submits, created;
        const char* category;
    } const rows[] = {
        {"submit-500", 5, "submit_unknown", 1, 0, "server"},
        // in the service's list, but it may be another program's
        {"submit-drop", 5, "submit_unknown", 1, 1, "transport"},
        {"submit-no-id", 5, "submit_unknown", 1, 0, "protocol"},
        {"submit-503", 0, "succeeded", 3, 1, nullptr},
        {"submit-429", 0, "succeeded", 3, 1, nullptr},
        {"query-503", 0, "succeeded", 1, 1, nullptr},
        {"query-429", 0, "succeeded", 1, 1, nullptr},
        {"query-garbage", 0, "succeeded", 1, 1, nullptr},
        {"query-drop", 0, "succeeded", 1, 1, nullptr},
        {"query-html", 0, "succeeded", 1, 1, nullptr},
        {"new-status", 0, "succeeded", 1, 1, nullptr},
        {"query-huge", 7, "unreachable", 1, 1, "transport"},
        {"query-deep", 7, "unreachable", 1, 1, "protocol"},
        {"no-video-url", 7, "unreachable", 1, 1, "protocol"},
        {"failed-without-reason", 3, "failed", 1, 1, "server"},
        {"canceled", 6, "canceled", 1, 1, nullptr},
        {"forget", 7, "unreachable", 1, 1, "not_found"},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string{row.fault});
        support::sandbox server{{"--fault", row.fault}};
        const auto got = wan_cli(keyframes(server, {"--json"}));
        CHECK(got.code == row.code);
        CHECK(got.state() == row.state);
        CHECK(server.count("submits") == row.submits);
        CHECK(server.count("created") == row.created);
        const auto json = got.json();
        CHECK(json.contains("task_id") == (std::string_view{row.state} != "submit_unknown"));
        CHECK(json.contains("error") == (row.category != nullptr));
        if (row.category != nullptr) {
            CHECK(json.at("error").at("category") == row.category);
            CHECK_FALSE(json.at("error").at("message").as_string().empty());
        }
    }
}

TEST_CASE("what the server finds wrong comes back in its own words") {
    support::sandbox server;
    auto arguments = keyframes(server, {"--json", "--model", "wan9-kf2v"});
    const auto got = wan_cli(arguments);
    CHECK(got.code == 3);
    CHECK(got.state() == "rejected");
    CHECK(got.json().at("error").at("code") == "ModelNotFound");
    CHECK(got.json().at("error").at("http_status") == 404);
    const auto message_with = [&](const char* model) {
        const auto json = wan_cli(keyframes(server, {"--json", "--model", model})).json();
        return std::string{json.at("error").at("message").as_string()};
    };
    CHECK(message_with("wan9-kf2v")
              .ends_with("(wan9-kf2v is not a known model; `wan models` lists the known ones)"));
    CHECK(
        message_with("wan2.7-i2w").ends_with("(wan2.7-i2w is not a known model; did you mean wan2.7-i2v?)"));

    const auto unreachable = wan_cli({"keyframe-to-video", "--base-url", server.base_url(), "--first-frame",
                                      "http://127.0.0.1:1/none.png", "--poll-every", "0.05", "--json"});
    CHECK(unreachable.code == 3);
    CHECK(unreachable.state() == "failed");
    CHECK(unreachable.json().at("error").at("category") == "invalid_media");
}

TEST_CASE("the deadline ends the waiting, not the task: resume makes the video of it") {
    support::sandbox server{{"--pace", "700"}};
    support::temporary_folder folder;
    const auto token = folder / "token.json", file = folder / "video.mp4";
    const auto stopped = wan_cli(keyframes(server, {"--json", "--token", token, "--deadline", "0.3"}));
    CHECK(stopped.code == 4);
    CHECK(stopped.state() == "deadline");
    CHECK(support::contents(token).find(secret) == std::string::npos);

    const auto again = wan_cli(keyframes(server, {"--json", "--token", token}));
    CHECK(again.code == 2); // would give up the task that is paid for
    CHECK(again.json().at("error").at("message").as_string().find("an unfinished task") !=
          boost::json::string::npos);

    const auto elsewhere = wan_cli({"resume", "--token", token, "--base-url", "http://127.0.0.1:1/api/v1"});
    CHECK(elsewhere.code == 2);
    CHECK_MESSAGE(elsewhere.err.find("the task is at " + server.base_url() +
                                     ", not at http://127.0.0.1:1/api/v1; give that address") !=
                      std::string::npos,
                  elsewhere.err);

    const auto resumed = wan_cli({"resume", "--token", token, "--out", file, "--json", "--poll-every", "0.05",
                                  "--request-timeout", "2"});
    CHECK(resumed.code == 0);
    CHECK(resumed.json().at("task_id") == stopped.json().at("task_id"));
    CHECK(probed(file).ends_with("5.000000\n"));
    CHECK(server.count("submits") == 1);

    // The token is finished now: its file may be used for the next task.
    CHECK(wan_cli(keyframes(server, {"--json", "--token", token})).code == 0);
}

TEST_CASE("kill -9 between submit and video loses nothing") {
    support::sandbox server{{"--pace", "500"}};
    support::temporary_folder folder;
    const auto token = folder / "token.json", file = folder / "video.mp4";
    {
        support::program wan{
            WAN_PROGRAM, keyframes(server, {"--token", token}), {"DASHSCOPE_API_KEY=" + secret}};
        REQUIRE(support::eventually(
            [&] { return support::contents(token).find("task_id") != std::string::npos; }));
        wan.kill(SIGKILL);
        CHECK(wan.wait() == 128 + SIGKILL);
    }
    const auto resumed = wan_cli({"resume", "--token", token, "--out", file, "--json", "--poll-every", "0.05",
                                  "--request-timeout", "2", "--sole-user"});
    CHECK(resumed.code == 0);
    CHECK(std::filesystem::file_size(file) > 10'000);
    CHECK(server.count("submits") == 1);
    CHECK(server.count("created") == 1);
}

TEST_CASE("kill -9 while the submit is out leaves a token that says that nobody knows") {
    // It has no list of tasks either.
    std::atomic<int> submits = 0;
    support::raw_peer holds{[&](auto& socket, const std::string& head) {
        if (!head.starts_with("POST"))
            return support::raw_peer::send(socket, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        ++submits;
        support::raw_peer::hold(socket);
    }};
    support::temporary_folder folder;
    const auto token = folder / "token.json";
    const std::vector<std::string> arguments{
        "keyframe-to-video",         "--base-url", holds.url(), "--first-frame",
        "https://example.com/a.png", "--token",    token};
    {
        support::program wan{WAN_PROGRAM, arguments, {"DASHSCOPE_API_KEY=" + secret}};
        REQUIRE(support::eventually([&] { return submits == 1; }));
        wan.kill(SIGKILL);
        CHECK(wan.wait() == 128 + SIGKILL);
    }
    const auto resumed = wan_cli({"resume", "--token", token, "--json", "--request-timeout", "2"});
    CHECK(resumed.code == 5);
    CHECK(resumed.state() == "submit_unknown");
    CHECK(wan_cli(arguments).code == 2); // the file guards the question
    CHECK(submits == 1);
}

TEST_CASE("kill -9 while the submit is out, at a service that took it and lists its tasks: the video comes, "
          "paid for once") {
    support::sandbox server{{"--fault", "submit-trickle"}}; // a second for the answer
    support::temporary_folder folder;
    const auto token = folder / "token.json";
    const auto file = folder / "video.mp4";
    {
        support::program wan{
            WAN_PROGRAM, keyframes(server, {"--token", token}), {"DASHSCOPE_API_KEY=" + secret}};
        REQUIRE(support::eventually([&] { return server.count("created") == 1; }));
        wan.kill(SIGKILL);
        CHECK(wan.wait() == 128 + SIGKILL);
    }
    const auto resumed = wan_cli({"resume", "--token", token, "--out", file, "--json", "--poll-every", "0.05",
                                  "--request-timeout", "2", "--sole-user"});
    CHECK(resumed.code == 0);
    CHECK(std::filesystem::file_size(file) > 10'000);
    CHECK(server.count("submits") == 1);
    CHECK(server.count("created") == 1);
}

TEST_CASE("two runs do not share a token file") {
    support::sandbox server{{"--pace", "2000"}};
    support::temporary_folder folder;
    const auto token = folder / "token.json";
    support::program first{
        WAN_PROGRAM, keyframes(server, {"--token", token}), {"DASHSCOPE_API_KEY=" + secret}};
    REQUIRE(support::eventually([&] { return server.count("submits") == 1; }));
    const auto second = wan_cli(keyframes(server, {"--token", token}));
    CHECK(second.code == 2);
    CHECK(second.err.find("in use") != std::string::npos);
    CHECK(wan_cli({"resume", "--token", token}).code == 2);
    first.kill(SIGINT);
    CHECK(support::wait_for(first).code == 4);
    CHECK(server.count("submits") == 1);
    CHECK_FALSE(std::filesystem::exists(token + ".lock"));
}

TEST_CASE("a token that cannot be saved before the submit: nothing is sent, and that is said once") {
    const support::sandbox server;
    const support::temporary_folder folder;
    // The longest name of a file has room for that of the lock, but not for that of the file before it is
    // renamed.
    const auto token = folder / std::string(250, 't');
    const auto got = wan_cli(keyframes(server, {"--token", token}));
    CHECK(got.code != 0);
    CHECK(server.count("submits") == 0);
    constexpr std::string_view said = "cannot write the token file ";
    const auto first = got.err.find(said);
    REQUIRE_MESSAGE(first != std::string::npos, got.err);
    CHECK_MESSAGE(got.err.find(said, first + 1) == std::string::npos, got.err);
    CHECK(got.err.find("; check the disk and permissions") != std::string::npos);
}

TEST_CASE("the deadline holds against a server that says nothing") {
    std::atomic<int> asked{0};
    support::raw_peer silent{[&](support::raw_peer::socket& s, const std::string&) {
        if (asked++ == 0)
            support::raw_peer::send(
                s, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"output\":{\"task_id\":\"t\"}}");
        else
            support::raw_peer::hold(s);
    }};
    const auto before = std::chrono::steady_clock::now();
    const auto got =
        wan_cli({"keyframe-to-video", "--base-url", silent.url(), "--first-frame",
                 "https://example.com/a.png", "--poll-every", "0.1", "--deadline", "1", "--json"});
    CHECK(got.code == 4);
    CHECK(got.json().at("task_id") == "t");
    CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds{5});
}

TEST_CASE("what a server says cannot steer the terminal, and the key it repeats is not shown") {
    const std::string body =
        "{\"code\":\"Foo\\u001b[31m\",\"message\":\"bad \\u001b]0;owned\\u0007 key " + secret + "\"}";
    support::raw_peer rude{
        support::raw_peer::answering("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n" + body)};
    const auto got = wan_cli(
        {"keyframe-to-video", "--base-url", rude.url(), "--first-frame", "https://example.com/a.png"});
    CHECK(got.code == 3);
    CHECK(got.err.find("owned") != std::string::npos);
    CHECK(got.err.find('\x1b') == std::string::npos);
    CHECK(wan_cli({"keyframe-to-video", "--base-url", rude.url(), "--first-frame",
                   "https://example.com/a.png", "--json"})
              .code == 3);
}

TEST_CASE("a proxy from the environment does not see what is meant for this machine") {
    support::raw_peer proxy{support::raw_peer::answering("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}")};
    support::program wan{
        WAN_PROGRAM,
        {"keyframe-to-video", "--base-url", "http://127.0.0.1:1/api/v1", "--first-frame",
         "https://example.com/a.png", "--deadline", "1"},
        {"DASHSCOPE_API_KEY=" + secret, "http_proxy=" + proxy.url(), "all_proxy=" + proxy.url()}};
    CHECK(support::wait_for(wan).code == 1);
    CHECK(proxy.requests() == 0);
}

TEST_CASE("Ctrl-C stops the waiting and tells the task id") {
    support::sandbox server{{"--pace", "5000"}};
    support::temporary_folder folder;
    const auto token = folder / "token.json";
    support::program wan{
        WAN_PROGRAM, keyframes(server, {"--json", "--token", token}), {"DASHSCOPE_API_KEY=" + secret}};
    REQUIRE(
        support::eventually([&] { return support::contents(token).find("task_id") != std::string::npos; }));
    wan.kill(SIGINT);
    const auto got = support::wait_for(wan);
    CHECK(got.code == 4);
    CHECK(got.state() == "stopped");
    CHECK(got.json().contains("task_id"));
}

TEST_CASE("Ctrl-C while a lost submit is looked for: the task may be there, and what is said leads to it") {
    support::temporary_folder folder;
    const auto token = folder / "token.json";
    for (const bool keeps_token : {true, false}) {
        CAPTURE(keeps_token);
        support::sandbox server{{"--fault", "submit-drop", "--fault", "list-503"}};
        support::program wan{WAN_PROGRAM,
                             keyframes(server, keeps_token ? std::vector<std::string>{"--token", token}
                                                           : std::vector<std::string>{}),
                             {"DASHSCOPE_API_KEY=" + secret}};
        REQUIRE(support::eventually([&] { return server.count("lists") >= 1; }));
        wan.kill(SIGINT);
        const auto got = support::wait_for(wan);
        CHECK(got.code == 5);
        CHECK(server.count("created") == 1);
        CHECK(got.err.find("nothing was submitted") == std::string::npos);
        CHECK_MESSAGE(got.err.find("wan: submit_unknown\n") != std::string::npos, got.err);
        CHECK_MESSAGE(got.err.find("the provider may have accepted the submit") != std::string::npos,
                      got.err);
        CHECK_MESSAGE(got.err.find("`wan list --provider dashscope --base-url " + server.base_url() + "`") !=
                          std::string::npos,
                      got.err);
        CHECK((got.err.find("`wan resume --token " + token + " --base-url " + server.base_url() + "`") !=
               std::string::npos) == keeps_token);
        if (!keeps_token) continue;
        const auto resumed = wan_cli({"resume", "--token", token, "--json", "--poll-every", "0.05",
                                      "--request-timeout", "2", "--sole-user"});
        CHECK(resumed.code == 0);
        CHECK(server.count("submits") == 1);
    }
}

TEST_CASE("a lost submit at a service without a list: nobody is sent to look in one") {
    support::raw_peer closes{[](auto&, const std::string&) {}};
    const auto got = wan_cli({"keyframe-to-video", "--provider", "sinancode", "--base-url", closes.url(),
                              "--first-frame", "https://example.com/a.png"});
    CHECK(got.code == 5);
    CHECK(closes.requests() == 1);
    CHECK_MESSAGE(got.err.find("the provider may have accepted the submit") != std::string::npos, got.err);
    CHECK_MESSAGE(got.err.find("this provider offers no list of tasks; only its console shows whether the "
                               "task exists") != std::string::npos,
                  got.err);
    CHECK(got.err.find("wan list") == std::string::npos);
}

TEST_CASE(
    "a lost submit whose task the user found: wan resume --adopt makes its video, and adopts nothing else") {
    support::sandbox server{{"--fault", "submit-drop"}};
    support::temporary_folder folder;
    const auto token = folder / "token.json", out = folder / "video.mp4";
    const auto url = server.url() + "/v1";
    const auto lost = wan_cli({"keyframe-to-video", "--provider", "sinancode", "--base-url", url,
                               "--first-frame", server.url() + "/assets/first.png", "--token", token});
    REQUIRE_MESSAGE(lost.code == 5, lost.err);
    const auto command = "`wan resume --token " + token + " --base-url " + url + " --adopt TASK_ID`";
    CHECK_MESSAGE(lost.err.find(command) != std::string::npos, lost.err);
    const auto submits = server.count("submits");
    const auto adopt = [&](const std::string& id, std::vector<std::string> more = {}) {
        more.insert(more.begin(), {"resume", "--token", token, "--adopt", id, "--poll-every", "0.05"});
        return wan_cli(std::move(more));
    };

    const auto before = support::contents(token);
    const auto unknown = adopt("no-such-task");
    CHECK(unknown.code == 2);
    CHECK_MESSAGE(unknown.err.find("--adopt: task \"no-such-task\" could not be checked, and nothing was "
                                   "submitted") != std::string::npos,
                  unknown.err);
    CHECK(unknown.err.find("not_found") != std::string::npos);
    CHECK(adopt("").code == 2);
    CHECK(support::contents(token) == before);

    const auto tasks = server.stats().at("tasks").as_array();
    REQUIRE(tasks.size() == 1);
    const std::string id{tasks[0].as_object().at("id").as_string()};
    const auto made = adopt(id, {"--out", out, "--json"});
    CHECK_MESSAGE(made.code == 0, made.out);
    CHECK(made.json().at("task_id") == id.c_str());
    CHECK(made.json().at("id") == "adopted");
    CHECK(std::filesystem::file_size(out) > 10'000);
    CHECK(support::contents(token).find(id) != std::string::npos);

    CHECK(adopt(id).code == 0); // the same command again
    const auto other = adopt("another", {"--out", out});
    CHECK(other.code == 2);
    CHECK_MESSAGE(other.err.find("already has the task ID " + id) != std::string::npos, other.err);
    CHECK(server.count("submits") == submits);
}

TEST_CASE("a lost submit with a candidate: the command that adopts it is named, and makes its video") {
    support::sandbox server{{"--fault", "submit-drop"}};
    support::temporary_folder folder;
    const auto token = folder / "token.json";
    const auto lost = wan_cli(keyframes(server, {"--token", token, "--prompt", "the lost one"}));
    REQUIRE_MESSAGE(lost.code == 5, lost.err);
    const std::string id{server.stats().at("tasks").as_array()[0].as_object().at("id").as_string()};
    CHECK_MESSAGE(lost.err.find("wan: candidate " + id) != std::string::npos, lost.err);
    CHECK_MESSAGE(lost.err.find(" --adopt TASK_ID`") != std::string::npos, lost.err);
    CHECK_MESSAGE(lost.err.find("adopt the right one (--adopt)") != std::string::npos, lost.err);
    // The task of another prompt cannot be its task.
    (void)wan_cli({"text-to-video", "--prompt", "something else", "--resolution", "720P", "--base-url",
                   server.base_url(), "--poll-every", "0.05", "--request-timeout", "1"});
    std::string its_id;
    for (const auto stats = server.stats(); const auto& t : stats.at("tasks").as_array())
        if (const std::string each{t.at("id").as_string()}; each != id) its_id = each;
    REQUIRE(support::eventually([&] {
        return wan_cli({"query", its_id, "--base-url", server.base_url(), "--json"})
            .json()
            .contains("prompt");
    }));
    const auto wrong = wan_cli({"resume", "--token", token, "--adopt", its_id});
    CHECK(wrong.code == 2);
    CHECK_MESSAGE(wrong.err.find("\"" + its_id +
                                 "\" has another prompt: \"something else\"; check the task ID, or "
                                 "use --force") != std::string::npos,
                  wrong.err);
    const auto unknown = wan_cli({"resume", "--token", token, "--adopt", "no-such-task"});
    CHECK(unknown.code == 2);
    CHECK_MESSAGE(unknown.err.find("--adopt: the provider does not know task \"no-such-task\"") !=
                      std::string::npos,
                  unknown.err);
    const auto made = wan_cli({"resume", "--token", token, "--adopt", id, "--poll-every", "0.05", "--json"});
    CHECK_MESSAGE(made.code == 0, made.out);
    CHECK(made.json().at("id") == "adopted");
    CHECK(server.count("submits") == 2); // this one, and that of the other prompt
}

TEST_CASE("Ctrl-C before the submit: nothing was submitted, and that is said") {
    support::sandbox server{{"--fault", "submit-503"}};
    support::program wan{WAN_PROGRAM, keyframes(server), {"DASHSCOPE_API_KEY=" + secret}};
    REQUIRE(support::eventually([&] { return server.count("submits") >= 1; }));
    wan.kill(SIGINT);
    const auto got = support::wait_for(wan);
    CHECK(got.code == 4);
    CHECK(server.count("created") == 0);
    CHECK_MESSAGE(got.err.find("nothing was submitted") != std::string::npos, got.err);
    CHECK(got.err.find("may have accepted the submit") == std::string::npos);
}

TEST_CASE("a network that is never reached is not the service's refusal") {
    const auto got = wan_cli({"keyframe-to-video", "--base-url", "http://127.0.0.1:1/api/v1", "--first-frame",
                              "https://example.com/a.png", "--json"});
    CHECK(got.code == 1);
    CHECK(got.state() == "unreachable");
    CHECK(got.json().at("error").at("category") == "transport");
    const auto person = wan_cli({"keyframe-to-video", "--base-url", "http://127.0.0.1:1/api/v1",
                                 "--first-frame", "https://example.com/a.png"});
    for (const auto* part : {"unreachable; nothing was submitted",
                             "check the network and the address (--base-url), then try again"})
        CHECK_MESSAGE(person.err.find(part) != std::string::npos, person.err);
}

TEST_CASE(
    "the result is the last line, in a file that gets both outputs as on a terminal, where no status stays") {
    support::sandbox server;
    support::temporary_folder folder;
    const auto made = [&](const std::string& out) {
        std::string command = "DASHSCOPE_API_KEY=" + secret + " " WAN_PROGRAM;
        for (const auto& word : keyframes(server, {"--out", out})) command += " " + word;
        return command;
    };
    const auto in_file = folder / "a.mp4", on_terminal = folder / "b.mp4";
    const auto lines = output_of("(" + made(in_file) + " 2>&1)");
    CHECK_MESSAGE(lines.find(" RUNNING ") != std::string::npos, lines);
    CHECK_MESSAGE(lines.ends_with(" hours\n" + in_file + "\n"), lines);
    const auto screen = output_of("script -qec '" + made(on_terminal) + "' /dev/null </dev/null");
    CHECK_MESSAGE(screen.find(" s  submitting") != std::string::npos, screen);
    const auto expiry = screen.rfind("the video's URL expires in ");
    REQUIRE_MESSAGE(expiry != std::string::npos, screen);
    CHECK_MESSAGE(screen.substr(0, expiry).ends_with("\r\x1b[K"), screen);
    CHECK_MESSAGE(screen.find('\n') > expiry, screen);
    CHECK_MESSAGE(screen.ends_with(" hours\r\n" + on_terminal + "\r\n"), screen);
}

TEST_CASE("a video that cannot be saved is not lost: its URL is told") {
    support::sandbox server{{"--pace", "300"}};
    support::temporary_folder folder;
    const auto target = folder / "gone/video.mp4";
    std::filesystem::create_directory(folder / "gone");
    support::program wan{
        WAN_PROGRAM, keyframes(server, {"--json", "--out", target}), {"DASHSCOPE_API_KEY=" + secret}};
    REQUIRE(support::eventually([&] { return server.count("created") == 1; }));
    std::filesystem::remove_all(folder / "gone");
    const auto got = support::wait_for(wan);
    CHECK(got.code == 1);
    CHECK(got.state() == "succeeded");
    CHECK(got.json().at("video").as_object().contains("url"));
    CHECK_FALSE(got.json().at("video").as_object().contains("file"));
    CHECK(got.json().at("error").at("category") == "storage");
}

TEST_CASE("a data URL is a frame as well") {
    support::sandbox server;
    support::temporary_folder folder;
    // One argument has at most 128 KiB on Linux.
    const auto small = folder / "small.jpg", encoded = folder / "encoded";
    REQUIRE(std::system(
                ("ffmpeg -v error -i " WAN_SOURCE_DIR "/examples/frames/first.png -vf scale=480:-1 " + small)
                    .c_str()) == 0);
    REQUIRE(std::system(("base64 -w0 " + small + " >" + encoded).c_str()) == 0);
    const auto got = wan_cli({"keyframe-to-video", "--base-url", server.base_url(), "--first-frame",
                              "data:image/jpeg;base64," + support::contents(encoded), "--poll-every", "0.05",
                              "--resolution", "480P"});
    CHECK(got.code == 0);
}

TEST_CASE("the programs that the README and the docs show make their video") {
    support::sandbox server;
    const std::vector<std::string> environment{"DASHSCOPE_API_KEY=" + secret};
    support::program first_video{WAN_FIRST_VIDEO_PROGRAM, {server.base_url()}, environment};
    support::program own_loop{WAN_OWN_LOOP_PROGRAM, {server.base_url()}, environment};
    support::program engine_loop{WAN_ENGINE_LOOP_PROGRAM, {server.base_url()}, environment};
    support::program asio_coroutine{WAN_ASIO_COROUTINE_PROGRAM, {server.base_url()}, environment};
    for (auto* p : {&first_video, &own_loop, &engine_loop, &asio_coroutine}) {
        const auto got = support::wait_for(*p);
        CHECK(got.code == 0);
        CHECK(got.out.find(server.url() + "/videos/") != std::string::npos);
    }
}

TEST_CASE("whoever stops the waiting is told the whole command that goes on, and the service's last word") {
    support::raw_peer service{[](support::raw_peer::socket& s, const std::string& head) {
        const std::string ok = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
        support::raw_peer::send(s, ok + (head.starts_with("POST")
                                             ? R"({"output":{"task_id":"t 1"}})"
                                             : R"({"output":{"task_id":"t 1","task_status":"RUNNING"}})"));
    }};
    support::temporary_folder folder;
    const auto token = folder / "my token", out = folder / "v.mp4";
    const auto stopped = [&](std::vector<std::string> more) {
        more.insert(more.begin(), {"keyframe-to-video", "--base-url", service.url(), "--first-frame",
                                   "https://example.com/a.png", "--poll-every", "0.05"});
        const auto before = service.requests();
        support::program p{WAN_PROGRAM, more, {"DASHSCOPE_API_KEY=" + secret}};
        CHECK(support::eventually([&] { return service.requests() > before + 3; }));
        p.kill(SIGINT);
        return support::wait_for(p);
    };
    const auto resume = "wan resume --token '" + token + "' --base-url " + service.url() + " --out " + out;
    const auto with_token = stopped({"--token", token, "--out", out});
    CHECK(with_token.code == 4);
    CHECK_MESSAGE(with_token.err.find("continue with `" + resume + "`") != std::string::npos, with_token.err);
    CHECK(with_token.err.find("last status reported by the provider: RUNNING") != std::string::npos);
    const auto without = stopped({});
    CHECK(without.code == 4);
    CHECK_MESSAGE(without.err.find("`wan query 't 1' --provider dashscope --base-url " + service.url() +
                                   "`") != std::string::npos,
                  without.err);
    CHECK(without.err.find("--token FILE") != std::string::npos);
    const auto json = stopped({"--json", "--token", folder / "other", "--out", out}).json();
    CHECK(json.at("status") == "RUNNING");
    CHECK(json.at("id") == "confirmed");
    CHECK(json.at("resume").as_string().starts_with("wan resume --token "));

    const auto asked = wan_cli({"query", "t 1", "--base-url", service.url(), "--json"});
    CHECK(asked.code == 4);
    CHECK(asked.json().at("status") == "RUNNING");
}

TEST_CASE("examples/resume.cpp: killed and started again it makes one video, and an end that is final leaves "
          "no token") {
    const std::vector<std::string> environment{"DASHSCOPE_API_KEY=" + secret};
    support::temporary_folder folder;
    const auto token = folder / "token";
    const auto run = [&](const std::string& base_url) {
        support::program p{WAN_RESUME_PROGRAM, {token, base_url}, environment};
        return support::wait_for(p);
    };
    {
        support::sandbox server{{"--pace", "500"}};
        {
            support::program p{WAN_RESUME_PROGRAM, {token, server.base_url()}, environment};
            REQUIRE(support::eventually(
                [&] { return support::contents(token).find("\"task_id\"") != std::string::npos; }));
            p.kill(SIGKILL);
            CHECK(p.wait() == 128 + SIGKILL);
        }
        const auto got = run(server.base_url());
        CHECK_MESSAGE(got.code == 0, got.err);
        CHECK(got.out.find(server.url() + "/videos/") != std::string::npos);
        CHECK(server.count("submits") == 1);
        CHECK_FALSE(std::filesystem::exists(token));
    }
    support::raw_peer refusing{support::raw_peer::answering(
        "HTTP/1.1 400 No\r\nConnection: close\r\n\r\n{\"code\":\"InvalidParameter\",\"message\":\"no\"}")};
    CHECK(run(refusing.url()).code == 1);
    CHECK_FALSE(std::filesystem::exists(token)); // it would be in the way of the next one
    // A token of a wrong address that names no task blocks nothing.
    std::ofstream{token}
        << R"({"wan_token":1,"dialect":"dashscope","base_url":"http://wrong.example/api/v1","model":"m","state":"ready"})";
    const auto answered = refusing.requests();
    CHECK(run(refusing.url()).err.find("rejected") != std::string::npos);
    CHECK(refusing.requests() == answered + 1);
    // One that names a task keeps its address.
    std::ofstream{token}
        << R"({"wan_token":1,"dialect":"dashscope","base_url":"http://wrong.example/api/v1","model":"m","state":"waiting","task_id":"t"})";
    CHECK(run(refusing.url()).err.find("wrong.example") != std::string::npos);
    CHECK(std::filesystem::exists(token));
}
