// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// What goes wrong on purpose, as the wire shows it.
#include "support/account.hpp"
#include "support/doctest.hpp"
#include "support/files.hpp"
#include "support/sandbox.hpp"

#include <boost/asio.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("faults");

using namespace std::chrono_literals;
using support::account;
using support::wan_cli;
using clock_type = std::chrono::steady_clock;

namespace json = boost::json;

namespace {

/// To the sandbox a file is a file.
const std::string video = WAN_SOURCE_DIR "/examples/frames/first.png";

std::vector<std::string> with(std::vector<std::string> options) {
    options.insert(options.end(), {"--video", video});
    return options;
}

/// What an exchange came to: `broken`, or the status and what its body is.
std::string kind_of(const wan::http_result& got) {
    if (!got) return "broken";
    boost::system::error_code failed;
    const auto body = json::parse(got->body, failed);
    return std::to_string(got->status) + (failed || !body.is_object() ? " no JSON" : " JSON");
}

std::int64_t injected(const support::sandbox& server, const char* name) {
    const auto stats = server.stats();
    const auto* const number = stats.at("faults").as_object().if_contains(name);
    return number ? number->to_number<std::int64_t>() : 0;
}

/// What comes back for these bytes, as it is.
std::string raw_answer(const std::string& url, const std::string& question) {
    namespace asio = boost::asio;
    asio::io_context context;
    asio::ip::tcp::socket socket{context};
    const auto port = static_cast<unsigned short>(std::stoi(url.substr(url.rfind(':') + 1)));
    socket.connect({asio::ip::address_v4::loopback(), port});
    asio::write(socket, asio::buffer(question));
    std::string answer;
    boost::system::error_code end;
    asio::read(socket, asio::dynamic_buffer(answer), end);
    return answer;
}

struct way {
    const char* fault;
    const char* kind;
};

} // namespace

TEST_CASE("each fault of an exchange looks the same at every call that has no effect, and passes") {
    const way ways[] = {{"reset", "broken"},
                        {"cut", "broken"},
                        {"drop", "broken"},
                        {"long-length", "broken"},
                        {"short-length", "200 no JSON"},
                        {"html", "502 no JSON"},
                        {"garbage", "200 no JSON"},
                        {"trickle", "200 JSON"},
                        {"repeated-keys", "200 JSON"},
                        {"503", "503 JSON"},
                        {"429", "429 JSON"}};
    for (const auto& way : ways) {
        CAPTURE(std::string{way.fault});
        const std::string query = std::string{"query-"} + way.fault, list = std::string{"list-"} + way.fault;
        support::sandbox server{with({"--pace", "0", "--fault", query, "--fault", list})};
        account mine{server};
        const auto id = mine.create("shot");
        const int shown = std::string_view{way.fault} == "trickle" ? 1 : 3; // it takes a second each
        for (int i = 0; i < shown; ++i) CHECK(kind_of(mine.query(id)) == way.kind);
        for (int i = 0; i < shown; ++i) CHECK(kind_of(mine.list()) == way.kind);
        CHECK(injected(server, query.c_str()) == shown);
        CHECK(injected(server, list.c_str()) == shown);
        if (shown == 1) continue;
        CHECK(mine.becomes(id, "SUCCEEDED"));
        CHECK(kind_of(mine.list()) == "200 JSON");
    }
}

TEST_CASE("a submit that is answered badly was made or was not, and only a list tells") {
    struct {
        const char* fault;
        const char* kind;
        int created;
    } const rows[] = {
        {"submit-reset", "broken", 0},        {"submit-html", "502 no JSON", 0},
        {"submit-500", "500 JSON", 0},        {"submit-drop", "broken", 1},
        {"submit-cut", "broken", 1},          {"submit-long-length", "broken", 1},
        {"submit-garbage", "200 no JSON", 1}, {"submit-short-length", "200 no JSON", 1},
        {"submit-trickle", "200 JSON", 1},    {"submit-repeated-keys", "200 JSON", 1},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string{row.fault});
        support::sandbox server{with({"--fault", row.fault})};
        account mine{server};
        CHECK(kind_of(mine.submit("shot")) == row.kind);
        CHECK(server.count("created") == row.created);
        CHECK(support::parse_json(mine.list()->body).at("total") == row.created);
    }
}

TEST_CASE("a cancel whose answer is lost has canceled") {
    support::sandbox server{with({"--pace", "60000", "--fault", "cancel-cut"})};
    account mine{server};
    const auto id = mine.create("shot");
    CHECK(mine.cancel(id).verdict == wan::cancel_verdict::retry);
    CHECK(mine.status(id) == "CANCELED");
}

TEST_CASE("a call that is never answered ends with the client's patience") {
    support::sandbox server{with({"--fault", "query-hang"})};
    account mine{server};
    const auto id = mine.create("shot");
    const auto before = clock_type::now();
    const auto got = mine.query(id, 200ms);
    REQUIRE_FALSE(got);
    CHECK(got.error().sent == wan::delivery::maybe_sent);
    CHECK(clock_type::now() - before < 2s);
}

TEST_CASE("a reply that trickles takes a second and is whole") {
    support::sandbox server{with({"--pace", "0", "--fault", "query-trickle"})};
    account mine{server};
    const auto before = clock_type::now();
    CHECK(mine.output(mine.create("shot")).contains("task_status"));
    CHECK(clock_type::now() - before > 700ms);
}

TEST_CASE("of repeated keys the last value is right; times jump by hours") {
    {
        support::sandbox server{with({"--fault", "query-repeated-keys", "--fault", "submit-repeated-keys"})};
        account mine{server};
        const auto got = mine.submit("shot");
        REQUIRE(got);
        CHECK(got->body.find("not this") != std::string::npos);
        const auto id = std::string{support::parse_json(got->body).at("output").at("task_id").as_string()};
        CHECK(mine.becomes(id, "SUCCEEDED"));
    }
    support::sandbox server{with({"--fault", "query-clock-jump", "--fault", "list-clock-jump"})};
    account mine{server};
    const auto id = mine.create("shot");
    std::vector<std::string> told;
    std::vector<std::int64_t> listed;
    for (int i = 0; i < 4; ++i) {
        told.emplace_back(mine.output(id).at("submit_time").as_string());
        listed.push_back(support::parse_json(mine.list()->body).at("data").at(0).at("gmt_create").as_int64());
    }
    CHECK(told[0] == told[2]);
    CHECK(told[0] != told[3]);
    CHECK(listed[3] - listed[0] == 8 * 3600 * 1000);
}

TEST_CASE("a task is UNKNOWN or not found at first, and well then") {
    for (const way& way : {way{"query-unknown", "200 JSON"}, way{"query-404", "404 JSON"}}) {
        CAPTURE(std::string{way.fault});
        support::sandbox server{with({"--pace", "0", "--fault", way.fault})};
        account mine{server};
        const auto id = mine.create("shot");
        for (int i = 0; i < 3; ++i) {
            const auto got = mine.query(id);
            CHECK(kind_of(got) == way.kind);
            const auto body = support::parse_json(got->body).as_object();
            if (got->status == 200) CHECK(body.at("output").at("task_status").as_string() == "UNKNOWN");
            if (got->status == 404) CHECK(body.contains("code"));
        }
        CHECK(mine.becomes(id, "SUCCEEDED"));
        CHECK(injected(server, way.fault) == 3);
    }
}

TEST_CASE("a reply in gzip is the same reply, and says what it is") {
    support::sandbox server{
        with({"--fault", "query-gzip", "--fault", "list-gzip", "--fault", "submit-gzip"})};
    account mine{server};
    CHECK(kind_of(mine.submit("shot")) == "200 JSON"); // unpacked by libcurl
    CHECK(server.count("created") == 1);
    const auto raw = raw_answer(
        server.url(), "GET /api/v1/tasks?page_no=1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer k\r\n"
                      "Accept-Encoding: identity\r\nConnection: close\r\n\r\n");
    CHECK(raw.find("Content-Encoding: gzip\r\n") != std::string::npos);
    CHECK(raw.find("\r\n\r\n\x1f\x8b") != std::string::npos);
    CHECK(raw.find("total") == std::string::npos);
}

TEST_CASE("a download that ends early ends in order, and its length is not told") {
    for (const char* fault : {"download-short-chunks", "download-short-close"}) {
        CAPTURE(std::string{fault});
        support::sandbox server{with({"--pace", "0", "--fault", fault})};
        account mine{server};
        const auto id = mine.create("shot");
        REQUIRE(mine.becomes(id, "SUCCEEDED"));
        wan::executors::curl http;
        const std::string url{mine.output(id).at("video_url").as_string()};
        const auto whole = support::contents(video);
        for (int i = 0; i < 2; ++i) {
            const auto got = http({.url = url});
            REQUIRE(got); // to the transport all is well
            CHECK(got->status == 200);
            CHECK(got->body == whole.substr(0, whole.size() / 2));
            CHECK_FALSE(wan::find_header(got->headers, "Content-Length"));
        }
        const auto got = http({.url = url});
        REQUIRE(got);
        CHECK(got->body == whole);
    }
}

TEST_CASE("an id of 700 bytes is asked for, listed and downloaded like any") {
    support::sandbox server{with({"--pace", "300", "--fault", "long-id"})};
    account mine{server};
    const auto id = mine.create("shot"), other = mine.create("shot");
    CHECK(id.size() == 700);
    CHECK(id != other);
    CHECK(support::parse_json(mine.list()->body).at("data").at(1).at("task_id").as_string() == id);
    json::object output;
    REQUIRE(support::eventually([&] {
        output = support::parse_json(mine.get("/tasks/" + id)->body).at("output").as_object();
        return output.at("task_status") == "SUCCEEDED";
    }));
    wan::executors::curl http;
    const auto got = http({.url = std::string{output.at("video_url").as_string()}});
    REQUIRE(got);
    CHECK(got->body == support::contents(video));
}

TEST_CASE("a download breaks twice and is whole then") {
    for (const way& way : {way{"download-reset", "broken"}, way{"download-cut", "broken"},
                           way{"download-long-length", "broken"}, way{"download-html", "502 no JSON"},
                           way{"download-503", "503 no JSON"}}) {
        CAPTURE(std::string{way.fault});
        support::sandbox server{with({"--pace", "0", "--fault", way.fault})};
        account mine{server};
        const auto id = mine.create("shot");
        REQUIRE(mine.becomes(id, "SUCCEEDED"));
        wan::executors::curl http;
        const std::string url{mine.output(id).at("video_url").as_string()};
        for (int i = 0; i < 2; ++i) CHECK(kind_of(http({.url = url})) == way.kind);
        const auto got = http({.url = url});
        REQUIRE(got);
        CHECK(got->body == support::contents(video));
    }
}

TEST_CASE("the client gets its video through each of them, with one submit") {
    for (const char* fault :
         {"query-reset", "query-cut", "query-long-length", "query-short-length", "query-repeated-keys",
          "query-clock-jump", "query-unknown", "query-404", "query-gzip", "submit-gzip", "long-id"}) {
        CAPTURE(std::string{fault});
        support::sandbox server{with({"--fault", fault})};
        const auto got = wan_cli(keyframes(server, {"--json"}));
        CHECK(got.code == 0);
        CHECK(server.count("submits") == 1);
        CHECK(server.count("created") == 1);
    }
}

TEST_CASE("a download that ends early in order is no whole video: the client goes on until it has one") {
    for (const char* fault : {"download-short-chunks", "download-short-close"}) {
        CAPTURE(std::string{fault});
        const support::temporary_folder folder;
        const auto whole = support::mp4({832, 480}, 2000);
        std::ofstream{folder / "whole.mp4", std::ios::binary} << whole;
        support::sandbox server{{"--video", folder / "whole.mp4", "--fault", fault}};
        const auto got = wan_cli(keyframes(server, {"--out", folder / "video.mp4"}));
        CHECK_MESSAGE(got.code == 0, got.err);
        CHECK(support::contents(folder / "video.mp4") == whole);
        CHECK(server.count("submits") == 1);
    }
}

TEST_CASE("faults at random: the seed and the number of the call decide") {
    const auto kinds = [](const char* seed, const char* rate) {
        support::sandbox server{
            with({"--fault-rate", rate, "--seed", seed, "--fault", "query-reset", "--fault", "query-503",
                  "--fault", "query-garbage", "--fault", "submit-429"})};
        account mine{server};
        std::vector<std::string> all;
        for (int i = 0; i < 60; ++i)
            all.push_back(i % 3 == 0 ? kind_of(mine.submit("shot")) : kind_of(mine.query("none")));
        std::int64_t faulted = 0;
        const auto stats = server.stats();
        for (const auto& [name, times] : stats.at("faults").as_object())
            faulted += times.to_number<std::int64_t>();
        CHECK(std::count(all.begin(), all.end(), "200 JSON") == 60 - faulted);
        return all;
    };
    const auto first = kinds("7", "0.3");
    CHECK(kinds("7", "0.3") == first);
    CHECK(kinds("8", "0.3") != first);
    const auto well = std::count(first.begin(), first.end(), "200 JSON");
    CHECK(well > 30);
    CHECK(well < 55);
    const auto none = kinds("7", "0"); // the first few of each, as without a rate
    CHECK(std::count(none.begin(), none.end(), "429 JSON") == 2);
    const auto every = kinds("7", "1");
    CHECK(std::count(every.begin(), every.end(), "200 JSON") == 0);
}

TEST_CASE(
    "by default only what a patient client survives is drawn, and the stats tell whose tasks came of it") {
    support::sandbox server{with({"--fault-rate", "0.4", "--seed", "1", "--pace", "20"})};
    account mine{server};
    const auto until = [](const auto& asked) {
        for (int i = 0; i < 100; ++i) {
            const auto got = asked();
            if (kind_of(got) == "200 JSON") return got;
        }
        return asked();
    };
    for (int shot = 0; shot < 4; ++shot) {
        CAPTURE(shot);
        const auto prompt = "shot " + std::to_string(shot);
        (void)until([&] { return mine.submit(prompt, "wan2.2-kf2v-flash", 300ms); });
        REQUIRE(support::eventually([&] {
            const auto got = until([&] { return mine.get("/tasks/?page_size=100&status=SUCCEEDED", 300ms); });
            const auto page = support::parse_json(got->body).as_object();
            return server.stats().at("prompts").as_object().contains(prompt) && page.contains("data");
        }));
    }
    CHECK(support::eventually([&] {
        const auto all = server.stats();
        const auto& states = all.at("states").as_object();
        return states.size() == 1 && states.contains("SUCCEEDED"); // all may be RUNNING for a moment
    }));
    const auto stats = server.stats();
    std::int64_t created = 0, succeeded = 0;
    for (const auto& [prompt, numbers] : stats.at("prompts").as_object()) {
        created += numbers.at("created").to_number<std::int64_t>();
        succeeded += numbers.at("SUCCEEDED").to_number<std::int64_t>();
    }
    CHECK(created >= 4); // those who submit again without a look make more
    CHECK(succeeded == created);
    CHECK(stats.at("states").at("SUCCEEDED") == created);
    CHECK(stats.at("created") == created);
    CHECK_FALSE(stats.at("faults").as_object().empty());
    for (const char* name : {"forget", "canceled", "query-huge", "no-video-url"})
        CHECK(injected(server, name) == 0);
}

TEST_CASE("a fault that does not exist is refused, and the help names all that do") {
    for (const char* name : {"submit-forget", "download-short-length", "query-", "reset"}) {
        support::program wrong{WAN_SANDBOX_PROGRAM, {"--fault", name}};
        CHECK(wrong.wait() == 2);
        CHECK(wrong.err().find("query-long-length") != std::string::npos);
    }
    support::program help{WAN_SANDBOX_PROGRAM, {"--help"}};
    CHECK(help.wait() == 0);
    for (const char* word : {"--fault-rate", "--seed", "--video", "--running", "--submits-per-second",
                             "short-length", "no-video-url"})
        CHECK_MESSAGE(help.out().find(word) != std::string::npos, word);
}
