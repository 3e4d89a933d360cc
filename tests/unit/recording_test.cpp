// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "support/doctest.hpp"
#include "support/files.hpp"
#include "support/scripted_peer.hpp"
#include "support/store_peer.hpp"

#include "../../examples/executors/recording.hpp"

#include <wan/run/callback.hpp>
#include <wan/wan.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("recording");

using namespace support;
using wan::delivery;
using wan::http_request;
using wan::executors::recorded_exchange;
using wan::executors::recorder;
using wan::executors::recording;
using wan::executors::replayer;

namespace {

http_request post(std::string url, std::string body) {
    return {.method = wan::http_method::post,
            .url = std::move(url),
            .headers = {{"Authorization", "Bearer sk-test-secret", true}},
            .body = std::move(body)};
}

/// What one exchange becomes.
std::string line_of(const http_request& request, wan::http_result result) {
    std::string line;
    recorder http{scripted_peer{{std::move(result)}},
                  [&](const recorded_exchange& e) { line += to_json(e); }};
    (void)http(request);
    return line;
}

recording read(const std::string& lines) {
    const auto all = wan::executors::read_recording(lines);
    REQUIRE_MESSAGE(all, all.error().message);
    return *all;
}

struct recorded_run {
    wan::outcome end;
    std::string lines;
};

template <class Peer>
recorded_run record(const Peer& peer, const wan::keyframe_to_video& shot) {
    recorded_run run;
    recorder http{peer, [&](const recorded_exchange& e) { run.lines += to_json(e) + "\n"; }};
    run.end = wan::run(test_provider(), shot, http, {.policy = exact_policy()}, virtual_timer{});
    return run;
}

} // namespace

TEST_CASE("a run that was recorded is replayed to the same end") {
    const auto recorded = record(scripted_peer{{submitted(), status("RUNNING"), maybe_sent(),
                                                failure(503, "ModelUnavailable"), succeeded()}},
                                 test_shot());
    REQUIRE(recorded.end);
    const replayer http{read(recorded.lines)};
    const auto again =
        wan::run(test_provider(), test_shot(), http, {.policy = exact_policy()}, virtual_timer{});
    CHECK(to_string(again) == to_string(recorded.end));
    CHECK(again.video->url == recorded.end.video->url);
    CHECK(http.left().empty());
}

TEST_CASE("a run with uploaded files is replayed, though its grants and signatures are masked") {
    static const std::string png = "\x89PNG\r\n\x1a\n";
    auto shot = test_shot();
    const store_peer store;
    std::string lines;
    recorder http{store, [&](const recorded_exchange& e) { lines += to_json(e) + "\n"; }};
    const auto ask = wan::make_upload_policy(test_provider(), "wan2.2-kf2v-flash");
    REQUIRE(ask);
    const auto upload = [&](auto&& execute) {
        const auto granted = wan::parse_upload_policy(test_provider(), execute(*ask));
        REQUIRE_FALSE(granted.error);
        const auto bytes = std::make_shared<wan::borrowed_bytes>(std::as_bytes(std::span{png}));
        const auto form =
            *wan::make_upload(granted.policy, {.bytes = bytes, .name = "a.png", .type = "image/png"});
        return wan::parse_upload(execute(form));
    };
    CHECK_FALSE(upload(http).error);
    for (const auto* secret : {"sk-test-secret", "eyJl...1ZSJ=", "g5K...d40=", "LTA..."})
        CHECK_MESSAGE(lines.find(secret) == std::string::npos, secret << " in " << lines);
    CHECK(lines.find("<8 bytes>") != std::string::npos);
    const replayer again{read(lines)};
    CHECK_FALSE(upload(again).error);
    CHECK(again.left().empty());
}

TEST_CASE("a whole run with uploads is replayed in another process, at another time") {
    static const std::string bytes = png({750, 1000});
    auto shot = test_shot();
    shot.first_frame_url = wan::media{shared_bytes(bytes, true), "a.png", wan::media_transfer::upload};
    shot.last_frame_url =
        wan::media{shared_bytes(png({1000, 750}), true), "b.png", wan::media_transfer::upload};
    int lost = 0;
    const store_peer store{[&](std::size_t, const http_request& r) {
        return store_peer::is_file(r) && lost++ == 0 ? std::optional{maybe_sent()} : std::nullopt;
    }};
    const auto recorded = record(store, shot);
    REQUIRE(recorded.end);
    for (const auto start : {0s, 1s, 86'400s}) {
        virtual_timer timer;
        timer.sleep_until(wan::time_point{start});
        const replayer http{read(recorded.lines)};
        const auto again = wan::run(test_provider(), shot, http, {}, timer);
        CHECK_MESSAGE(again, to_string(again));
        CHECK(http.left().empty());
    }
    // Other files are other requests.
    shot.first_frame_url = wan::media{shared_bytes(png({750, 1000}, png_colour::rgb, 100'000), true), "a.png",
                                      wan::media_transfer::upload};
    CHECK_FALSE(wan::run(test_provider(), shot, replayer{read(recorded.lines)}, {}, virtual_timer{}));
}

TEST_CASE("no secret is recorded, wherever it stands") {
    const std::string url = "https://bucket.example/"
                            "v.mp4?Expires=1756777047&Signature=abc%2Fdef&OSSAccessKeyId=LTAI5&X-Amz-"
                            "Credential=AKIA&x-oss-security-token=tok#sig";
    const auto line = line_of(
        post(
            url,
            R"({"first_frame_url":"https://b.example/f.png?a=1\u0026sign=s3cr&x=2","prompt":"sk-test-secret = key: none"})"),
        answer(200,
               R"({"video_url":")" + url +
                   R"(","token": "t0k\"en","usage":{"tokens":5},"echo":"sk-test-secret"})",
               {{"Set-Cookie", "session=c00kie"},
                {"X-Auth-Token", "hdr-tok"},
                {"X-Echo", "Bearer sk-test-secret"},
                {"Date", "now"}}));
    for (const auto* secret :
         {"sk-test-secret", "abc%2Fdef", "LTAI5", "AKIA", "=tok", "s3cr", "t0k", "c00kie", "hdr-tok"})
        CHECK_MESSAGE(line.find(secret) == std::string::npos, secret << " in " << line);
    const auto back = read(line);
    REQUIRE(back.size() == 1);
    CHECK(back[0].url == "https://bucket.example/"
                         "v.mp4?Expires=1756777047&Signature=***&OSSAccessKeyId=***&X-Amz-Credential=***&x-"
                         "oss-security-token=***#sig");
    CHECK(
        back[0].body ==
        R"({"first_frame_url":"https://b.example/f.png?a=1\u0026sign=***&x=2","prompt":"*** = key: none"})");
    REQUIRE(back[0].result);
    CHECK(back[0].result->body ==
          R"({"video_url":")" + back[0].url + R"(","token": "***","usage":{"tokens":5},"echo":"***"})");
    CHECK(*wan::find_header(back[0].result->headers, "Date") == "now");
    CHECK(*wan::find_header(back[0].result->headers, "X-Echo") == "Bearer ***");
    const auto failed = line_of(post("https://a.example/", "{}"),
                                wan::transport_error{delivery::maybe_sent, "sk-test-secret was refused"});
    CHECK(failed.find("sk-test-secret") == std::string::npos);
}

TEST_CASE("a secret that is spelled with escapes is none that is recorded") {
    const auto reply_of = [](const std::string& body) {
        const auto all = read(line_of(post("https://a.example/", ""), answer(200, body)));
        REQUIRE(all[0].result);
        return all[0].result->body;
    };
    CHECK(reply_of(R"({"url":"https://b.example/v.mp4?Expires\u003d1\u0026Signature\u003dSECRET1"})") ==
          R"({"url":"https://b.example/v.mp4?Expires\u003d1\u0026Signature\u003d***"})");
    CHECK(reply_of(R"({"url":"https:\/\/b.example\/v.mp4?Signature=ab\u002bSEC\/RET1\u003D&x=1"})") ==
          R"({"url":"https:\/\/b.example\/v.mp4?Signature=***&x=1"})");
    CHECK(reply_of(R"({"data":"{\"signature\":\"SECRET2\",\"n\":\"1\"}"})") ==
          R"({"data":"{\"signature\":\"***\",\"n\":\"1\"}"})");
    CHECK(reply_of(R"({"data":"{\"signature\": \"a\\\"SECRET2\"}"})") ==
          R"({"data":"{\"signature\": \"***\"}"})");
    CHECK(reply_of(R"(data: {"data":"{\"token\":\"S2\"}","x":"y"})") ==
          R"(data: {"data":"{\"token\":\"***\"}","x":"y"})");
    CHECK(reply_of(R"({"a":"{\"b\":\"{\\\"token\\\":\\\"S2\\\"}\"}"})") ==
          R"({"a":"{\"b\":\"{\\\"token\\\":\\\"***\\\"}\"}"})");
    CHECK(reply_of(R"({"token" : "S","echo":"{\"prompt\":\"a \\\"fox\\\"\"}"})") ==
          R"({"token" : "***","echo":"{\"prompt\":\"a \\\"fox\\\"\"}"})");
}

TEST_CASE("what a reply granted is masked in the requests that follow, however either spells it") {
    std::string lines;
    recorder http{scripted_peer{{answer(200, R"({"signature":"ab\/SECRET3","policy":"SECRET4\u003d"})"),
                                 answer(200, ""), answer(200, "")}},
                  [&](const recorded_exchange& e) { lines += to_json(e) + "\n"; }};
    (void)http(post("https://a.example/grant", ""));
    (void)http(post("https://a.example/echo?x=ab%2FSECRET3",
                    R"(ab/SECRET3 SECRET4= {"x":"ab\/SECRET3 SECRET4\u003D ab\\\/SECRET3"})"));
    (void)http(post("https://a.example/escaped", "a\\b 100% \\"));
    const auto all = read(lines);
    REQUIRE(all.size() == 3);
    CHECK(all[0].result->body == R"({"signature":"***","policy":"***"})");
    CHECK(all[1].url == "https://a.example/echo?x=***");
    CHECK(all[1].body == R"(*** *** {"x":"*** *** ***"})");
    CHECK(all[2].body == "a\\b 100% \\");
}

TEST_CASE("the secret fields of a form are masked, also where nobody granted them") {
    const auto form = [](const std::string& signature) {
        return "--b\r\nContent-Disposition: form-data; name=\"Signature\"\r\n\r\n" + signature +
               "\r\n--b\r\nContent-Disposition: form-data; name=\"success_action_status\"\r\n\r\n200\r\n"
               "--b\r\ncontent-disposition: form-data; name=\"file\"; "
               "filename=\"token\"\r\n\r\nname=\"token\"\r\n\r\n1\r\n--b--\r\n";
    };
    const auto all = read(line_of(post("https://a.example/", form("SECRET5=")), answer(200, "")));
    CHECK(all[0].body == form("***"));
}

TEST_CASE("of a form the boundary and a name that was made up are not compared, and nothing else") {
    const auto form = [](const std::string& boundary, const std::string& name, const std::string& text) {
        return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nd/" + name +
               "\r\n--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name +
               "\"\r\n\r\n" + text + "\r\n--" + boundary + "--\r\n";
    };
    const std::string first = "6b82d7899bd76b0-first_frame_url.png";
    struct row {
        std::string what;
        std::string recorded, requested;
        bool is_same;
    };
    const row rows[] = {
        {"boundary", form("b1", first, "x"), form("c2", first, "x"), true},
        {"name that was made up", form("b1", first, "x"), form("b1", "75bcd15a-first_frame_url.png", "x"),
         true},
        {"name that was chosen", form("b1", "a-cat.png", "x"), form("b1", "b-cat.png", "x"), false},
        {"file that has the boundary's letters", form("b1", first, "b1"), form("c2", first, "c2"), false},
        {"text with dashes", "--a kitten", "--a dog", false},
        {"text with dashes, of two lines", "--a\r\nkitten", "--b\r\nkitten", false},
        {"text that names a file", "a; filename=\"6b82d789-a.png\"", "a; filename=\"75bcd15a-a.png\"", false},
    };
    for (const auto& row : rows) {
        const replayer http{read(line_of(post("https://a.example/", row.recorded), answer(200, "")))};
        CHECK_MESSAGE(http(post("https://a.example/", row.requested)).has_value() == row.is_same, row.what);
    }
}

TEST_CASE("a recorded request is found also with a key that is a word of its texts") {
    const auto with_key = [](const std::string& key) {
        auto request = post("https://a.example/", R"({"prompt":"a test of fire"})");
        request.headers = {{"Authorization", "Bearer " + key, true}};
        return request;
    };
    for (const auto* recorded : {"sk-1234", "test"}) {
        const replayer http{read(line_of(with_key(recorded), answer(200, "")))};
        CHECK(http(with_key("test")));
    }
    const replayer echoed{
        read(line_of(post("https://a.example/sk-test-secret", "sk-test-secret"), answer(200, "")))};
    CHECK(echoed(post("https://a.example/sk-test-secret", "sk-test-secret")));
}

TEST_CASE("a request whose URL repeats one of its secrets is found again") {
    for (const auto* url :
         {"https://a.example/v?sign=abcdef&again=abcdef", "https://a.example/abcdef?sign=abcdef"}) {
        const replayer http{read(line_of(post(url, "abcdef"), answer(200, "")))};
        CHECK_MESSAGE(http(post(url, "abcdef")), url);
    }
}

TEST_CASE("an exchange is one line, and comes back as it was") {
    const std::string bytes{"\x00\xFF\x80\n\xC3\xA9", 6};
    for (const auto& body :
         {std::string{"{\"a\":\n\"\u00e4\"}"}, bytes, std::string{}, std::string{"\u5c0f\U0001F98A"},
          std::string{"\xC0\xAF"}, std::string{"\xED\xA0\x80"}, std::string{"\xF4\x90\x80\x80"},
          std::string{"a\xE5\xB0"}}) {
        const auto line =
            line_of(post("https://a.example/", body), answer(418, body, {{"Retry-After", "7"}}));
        CHECK(line.find('\n') == std::string::npos);
        const auto back = read("\n" + line + "\r\n\n" + line);
        REQUIRE(back.size() == 2);
        CHECK(back[1].method == wan::http_method::post);
        CHECK(back[1].body == body);
        REQUIRE(back[1].result);
        CHECK(back[1].result->status == 418);
        CHECK(back[1].result->body == body);
        CHECK(*wan::find_header(back[1].result->headers, "retry-after") == "7");
    }
    for (const auto& result : {not_sent(), maybe_sent()}) {
        const auto back = read(line_of(post("https://a.example/", ""), result));
        REQUIRE_FALSE(back[0].result);
        CHECK(back[0].result.error().sent == result.error().sent);
        CHECK(back[0].result.error().message == result.error().message);
    }
}

TEST_CASE("what is no recording is refused, with the line") {
    const auto good = line_of(post("https://a.example/", ""), answer(200, ""));
    for (const auto* bad : {"{", "[]", "{}", R"({"method":"PUT","url":"u","status":200,"reply":""})",
                            R"({"method":"GET","url":"u","status":-1,"reply":""})",
                            R"({"method":"GET","url":"u","status":200})",
                            R"({"method":"GET","url":"u","error":"e","sent":"perhaps"})",
                            R"({"method":"GET","url":"u","status":200,"reply":"","headers":[["a"]]})"}) {
        const auto all = wan::executors::read_recording(good + "\n" + bad + "\n");
        REQUIRE_FALSE(all);
        CHECK(all.error().category == wan::error_category::storage);
        CHECK(all.error().message == "line 2 is not a recorded exchange; record the run again");
    }
}

TEST_CASE("what was not recorded is named, and counts as not sent") {
    const replayer http{read(
        line_of(post("https://a.example/submit", R"({"model":"m","prompt":"a kitten looks up at the sky"})"),
                submitted()))};
    const auto said = [&](const http_request& request) {
        const auto got = http(request);
        REQUIRE_FALSE(got);
        CHECK(got.error().sent == delivery::not_sent);
        return got.error().message;
    };
    CHECK(said({.url = "https://a.example/submit?key=k1"}) ==
          "not recorded: GET https://a.example/submit?key=***; record the run again");
    CHECK(
        said(post("https://a.example/submit", R"({"model":"m","prompt":"a kitten looks down"})")) ==
        R"(not recorded: POST https://a.example/submit with the body ..."pt":"a kitten looks down"}"; the recording has ..."pt":"a kitten looks up at the sky"}"; record the run again)");
    const auto same =
        post("https://a.example/submit", R"({"model":"m","prompt":"a kitten looks up at the sky"})");
    CHECK(http.left().size() == 1);
    CHECK(http(same));
    CHECK(http.left().empty());
    CHECK(said(same) == "not recorded: POST https://a.example/submit; its recorded responses (1) were used "
                        "already; record the run again");
}

TEST_CASE("the same question gets its recorded answers in order, of any key, and of any body if so chosen") {
    const auto question = post("https://a.example/", "one");
    const auto lines =
        line_of(question, answer(200, "first")) + "\n" + line_of(question, answer(200, "second"));
    auto other = post("https://a.example/", "two");
    other.headers = {{"Authorization", "Bearer sk-other", true}};
    const replayer loose{read(lines), {.compare_bodies = false}};
    const auto copy = loose;
    CHECK(copy(other)->body == "first");
    CHECK(loose(other)->body == "second");
    const replayer strict{read(lines)};
    CHECK_FALSE(strict(other));
    CHECK(strict(question)->body == "first");
}

TEST_CASE("executors that call back are recorded and replayed as well") {
    std::vector<std::function<void(wan::http_result)>> pending;
    const auto execute = [&](const http_request&, std::function<void(wan::http_result)> done) {
        pending.push_back(std::move(done));
    };
    std::string lines;
    recorder http{execute, [&](const recorded_exchange& e) { lines += to_json(e) + "\n"; }};
    static_assert(wan::async_http_executor<decltype(http)> && !wan::http_executor<decltype(http)>);
    static_assert(wan::async_http_executor<replayer> && wan::http_executor<replayer>);
    int told = 0;
    http(post("https://a.example/1", ""), [&](const wan::http_result& r) { told += r->body == "one"; });
    http(post("https://a.example/2", ""), [&](const wan::http_result& r) { told += r->body == "two"; });
    CHECK(lines.empty());
    pending[1](answer(200, "two"));
    pending[0](answer(200, "one"));
    CHECK(told == 2);
    const auto all = read(lines);
    REQUIRE(all.size() == 2);
    CHECK(all[0].url == "https://a.example/2"); // in the order of their ends
    replayer again{all};
    again(post("https://a.example/1", ""), [&](const wan::http_result& r) { told += r->body == "one"; });
    CHECK(told == 3);
}
