// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// From a video's URL to a file that is whole, whatever the way does.
#include "support/batch.hpp"
#include "support/database.hpp"
#include "support/doctest.hpp"
#include "support/files.hpp"
#include "support/raw_peer.hpp"
#include "support/sandbox.hpp"

#include <wan/video/download.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

TEST_SUITE_BEGIN("download");

using support::batch_folder;
using support::raw_peer;
using support::sandbox;
using support::wan_cli;

namespace {

namespace fs = std::filesystem;

/// A service whose only task has succeeded, and the host of its video.
class video_host {
public:
    explicit video_host(std::function<std::string(const std::string& head, int download)> video)
        : video_(std::move(video)),
          peer_([this](raw_peer::socket& s, const std::string& head) { answer(s, head); }) {
        url_ = peer_.url();
    }

    int downloads() const { return downloads_; }
    int submits() const { return submits_; }
    std::vector<std::string> command(std::vector<std::string> more) const {
        more.insert(more.begin(), {"keyframe-to-video", "--base-url", url_, "--first-frame",
                                   "https://example.com/a.png", "--poll-every", "0.05"});
        return more;
    }
    const std::string& url() const { return url_; }

private:
    void answer(raw_peer::socket& s, const std::string& head) {
        const std::string ok = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
        if (head.starts_with("POST")) {
            ++submits_;
            return raw_peer::send(s, ok + R"({"output":{"task_id":"t"}})");
        }
        if (!head.starts_with("GET /video.mp4"))
            return raw_peer::send(s,
                                  ok + R"({"output":{"task_id":"t","task_status":"SUCCEEDED","video_url":")" +
                                      url_ + R"(/video.mp4"}})");
        const auto said = video_(head, ++downloads_);
        raw_peer::send(s, said);
        if (said.ends_with(still_coming)) raw_peer::hold(s);
    }

public:
    static constexpr std::string_view still_coming = "...";

private:
    std::function<std::string(const std::string&, int)> video_;
    std::string url_;
    std::atomic<int> downloads_{0}, submits_{0};
    raw_peer peer_; ///< the last member: it answers from the start
};

std::string box(const std::string& type, const std::string& content) {
    return support::big_endian(static_cast<std::uint32_t>(8 + content.size())) + type + content;
}

/// The movie box comes last, as ffmpeg writes it.
const std::string mp4 = box("ftyp", "isom0000isom") + box("mdat", std::string(20'000, 'v') + "end") +
                        box("moov", std::string(100, '\0'));

std::string answer(const std::string& status, const std::string& headers, const std::string& body) {
    return "HTTP/1.1 " + status + "\r\n" + headers + "Connection: close\r\n\r\n" + body;
}
std::string length(std::size_t bytes) { return "Content-Length: " + std::to_string(bytes) + "\r\n"; }

bool asks_from(const std::string& head, std::size_t first, const std::string& etag) {
    return head.find("Range: bytes=" + std::to_string(first) + "-\r\n") != std::string::npos &&
           head.find("If-Range: " + etag + "\r\n") != std::string::npos;
}

bool is_clean(const std::string& file) {
    return !fs::exists(file + ".part") && !fs::exists(file + ".part.etag");
}

void write(const std::string& file, const std::string& text) {
    std::ofstream{file, std::ios::binary} << text;
}

} // namespace

TEST_CASE("the sandbox gives the rest of a video to whoever has the first part of the same") {
    batch_folder folder{1};
    const sandbox server{{"--video", folder.video()}};
    const auto made = wan_cli(support::keyframes(server, {"--json"}));
    REQUIRE(made.code == 0);
    const std::string url{made.json().at("video").at("url").as_string()},
        whole = support::contents(folder.video());
    const auto get = [&](std::uint64_t from, const std::string& etag) {
        wan::executors::curl http;
        auto answered = http(wan::make_download(url, from, etag).value());
        REQUIRE(answered);
        return *answered;
    };
    const auto first = get(0, "");
    CHECK(first.status == 200);
    CHECK(first.body == whole);
    const auto head = wan::parse_download_head(first.status, first.headers, 0);
    REQUIRE(head);
    REQUIRE_FALSE(head->etag.empty());
    CHECK(head->size == whole.size());

    const auto rest = get(100, head->etag);
    CHECK(rest.status == 206);
    CHECK(rest.body == whole.substr(100));
    const auto of_rest = wan::parse_download_head(rest.status, rest.headers, 100, head->etag);
    REQUIRE(of_rest);
    CHECK(of_rest->offset == 100);
    CHECK(of_rest->size == whole.size());
    CHECK(get(100, "\"another\"").body == whole);
    const auto nothing = get(whole.size(), head->etag);
    CHECK(nothing.status == 416);
    CHECK(wan::parse_download_head(nothing.status, nothing.headers, whole.size(), head->etag)->is_complete());
    CHECK(server.count("resumed_downloads") == 1);
}

TEST_CASE("a download that breaks off goes on where it was") {
    batch_folder folder{1};
    support::temporary_folder out;
    const sandbox server{{"--video", folder.video(), "--fault", "download-cut"}};
    const auto file = out / "video.mp4";
    const auto got = wan_cli(support::keyframes(server, {"--out", file}));
    CHECK(got.code == 0);
    CHECK(support::contents(file) == support::contents(folder.video()));
    CHECK(is_clean(file));
    CHECK(server.count("downloads") == 3);
    CHECK(server.count("resumed_downloads") == 2);
    CHECK(server.count("submits") == 1);
    CHECK_MESSAGE(got.err.find("wan: the download failed: ") != std::string::npos, got.err);
    // 24 hours, or a moment less
    CHECK(got.err.find("; retrying in 1 s; the video's URL expires in 2") != std::string::npos);
    CHECK(got.err.find("\nthe video's URL expires in 2") != std::string::npos);
    CHECK(got.err.ends_with(" hours\n"));
}

TEST_CASE("the downloads of a batch go on as well") {
    batch_folder folder{1};
    const sandbox server{{"--video", folder.video(), "--fault", "download-cut"}};
    const auto got = folder.run(server);
    CHECK(got.code == 0);
    CHECK(folder.videos() == 1);
    CHECK(is_clean(folder.out("shot-0.mp4")));
    CHECK(support::contents(folder.out("shot-0.mp4")) == support::contents(folder.video()));
    CHECK(server.count("resumed_downloads") == 2);
    CHECK_MESSAGE(got.err.find("shot-0  the download failed: ") != std::string::npos, got.err);
}

TEST_CASE("another run goes on where a stopped one was") {
    const std::string etag = "\"one\"";
    const auto half = mp4.size() / 2;
    video_host host{[&](const std::string& head, int download) {
        if (download == 1)
            return answer("200 OK", length(mp4.size()) + "ETag: " + etag + "\r\n",
                          mp4.substr(0, half) + std::string{video_host::still_coming});
        if (!asks_from(head, half + video_host::still_coming.size(), etag))
            return answer("400 Bad Request", "", "");
        const auto first = half + video_host::still_coming.size();
        return answer("206 Partial Content",
                      "Content-Range: bytes " + std::to_string(first) + "-" + std::to_string(mp4.size() - 1) +
                          "/" + std::to_string(mp4.size()) + "\r\n",
                      mp4.substr(first));
    }};
    support::temporary_folder folder;
    const auto file = folder / "video.mp4", token = folder / "token";
    support::program p{WAN_PROGRAM,
                       host.command({"--out", file, "--token", token}),
                       {"DASHSCOPE_API_KEY=" + support::secret}};
    const auto there = [&] {
        std::error_code none;
        const auto size = fs::file_size(file + ".part", none);
        return !none && size > 0;
    };
    REQUIRE(support::eventually(there));
    CHECK_FALSE(fs::exists(file));
    p.kill(SIGINT);
    CHECK(support::wait_for(p).code == 4);
    REQUIRE(fs::file_size(file + ".part") == half + video_host::still_coming.size());
    CHECK(support::contents(file + ".part.etag") == etag);

    const auto got = wan_cli({"resume", "--token", token, "--base-url", host.url(), "--out", file});
    CHECK_MESSAGE(got.code == 0, got.err);
    CHECK(support::contents(file) == mp4.substr(0, half) + std::string{video_host::still_coming} +
                                         mp4.substr(half + video_host::still_coming.size()));
    CHECK(is_clean(file));
    CHECK(host.downloads() == 2);
}

TEST_CASE(
    "a video that is made and not fetched: the same command neither pays for another one nor loses it") {
    video_host host{[](const std::string&, int download) {
        return download == 1 ? answer("403 Forbidden", "", "") : answer("200 OK", length(mp4.size()), mp4);
    }};
    support::temporary_folder folder;
    const auto file = folder / "video.mp4", token = folder / "token";
    const auto command = host.command({"--out", file, "--token", token});
    CHECK(wan_cli(command).code == 1);
    const auto kept = support::contents(token);

    auto another = command;
    another.insert(another.end(), {"--prompt", "another video"});
    for (const auto& arguments : {command, another}) {
        const auto again = wan_cli(arguments);
        CHECK(again.code == 2);
        CHECK_MESSAGE(again.err.find("`wan resume --token " + token + " --base-url " + host.url() +
                                     " --out " + file + "`") != std::string::npos,
                      again.err);
        CHECK(support::contents(token) == kept);
        CHECK_FALSE(fs::exists(file));
    }
    CHECK(host.submits() == 1);

    CHECK(wan_cli({"resume", "--token", token, "--base-url", host.url(), "--out", file}).code == 0);
    CHECK(support::contents(file) == mp4);
    CHECK(host.submits() == 1);

    // It is fetched now: the token's file may be used for the next one, which does not take the place of the
    // video.
    CHECK(wan_cli(another).code == 2);
    CHECK(host.submits() == 1);
    another.push_back("--force");
    CHECK(wan_cli(another).code == 0);
    CHECK(host.submits() == 2);
}

TEST_CASE("kill -9 while a video is downloaded: the same command does not pay for another one") {
    video_host host{[](const std::string&, int download) {
        return answer("200 OK", length(mp4.size()) + "ETag: \"one\"\r\n",
                      download == 1 ? mp4.substr(0, 5000) + std::string{video_host::still_coming} : mp4);
    }};
    support::temporary_folder folder;
    const auto file = folder / "video.mp4", token = folder / "token";
    const auto command = host.command({"--out", file, "--token", token});
    {
        support::program p{WAN_PROGRAM, command, {"DASHSCOPE_API_KEY=" + support::secret}};
        REQUIRE(support::eventually([&] { return fs::exists(file + ".part.etag"); }));
        p.kill(SIGKILL);
        CHECK(p.wait() == 128 + SIGKILL);
    }
    const auto kept = support::contents(token);
    CHECK(wan_cli(command).code == 2);
    CHECK(support::contents(token) == kept);
    CHECK(host.submits() == 1);
    CHECK(wan_cli({"resume", "--token", token, "--base-url", host.url(), "--out", file}).code == 0);
    CHECK(support::contents(file) == mp4);
}

TEST_CASE(
    "a token that does not say that its video was fetched is not overwritten, whatever files there are") {
    // As after a crash between the video's last step and the token's.
    video_host host{[](const std::string&, int) { return answer("200 OK", length(mp4.size()), mp4); }};
    support::temporary_folder folder;
    const auto file = folder / "video.mp4", token = folder / "token";
    const auto kept = R"({"wan_token":1,"dialect":"dashscope","base_url":")" + host.url() +
                      R"(","model":"m","state":"ended","ending":"succeeded","task_id":"t"})";
    write(file, mp4);
    write(token, kept);
    CHECK(wan_cli(host.command({"--out", file, "--token", token})).code == 2);
    CHECK(support::contents(token) == kept);
    CHECK(host.submits() == 0);
}

TEST_CASE("whose video was only told by its URL is not fetched") {
    video_host host{[](const std::string&, int) { return answer("200 OK", length(mp4.size()), mp4); }};
    support::temporary_folder folder;
    const auto file = folder / "video.mp4", token = folder / "token";
    const std::vector<std::string> resume{"resume", "--token", token, "--base-url", host.url()};
    CHECK(wan_cli(host.command({"--token", token})).code == 0);
    CHECK(wan_cli(host.command({"--token", token})).code == 2);
    CHECK(host.submits() == 1);

    auto fetch = resume;
    fetch.insert(fetch.end(), {"--out", file});
    CHECK(wan_cli(fetch).code == 0);
    CHECK(wan_cli(resume).code == 0); // asked for its URL once more, it is fetched all the same
    CHECK(wan_cli(host.command({"--token", token})).code == 0);
    CHECK(host.submits() == 2);

    // What was fetched was another task's video.
    CHECK(wan_cli(host.command({"--token", token})).code == 2);
    CHECK(host.submits() == 2);
}

TEST_CASE("what is there of another video does not get into this one") {
    for (const char* etag : {"", "\"of-another\""}) {
        CAPTURE(std::string{etag});
        batch_folder folder{1};
        support::temporary_folder out;
        const sandbox server{{"--video", folder.video()}};
        const auto file = out / "video.mp4";
        write(file + ".part", "another video's first part");
        if (*etag != '\0') write(file + ".part.etag", etag);
        CHECK(wan_cli(support::keyframes(server, {"--out", file})).code == 0);
        CHECK(support::contents(file) == support::contents(folder.video()));
        CHECK(is_clean(file));
    }
}

TEST_CASE("a server that goes on with something else is asked for the whole") {
    const auto rest = [](const std::string& headers) {
        return answer("206 Partial Content", headers, "rest");
    };
    const std::string whole = answer("200 OK", length(mp4.size()), mp4),
                      wrong_range = "Content-Range: bytes 0-3/" + std::to_string(mp4.size()) + "\r\n",
                      wrong_etag = "Content-Range: bytes 5-8/9\r\nETag: \"two\"\r\n";
    for (const auto& wrong : {rest(wrong_range), rest(wrong_etag), rest(""),
                              answer("416 Range Not Satisfiable", "Content-Range: bytes */3\r\n", "")}) {
        CAPTURE(wrong);
        video_host host{
            [&](const std::string& head, int) { return asks_from(head, 5, "\"one\"") ? wrong : whole; }};
        support::temporary_folder folder;
        const auto file = folder / "video.mp4";
        write(file + ".part", "first");
        write(file + ".part.etag", "\"one\"");
        CHECK(wan_cli(host.command({"--out", file})).code == 0);
        CHECK(support::contents(file) == mp4);
        CHECK(host.downloads() == 2);
    }
}

TEST_CASE("of a video that has come to its end nothing is fetched again") {
    video_host host{[&](const std::string& head, int) {
        return asks_from(head, mp4.size(), "\"one\"")
                   ? answer("416 Range Not Satisfiable",
                            "Content-Range: bytes */" + std::to_string(mp4.size()) + "\r\n", "<Error/>")
                   : answer("400 Bad Request", "", "");
    }};
    support::temporary_folder folder;
    const auto file = folder / "video.mp4";
    write(file + ".part", mp4);
    write(file + ".part.etag", "\"one\"");
    const auto got = wan_cli(host.command({"--out", file}));
    CHECK_MESSAGE(got.code == 0, got.err);
    CHECK(support::contents(file) == mp4);
    CHECK(is_clean(file));
    CHECK(host.downloads() == 1);
}

TEST_CASE("without an ETag a download begins anew") {
    video_host host{[&](const std::string& head, int download) {
        if (head.find("Range:") != std::string::npos) return answer("400 Bad Request", "", "");
        return download == 1 ? answer("200 OK", length(mp4.size()), mp4.substr(0, 100))
                             : answer("200 OK", length(mp4.size()), mp4);
    }};
    support::temporary_folder folder;
    const auto file = folder / "video.mp4";
    CHECK(wan_cli(host.command({"--out", file})).code == 0);
    CHECK(support::contents(file) == mp4);
    CHECK(host.downloads() == 2);
}

TEST_CASE("a page instead of a video is told, and is no file") {
    for (const char* type : {"text/html", "video/mp4"}) {
        video_host host{[&](const std::string&, int) {
            return answer("200 OK", "ETag: \"one\"\r\nContent-Type: " + std::string{type} + "\r\n",
                          "<html><body>Please log in\x1b[31m</body></html>");
        }};
        support::temporary_folder folder;
        const auto file = folder / "video.mp4";
        const auto got = wan_cli(host.command({"--out", file}));
        CHECK(got.code == 1);
        CHECK_MESSAGE(
            got.err.find("the video was made, but not downloaded: the download is not an MP4 but an "
                         "HTML page: \"<html><body>Please log in\\x1b[31m</body></html>\"") !=
                std::string::npos,
            got.err);
        CHECK(got.out.find("/video.mp4") != std::string::npos); // the URL, since there is no file
        CHECK_FALSE(fs::exists(file));
        CHECK(is_clean(file));
        CHECK(host.downloads() == 1);
    }
}

TEST_CASE("an expired URL is told at once") {
    video_host host{[](const std::string&, int) {
        return answer("403 Forbidden", "", "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>");
    }};
    support::temporary_folder folder;
    const auto file = folder / "video.mp4";
    const auto got = wan_cli(host.command({"--out", file, "--json"}));
    CHECK(got.code == 1);
    CHECK(got.state() == "succeeded");
    const std::string said{got.json().at("error").at("message").as_string()};
    CHECK_MESSAGE(said.find("the video's URL has expired") != std::string::npos, said);
    CHECK(got.json().at("error").at("http_status") == 403);
    CHECK_FALSE(fs::exists(file));
    CHECK(is_clean(file));
    CHECK(host.downloads() == 1);
}

TEST_CASE("a redirect is followed, since there is no key to lose") {
    raw_peer elsewhere{raw_peer::answering(answer("200 OK", length(mp4.size()), mp4))};
    video_host host{[&](const std::string&, int) {
        return answer("302 Found", "Location: " + elsewhere.url() + "/b.mp4\r\n", "elsewhere");
    }};
    support::temporary_folder folder;
    const auto file = folder / "video.mp4";
    CHECK(wan_cli(host.command({"--out", file})).code == 0);
    CHECK(support::contents(file) == mp4);
    CHECK(elsewhere.last_head().find("Authorization") == std::string::npos);
}

TEST_CASE("a download that ends early, in whatever order, is fetched again and never gets the video's name "
          "before it is whole") {
    const auto part = mp4.substr(0, mp4.size() / 3);
    const auto chunked = [](const std::string& body) {
        char size[20];
        std::snprintf(size, sizeof size, "%zx", body.size());
        return "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + std::string{size} + "\r\n" + body +
               "\r\n0\r\n\r\n";
    };
    const std::string ok = "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n";
    for (const auto& early : {ok + chunked(part), "HTTP/1.0 200 OK\r\n\r\n" + part,
                              ok + length(part.size()) + "Connection: close\r\n\r\n" + part,
                              ok + length(0) + "Connection: close\r\n\r\n"}) {
        CAPTURE(early.substr(0, 120));
        video_host host{
            [&](const std::string&, int download) { return download == 1 ? early : ok + chunked(mp4); }};
        support::temporary_folder folder;
        const auto file = folder / "video.mp4";
        const auto got = wan_cli(host.command({"--out", file}));
        CHECK_MESSAGE(got.code == (early.find(length(0)) != std::string::npos ? 1 : 0), got.err);
        if (got.code == 0) {
            CHECK(host.downloads() == 2);
            CHECK(support::contents(file) == mp4);
            CHECK(got.err.find("the video is incomplete or damaged, it has " + std::to_string(part.size()) +
                               " bytes: MP4: ends ") != std::string::npos);
        } else {
            CHECK_FALSE(fs::exists(file));
        }
        CHECK(is_clean(file));
    }
}

TEST_CASE("a download that ends early goes on where it was if the server names the file") {
    const auto third = mp4.size() / 3;
    video_host host{[&](const std::string& head, int download) {
        const auto from = static_cast<std::size_t>(download - 1) * third;
        if (download > 1 && !asks_from(head, from, "\"one\"")) return answer("400 Bad Request", "", "");
        const auto to = (std::min)(from + third, mp4.size());
        const auto range = "Content-Range: bytes " + std::to_string(from) + "-" + std::to_string(to - 1) +
                           "/" + std::to_string(mp4.size()) + "\r\n";
        return answer(download == 1 ? "200 OK" : "206 Partial Content",
                      (download == 1 ? "" : range) + "ETag: \"one\"\r\n", mp4.substr(from, third));
    }};
    support::temporary_folder folder;
    const auto file = folder / "video.mp4";
    const auto got = wan_cli(host.command({"--out", file}));
    CHECK_MESSAGE(got.code == 0, got.err);
    CHECK(support::contents(file) == mp4);
}

TEST_CASE("what is no MP4 is kept with a warning if it came whole by its Content-Length") {
    const std::string webm = "\x1A\x45\xDF\xA3 another container " + std::string(100, 'w');
    video_host host{[&](const std::string&, int) { return answer("200 OK", length(webm.size()), webm); }};
    support::temporary_folder folder;
    const auto file = folder / "video.mp4";
    const auto got = wan_cli(host.command({"--out", file}));
    CHECK(got.code == 0);
    CHECK(support::contents(file) == webm);
    CHECK_MESSAGE(got.err.find("wan: warning: the download is not an MP4; it begins: ") != std::string::npos,
                  got.err);

    video_host endless{[&](const std::string&, int) { return answer("200 OK", "", webm); }};
    const auto other = folder / "other.mp4";
    CHECK(wan_cli(endless.command({"--out", other})).code == 1);
    CHECK_FALSE(fs::exists(other));
}

TEST_CASE("what the store says is shown, and asked only once where the answer stays the same") {
    const std::string xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n  <Code>InvalidArgument</Code>\n  "
        "<Message>Only one auth mechanism allowed</Message></Error>";
    for (const char* status : {"400 Bad Request", "403 Forbidden", "404 Not Found"}) {
        CAPTURE(std::string{status});
        video_host host{[&](const std::string&, int) {
            return answer(status, length(xml.size()) + "Content-Type: application/xml\r\n", xml);
        }};
        support::temporary_folder folder;
        const auto got = wan_cli(host.command({"--out", folder / "video.mp4", "--json"}));
        CHECK(got.code == 1);
        CHECK(host.downloads() == 1);
        const auto why = got.json().at("error");
        CHECK(why.at("code") == "InvalidArgument");
        CHECK_MESSAGE(std::string{why.at("message").as_string()}.find(
                          "the video server reports: Only one auth mechanism allowed") != std::string::npos,
                      got.out);
    }
}

TEST_CASE("a video in a content coding, although none was asked for: the coding is named, and not asked for "
          "again") {
    video_host host{[&](const std::string&, int) {
        return answer("200 OK", "Content-Encoding: gzip\r\n" + length(3), "\x1f\x8b\x08");
    }};
    support::temporary_folder folder;
    const auto got = wan_cli(host.command({"--out", folder / "video.mp4"}));
    CHECK(got.code == 1);
    CHECK(host.downloads() == 1);
    CHECK_MESSAGE(got.err.find("unexpected Content-Encoding \"gzip\"; \"identity\" was requested; turn off "
                               "compression in the proxy, if there is one") != std::string::npos,
                  got.err);
}

TEST_CASE("a file that is there is refused before anything is sent, so that a finished command run again "
          "pays for nothing") {
    video_host host{[](const std::string&, int) { return answer("200 OK", length(mp4.size()), mp4); }};
    support::temporary_folder folder;
    const auto file = folder / "video.mp4";
    auto command = host.command({"--out", file});
    REQUIRE(wan_cli(command).code == 0);
    write(file, "edited");
    const auto again = wan_cli(command);
    CHECK(again.code == 2);
    CHECK_MESSAGE(again.err.find("--out: " + file + " already exists; use --force to replace it") !=
                      std::string::npos,
                  again.err);
    CHECK(host.submits() == 1);
    CHECK(support::contents(file) == "edited");
    command.push_back("--force");
    CHECK(wan_cli(command).code == 0);
    CHECK(support::contents(file) == mp4);
    CHECK(host.submits() == 2);
}

TEST_CASE("wan resume takes a whole file that is there as the video, and no other") {
    const auto kept = [](const video_host& host, const std::string& state, const std::string& more = "") {
        return R"({"wan_token":1,"dialect":"dashscope","base_url":")" + host.url() +
               R"(","model":"m","state":")" + state + R"(","task_id":"t")" + more + "}";
    };
    video_host host{[](const std::string&, int) { return answer("200 OK", length(mp4.size()), mp4); }};
    support::temporary_folder folder;
    const auto file = folder / "video.mp4", token = folder / "token";
    const std::vector<std::string> resume{"resume",   "--token", token, "--base-url",
                                          host.url(), "--out",   file,  "--json"};
    write(file, mp4);
    write(token, kept(host, R"(ended","ending":"succeeded)"));
    const auto taken = wan_cli(resume);
    CHECK_MESSAGE(taken.code == 0, taken.out);
    CHECK(taken.json().at("task_id") == "t");
    CHECK(std::string{taken.json().at("video").at("file").as_string()} == file);
    CHECK(host.downloads() == 0);
    CHECK(support::contents(token).find("\"fetched\":true") != std::string::npos);

    const auto refused = [&](const std::string& why, const std::string& bytes, const std::string& saved) {
        CAPTURE(why);
        write(file, bytes);
        write(token, saved);
        CHECK(wan_cli(resume).code == 2);
        CHECK(support::contents(file) == bytes);
        CHECK(host.downloads() == 0);
    };
    refused("it is cut", mp4.substr(0, mp4.size() - 1), kept(host, R"(ended","ending":"succeeded)"));
    refused("there was no video yet when the token was saved", mp4, kept(host, "waiting"));
    refused("it is older than the task", mp4,
            kept(host, R"(ended","ending":"succeeded)", R"(,"started_at":32503680000)"));

    auto forced = resume;
    forced.push_back("--force");
    CHECK(wan_cli(forced).code == 0);
    CHECK(host.downloads() == 1);
}

TEST_CASE("--out - writes the video to standard output, whole, and all else to standard error") {
    video_host host{[](const std::string&, int download) {
        return answer("200 OK", length(mp4.size()), download == 1 ? mp4.substr(0, 500) : mp4);
    }};
    const auto got = wan_cli(host.command({"--out", "-"}));
    CHECK(got.code == 0);
    CHECK((got.out == mp4));
    CHECK(got.err.find("the download failed: ") != std::string::npos);
    CHECK_FALSE(fs::exists("-.part"));

    const auto refused = wan_cli(host.command({"--out", "-", "--json"}));
    CHECK(refused.code == 2);
    CHECK(refused.json().at("error").at("message").as_string().find("--out -") != std::string::npos);
    CHECK(host.submits() == 1);

    video_host none{[](const std::string&, int) { return answer("404 Not Found", "", ""); }};
    const auto failed = wan_cli(none.command({"--out", "-"}));
    CHECK(failed.code == 1);
    CHECK(failed.out == "");
    CHECK(failed.err.find(none.url() + "/video.mp4") != std::string::npos);
}

TEST_CASE("a batch takes a whole video that its state does not know yet as the shot's, and replaces no "
          "other file") {
    batch_folder folder{1};
    const sandbox server{{"--video", folder.video()}};
    REQUIRE(folder.run(server).code == 0);
    // As after a crash between the video's last step and the state's.
    const auto forget = [&] { support::query(folder.state(), "UPDATE shots SET video_bytes = NULL"); };
    forget();
    CHECK(folder.run(server).code == 0);
    CHECK(server.count("downloads") == 1);

    forget();
    write(folder.out("shot-0.mp4"), "edited");
    const auto refused = folder.run(server);
    CHECK(refused.code == 2);
    CHECK_MESSAGE(refused.err.find("shot-0.mp4 exists") != std::string::npos, refused.err);
    CHECK(support::contents(folder.out("shot-0.mp4")) == "edited");
    CHECK(folder.run(server, {"--force"}).code == 0);
    CHECK(support::contents(folder.out("shot-0.mp4")) == support::contents(folder.video()));
    CHECK(server.count("submits") == 1);
}

TEST_CASE("the videos whose URLs expire soonest are downloaded first") {
    constexpr int shots = 12, at_once = 4;
    std::atomic<int> submits{0};
    std::mutex mutex;
    std::condition_variable changed;
    std::set<std::string> known; // tasks whose URLs were told
    std::vector<int> order;      // of the downloads
    std::string url;
    raw_peer peer{[&](raw_peer::socket& s, const std::string& head) {
        const std::string ok = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
        if (head.starts_with("POST"))
            return raw_peer::send(s,
                                  ok + R"({"output":{"task_id":"t)" + std::to_string(submits++) + R"("}})");
        std::unique_lock lock{mutex};
        if (head.find("/tasks/t") != std::string::npos) {
            const auto task = std::stoi(head.substr(head.find("/tasks/t") + 8));
            known.insert(std::to_string(task));
            changed.notify_all();
            // Later tasks have less time left.
            return raw_peer::send(s, ok + R"({"output":{"task_id":"t)" + std::to_string(task) +
                                         R"(","task_status":"SUCCEEDED","video_url":")" + url + "/" +
                                         std::to_string(task) +
                                         ".mp4?Expires=" + std::to_string(4102444800 - 60 * task) + R"("}})");
        }
        if (head.find(".mp4") == std::string::npos) return raw_peer::send(s, answer("404 Not Found", "", ""));
        order.push_back(std::stoi(head.substr(5)));
        changed.wait_for(lock, std::chrono::seconds{20}, [&] { return known.size() == shots; });
        // One after the other, so that the next one begins when this one has ended.
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
        raw_peer::send(s, answer("200 OK", length(mp4.size()), mp4));
    }};
    url = peer.url();
    batch_folder folder{shots};
    const auto got = wan_cli(folder.arguments(url));
    CHECK_MESSAGE(got.code == 0, got.err);
    REQUIRE(order.size() == shots);
    CHECK_MESSAGE(std::is_sorted(order.begin() + at_once, order.end(), std::greater{}), got.err);
}
