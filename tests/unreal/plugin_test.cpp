// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The Unreal plugin, its files as they are, in a stand-in for the engine: against the sandbox, and against an HTTP that does
// what it should not.
#include "support/fast_policy.hpp"
#include "support/files.hpp"
#include "support/sandbox.hpp"

#include "engine.hpp"

#include "ShotMaker.h"
#include "WanClient.h"
#include "WanHttp.h"
#include "WanText.h"

#include "WanIncludesBegin.h"
#include <wan/provider/dashscope.hpp>
#include <wan/task/policy.hpp>
#include <wan/task/start.hpp>
#include "WanIncludesEnd.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

TEST_SUITE_BEGIN("unreal");

using namespace std::chrono_literals;
using StandIn::FAnswer;
using StandIn::FSent;

namespace {

#ifndef check
#error "the library took away a macro of the engine"
#endif

const std::string frames = WAN_SOURCE_DIR "/examples/frames/";

bool frames_until(const std::function<bool()>& is_so, std::chrono::seconds at_most = 30s) {
    const auto end = std::chrono::steady_clock::now() + at_most;
    while (!is_so() && std::chrono::steady_clock::now() < end) StandIn::Frame();
    return is_so();
}

TArray<uint8> bytes_of(const std::string& file) {
    const auto text = support::contents(file);
    TArray<uint8> bytes;
    bytes.Append(reinterpret_cast<const uint8*>(text.data()), static_cast<int32>(text.size()));
    return bytes;
}

/// As a token has it.
std::string hash_of(const std::string& prompt) {
    const wan::keyframe_to_video shot{.first_frame_url = "https://example.com/first.png", .prompt = prompt};
    return wan::make_task(wan::dashscope::provider("key", wan::region::singapore), shot, wan::no_wall_clock)->token().prompt_hash;
}

FWanService service(const std::string& base_url) {
    return FWanClient::DashScope(FWanClient::FromUtf8(support::secret), FWanClient::FromUtf8(base_url));
}

wan::keyframe_to_video kitten(const std::string& assets) {
    return {.first_frame_url = assets + "/assets/first.png",
            .last_frame_url = assets + "/assets/last.png",
            .prompt = FWanClient::ToUtf8(TEXT("A black kitten looks up 🐈 Ein Kätzchen")),
            .resolution = wan::resolution::p480};
}

/// What a run said.
struct heard {
    std::vector<std::string> tokens;
    int progress = 0;
    std::optional<wan::outcome> end;

    FWanCallbacks callbacks(std::function<bool()> may_save = [] { return true; }) {
        FWanCallbacks all;
        all.SaveToken = [this, may_save](const FString& token) {
            tokens.push_back(FWanClient::ToUtf8(token));
            return may_save();
        };
        all.OnProgress = [this](const wan::progress&) { ++progress; };
        all.OnDone = [this](const wan::outcome& outcome) {
            REQUIRE(!end);
            end = outcome;
        };
        return all;
    }
};

wan::http_request post(std::string url, std::string body) {
    wan::http_request request{.method = wan::http_method::post, .url = std::move(url), .headers = {{"Content-Type", "application/json"}}};
    request.body = std::move(body);
    return request;
}

/// One exchange of the executor.
wan::http_result exchange(const wan::http_request& request) {
    FWanHttp http;
    std::optional<wan::http_result> result;
    http.Begin(request, [&](wan::http_result end) { result = std::move(end); });
    REQUIRE(frames_until([&] { return result.has_value(); }));
    return *result;
}

wan::delivery sent(const wan::http_result& result) {
    REQUIRE(!result);
    return result.error().sent;
}

const std::string somewhere = "http://127.0.0.1:9/api";

} // namespace

TEST_CASE("a video is made over the engine's HTTP, on its frames") {
    const support::sandbox server;
    heard run;
    FWanClient client;
    const auto video = client.Start(service(server.base_url()), kitten(server.url()), run.callbacks(), support::fast_policy());
    CHECK(!video.IsDone());
    CHECK(run.tokens.empty()); // nothing is called before the next tick
    REQUIRE(frames_until([&] { return run.end.has_value(); }));
    REQUIRE_MESSAGE(run.end->succeeded(), to_string(*run.end));
    CHECK(video.IsDone());
    CHECK(run.end->video->url.starts_with(server.url()));
    CHECK(run.progress > 1);
    REQUIRE(run.tokens.size() > 1);
    CHECK(run.tokens.front().find(run.end->task_id) == std::string::npos); // saved before the submit
    CHECK(run.tokens.back().find(run.end->task_id) != std::string::npos);
    CHECK(WanToUtf8(FWanClient::Describe(*run.end)) == to_string(*run.end));
    CHECK(server.count("submits") == 1);
}

TEST_CASE("the game's own ticks are enough, and needed") {
    const support::sandbox server;
    heard run;
    FWanClient client{EWanTick::ByCaller};
    (void)client.Start(service(server.base_url()), kitten(server.url()), run.callbacks(), support::fast_policy());
    for (int i = 0; i < 50; ++i) StandIn::Frame();
    CHECK(server.count("submits") == 0);
    REQUIRE(frames_until([&] {
        client.Tick();
        return run.end.has_value();
    }));
    CHECK(run.end->succeeded());
}

TEST_CASE("the example goes on where the game was closed, with frames in memory, and keeps the token until the video was fetched") {
    const support::sandbox server{{"--pace", "500"}};
    const auto first = bytes_of(frames + "first.png"), last = bytes_of(frames + "last.png");
    const auto has_token = [] {
        FString token;
        return FFileHelper::LoadFileToString(token, *(FPaths::ProjectSavedDir() + TEXT("Shot.token"))) &&
               FWanClient::ToUtf8(token).find("task_id") != std::string::npos;
    };
    {
        FShotMaker closed{service(server.base_url()), [](const FString&) { FAIL("the game was closed"); }};
        closed.Make(first, last, TEXT("A black kitten looks up"));
        REQUIRE(frames_until([&] { return has_token(); }));
    }
    std::string url;
    FShotMaker maker{service(server.base_url()), [&](const FString& video) { url = FWanClient::ToUtf8(video); }};
    maker.Make(first, last, TEXT("A black kitten looks up"));
    REQUIRE(frames_until([&] { return maker.IsDone(); }, 90s));
    CHECK(url.starts_with(server.url()));
    CHECK(has_token());
    maker.Forget();
    CHECK(!has_token());
    CHECK(server.count("submits") == 1);
}

TEST_CASE("the example keeps the token of a task that may be paid for, if it is refused before the task was looked at") {
    const StandIn::FScript script{[](FSent&) {
        FAIL_CHECK("nothing is to be sent");
        return FAnswer{};
    }};
    const auto frame = bytes_of(frames + "first.png");
    TArray<uint8> bad_frame;
    bad_frame.Append(reinterpret_cast<const uint8*>("no image"), 8);
    const auto token = [](const char* rest) {
        return std::string{R"({"wan_token":1,"dialect":"dashscope","base_url":"http://127.0.0.1:9/api/v1","model":"wan2.2-kf2v-flash",)"} +
               R"("prompt_hash":")" + hash_of("A kitten") + "\"," + rest + "}";
    };
    struct row {
        const char* what;
        FWanService who;
        const TArray<uint8>& frame;
        std::string token;
    };
    const auto keyless = FWanClient::DashScope(TEXT(""), TEXT("http://127.0.0.1:9/api/v1"));
    for (const auto& r : {row{"an empty key, a task", keyless, frame, token(R"("state":"waiting","task_id":"t-1")")},
                          row{"an empty key, an open submit", keyless, frame, token(R"("state":"submitting")")},
                          row{"a bad frame, an open submit", service("http://127.0.0.1:9/api/v1"), bad_frame, token(R"("state":"submitting")")},
                          row{"a damaged token", service("http://127.0.0.1:9/api/v1"), frame, "{"}}) {
        CAPTURE(r.what);
        const auto file = FPaths::ProjectSavedDir() + TEXT("Shot.token");
        REQUIRE(FFileHelper::SaveStringToFile(FWanClient::FromUtf8(r.token), *file));
        FShotMaker maker{r.who, [](const FString&) { FAIL("there is no video"); }};
        maker.Make(r.frame, frame, TEXT("A kitten"));
        for (int i = 0; i < 20; ++i) StandIn::Frame();
        FString kept;
        CHECK(FFileHelper::LoadFileToString(kept, *file));
        CHECK(FWanClient::ToUtf8(kept) == r.token);
        maker.Forget();
    }
}

TEST_CASE("the example begins nothing beside a token that it cannot read") {
    std::atomic<int> requests{0};
    const StandIn::FScript script{[&](FSent&) {
        ++requests;
        return FAnswer{.Status = 400, .Body = "{}"};
    }};
    const auto frame = bytes_of(frames + "first.png");
    const std::string file = FWanClient::ToUtf8(FPaths::ProjectSavedDir() + TEXT("Shot.token"));
    REQUIRE(std::filesystem::create_directory(file)); // is there, and no file
    FShotMaker maker{service("http://127.0.0.1:9/api/v1"), [](const FString&) { FAIL("there is no video"); }};
    maker.Make(frame, frame, TEXT("A kitten"));
    for (int i = 0; i < 20; ++i) StandIn::Frame();
    CHECK(requests == 0);
    CHECK(maker.IsDone());
    std::filesystem::remove(file);
}

TEST_CASE("the example drops the token of a submit that the service refused") {
    std::atomic<int> submits{0};
    const StandIn::FScript script{[&](FSent& request) {
        ++submits;
        (void)StandIn::ReadAll(*request.Body);
        return FAnswer{.Status = 400, .Body = R"({"code":"InvalidParameter","message":"no"})"};
    }};
    const auto frame = bytes_of(frames + "first.png");
    FShotMaker maker{service("http://127.0.0.1:9/api/v1"), [](const FString&) { FAIL("there is no video"); }};
    maker.Make(frame, frame, TEXT("A kitten"));
    REQUIRE(frames_until([&] { return maker.IsDone(); }));
    FString kept;
    CHECK(!FFileHelper::LoadFileToString(kept, *(FPaths::ProjectSavedDir() + TEXT("Shot.token"))));
    CHECK(submits == 1);
}

TEST_CASE("a game that was closed goes on by its token, and pays once") {
    const support::sandbox server{{"--pace", "500"}};
    heard before, after;
    const auto who = service(server.base_url());
    FWanVideo closed;
    {
        FWanClient client;
        closed = client.Start(who, kitten(server.url()), before.callbacks(), support::fast_policy());
        REQUIRE(frames_until([&] { return before.tokens.size() > 1; }));
        CHECK(!closed.IsDone());
    }
    closed.Stop();
    CHECK(closed.IsDone());
    for (int i = 0; i < 20; ++i) StandIn::Frame();
    CHECK(!before.end);

    FWanClient client;
    (void)client.Resume(who, FWanClient::FromUtf8(before.tokens.back()), kitten(server.url()), after.callbacks(), support::fast_policy());
    REQUIRE(frames_until([&] { return after.end.has_value(); }));
    CHECK_MESSAGE(after.end->succeeded(), to_string(*after.end));
    CHECK(server.count("submits") == 1);
}

TEST_CASE("a resume brings its policy into sane bounds, as a start does") {
    const support::sandbox server;
    heard run;
    auto how = support::fast_policy();
    how.slowest_upload = 0;
    FWanClient client;
    const auto who = service(server.base_url());
    const auto shot = kitten(server.url());
    const auto token = R"({"wan_token":1,"dialect":"dashscope","base_url":")" + server.base_url() + R"(","model":"wan2.2-kf2v-flash","state":"ready","prompt_hash":")" +
                       hash_of(*shot.prompt) + "\"}";
    (void)client.Resume(who, FWanClient::FromUtf8(token), shot, run.callbacks(), how);
    REQUIRE(frames_until([&] { return run.end.has_value(); }));
    CHECK_MESSAGE(run.end->succeeded(), to_string(*run.end));
}

TEST_CASE("media of the game's, not copied") {
    const auto bytes = bytes_of(frames + "first.png");
    const auto borrowed = FWanClient::FromBorrowed(bytes, TEXT("first.png"));
    CHECK(borrowed.name() == "first.png");
    CHECK(borrowed.bytes()->in_memory().data() == reinterpret_cast<const std::byte*>(bytes.GetData()));
    CHECK(borrowed.bytes()->size() == static_cast<std::uint64_t>(bytes.Num()));
    const auto source = std::make_shared<support::unreadable_bytes>(3000u, 1500u);
    CHECK(FWanClient::FromSource(source).bytes() == source);
}

TEST_CASE("a token that is none is told by OnDone") {
    heard run;
    FWanClient client;
    const auto video = client.Resume(service("http://127.0.0.1:9/api/v1"), TEXT("no token"), kitten("https://x"), run.callbacks());
    CHECK(!run.end);
    CHECK(video.IsDone());
    REQUIRE(frames_until([&] { return run.end.has_value(); }));
    CHECK(run.end->ending == wan::task_ending::invalid);
    CHECK(run.end->error->category == wan::error_category::token);
}

TEST_CASE("a request that is refused is told by OnDone, and nothing is sent") {
    int sends = 0;
    const StandIn::FScript script{[&](FSent&) {
        ++sends;
        return FAnswer{};
    }};
    heard run;
    FWanClient client;
    (void)client.Start(service("http://127.0.0.1:9/api/v1"), wan::keyframe_to_video{.resolution = wan::resolution::p480}, run.callbacks());
    CHECK(!run.end);
    REQUIRE(frames_until([&] { return run.end.has_value(); }));
    CHECK(run.end->ending == wan::task_ending::invalid);
    CHECK(!run.end->error->violations.empty());
    CHECK(sends == 0);
}

TEST_CASE("nothing is sent if the token cannot be saved") {
    const support::sandbox server;
    heard run;
    FWanClient client;
    (void)client.Start(service(server.base_url()), kitten(server.url()), run.callbacks([] { return false; }), support::fast_policy());
    REQUIRE(frames_until([&] { return run.end.has_value(); }));
    CHECK(run.end->error->category == wan::error_category::storage);
    CHECK(server.count("submits") == 0);
}

TEST_CASE("a stop ends the run here, a cancel at the service") {
    const support::sandbox server{{"--pace", "5000"}};
    heard stopped, canceled;
    FWanClient client;
    const auto one = client.Start(service(server.base_url()), kitten(server.url()), stopped.callbacks(), support::fast_policy());
    const auto other = client.Start(service(server.base_url()), kitten(server.url()), canceled.callbacks(), support::fast_policy());
    REQUIRE(frames_until([&] { return stopped.tokens.size() > 1 && canceled.tokens.size() > 1; }));
    one.Stop();
    CHECK(other.Cancel());
    REQUIRE(frames_until([&] { return stopped.end && canceled.end; }));
    CHECK(stopped.end->ending == wan::task_ending::stopped);
    CHECK(canceled.end->ending == wan::task_ending::canceled);
    CHECK(!other.Cancel());
}

TEST_CASE("OnDone may delete the client") {
    const support::sandbox server;
    auto client = std::make_unique<FWanClient>();
    FWanCallbacks callbacks;
    callbacks.OnDone = [&](const wan::outcome& end) {
        CHECK(end.succeeded());
        client.reset();
    };
    const auto video = client->Start(service(server.base_url()), kitten(server.url()), callbacks, support::fast_policy());
    REQUIRE(frames_until([&] { return client == nullptr; }));
    CHECK(video.IsDone());
    video.Stop();
    CHECK(!video.Cancel());
}

TEST_CASE("OnDone may delete the client within its tick") {
    auto client = std::make_unique<FWanClient>();
    FWanCallbacks callbacks;
    callbacks.OnDone = [&](const wan::outcome&) { client.reset(); };
    for (int i = 0; i < 3; ++i) (void)client->Start(service("http://127.0.0.1:9/api/v1"), wan::keyframe_to_video{}, callbacks);
    REQUIRE(frames_until([&] { return client == nullptr; }));
}

TEST_CASE("a client that ends while a request is out takes it back, and nothing is told") {
    std::atomic<bool> is_out{false}, may_end{false};
    const StandIn::FScript script{[&](FSent&) {
        is_out = true;
        while (!may_end) std::this_thread::sleep_for(1ms);
        return FAnswer{.Body = "{}"};
    }};
    heard run;
    const int canceled = StandIn::RequestsCanceled();
    auto client = std::make_unique<FWanClient>();
    const auto video = client->Start(service("http://127.0.0.1:9/api/v1"), kitten("https://x"), run.callbacks(), support::fast_policy());
    REQUIRE(frames_until([&] { return is_out.load(); }));
    client.reset();
    CHECK(StandIn::RequestsCanceled() == canceled + 1);
    may_end = true;
    for (int i = 0; i < 20; ++i) StandIn::Frame();
    video.Stop();
    CHECK(video.IsDone());
    CHECK(!run.end);
}

TEST_CASE("an exchange is given to the engine as it is, and its answer comes back so") {
    FSent seen;
    std::string body;
    const StandIn::FScript script{[&](FSent& request) {
        body = StandIn::ReadAll(*request.Body);
        seen = request;
        return FAnswer{.Status = 404, .Body = std::string(2500, 'x'), .Headers = {"Retry-After: 7", "X-Empty:", "no header"}};
    }};
    auto request = post(somewhere, std::string(2500, 'b'));
    request.headers.push_back({"Authorization", "Bearer key", true});
    request.timeout = 1500ms;
    const int canceled = StandIn::RequestsCanceled();
    const auto answer = exchange(request);
    CHECK(StandIn::RequestsCanceled() == canceled); // what has ended is not taken back
    REQUIRE(answer);
    CHECK(answer->status == 404);
    CHECK(answer->body == std::string(2500, 'x'));
    REQUIRE(answer->headers.size() == 2);
    CHECK(*wan::find_header(answer->headers, "retry-after") == "7");
    CHECK(wan::find_header(answer->headers, "x-empty")->empty());
    CHECK(body == std::string(2500, 'b'));
    CHECK(seen.Verb == "POST");
    CHECK(seen.Url == somewhere);
    CHECK(seen.Headers.at("Authorization") == "Bearer key");
    CHECK(seen.Headers.at("Connection") == "close");
    CHECK(seen.Timeout == doctest::Approx(1.5));
    CHECK(seen.ActivityTimeout == doctest::Approx(1.5));
}

TEST_CASE("not_sent is what was not even begun, whatever the engine calls the failure") {
    struct row {
        int64 handed_out;
        EHttpFailureReason reason;
        wan::delivery sent;
    };
    for (const auto& r : {row{0, EHttpFailureReason::ConnectionError, wan::delivery::not_sent},
                          row{0, EHttpFailureReason::TimedOut, wan::delivery::not_sent},
                          row{1, EHttpFailureReason::ConnectionError, wan::delivery::maybe_sent}, // the rest may be asked for already
                          row{999, EHttpFailureReason::Other, wan::delivery::maybe_sent},
                          row{1000, EHttpFailureReason::ConnectionError, wan::delivery::maybe_sent}, // a connection that fell silent
                          row{1000, EHttpFailureReason::TimedOut, wan::delivery::maybe_sent},
                          row{1000, EHttpFailureReason::Other, wan::delivery::maybe_sent}}) {
        CAPTURE(r.handed_out);
        const StandIn::FScript script{[&](FSent& request) {
            std::string bytes(static_cast<std::size_t>(r.handed_out), '?');
            request.Body->Serialize(bytes.data(), r.handed_out);
            return FAnswer{.bHasSucceeded = false, .Reason = r.reason};
        }};
        CHECK(sent(exchange(post(somewhere, std::string(1000, 'b')))) == r.sent);
    }
}

TEST_CASE("after the end of an exchange its body gives nothing more") {
    for (const bool is_told : {true, false}) {
        CAPTURE(is_told);
        TSharedPtr<FArchive> body;
        std::atomic<bool> is_out{false};
        const StandIn::FScript script{[&](FSent& request) {
            body = request.Body;
            is_out = true;
            return FAnswer{.bHasSucceeded = false, .Reason = EHttpFailureReason::ConnectionError};
        }};
        if (is_told) {
            CHECK(sent(exchange(post(somewhere, std::string(1000, 'b')))) == wan::delivery::not_sent);
        } else {
            FWanHttp http;
            http.Begin(post(somewhere, std::string(1000, 'b')), [](wan::http_result) { FAIL("taken back"); });
            while (!is_out) std::this_thread::sleep_for(1ms);
        }
        std::string late(1000, '?');
        body->Serialize(late.data(), 1000);
        CHECK(late == std::string(1000, '\0'));
        CHECK(body->IsError());
        for (int i = 0; i < 5; ++i) StandIn::Frame();
    }
}

TEST_CASE("nobody listens: not sent, by a real connection") {
    CHECK(sent(exchange(post("http://127.0.0.1:1/", "{}"))) == wan::delivery::not_sent);
}

TEST_CASE("a request without a body may have been sent, if it failed") {
    const StandIn::FScript script{[](FSent&) { return FAnswer{.bHasSucceeded = false, .Reason = EHttpFailureReason::ConnectionError}; }};
    CHECK(sent(exchange({.url = somewhere})) == wan::delivery::maybe_sent);
}

TEST_CASE("a body that went out whole does not go out again") {
    std::string again;
    const StandIn::FScript script{[&](FSent& request) {
        (void)StandIn::ReadAll(*request.Body);
        request.Body->Seek(0);
        again = StandIn::ReadAll(*request.Body, 2500);
        return FAnswer{.Status = 400};
    }};
    const auto result = exchange(post(somewhere, std::string(2500, 'b')));
    CHECK(sent(result) == wan::delivery::maybe_sent);
    CHECK(result.error().message == "the engine started the request a second time; see the engine's log");
    CHECK(again == std::string(2500, '\0'));
}

TEST_CASE("a body that did not go out whole may be begun again") {
    std::string whole, part(1500, '?');
    const StandIn::FScript script{[&](FSent& request) {
        request.Body->Serialize(part.data(), 1500);
        request.Body->Seek(100);
        CHECK(request.Body->Tell() == 100);
        request.Body->Seek(0);
        whole = StandIn::ReadAll(*request.Body);
        return FAnswer{};
    }};
    CHECK(exchange(post(somewhere, std::string(2500, 'b'))));
    CHECK(whole == std::string(2500, 'b'));
}

TEST_CASE("a medium that cannot be read: not sent, and what goes out is no JSON") {
    std::string out;
    const StandIn::FScript script{[&](FSent& request) {
        out = StandIn::ReadAll(*request.Body);
        return FAnswer{.Status = 200, .Body = "{}"};
    }};
    auto request = post(somewhere, "{\"image\":\"");
    request.body.append(std::make_shared<support::unreadable_bytes>(3000u, 1500u), wan::body_encoding::base64);
    request.body.append("\"}");
    CHECK(sent(exchange(request)) == wan::delivery::not_sent);
    CHECK(out.find('}') == std::string::npos);
    CHECK(out.back() == '\0');
}

TEST_CASE("a medium that cannot be read once is not read again: what was handed out could not be gone on with") {
    struct fails_once final : wan::byte_source {
        std::uint64_t size() const noexcept override { return 3000; }
        std::size_t read(std::uint64_t, std::span<std::byte> to) const noexcept override {
            if (++reads == 2) return 0;
            std::fill(to.begin(), to.end(), std::byte{'x'});
            return to.size();
        }
        mutable std::atomic<int> reads{0};
    };
    const auto source = std::make_shared<fails_once>();
    std::string out, again;
    const StandIn::FScript script{[&](FSent& request) {
        out = StandIn::ReadAll(*request.Body);
        request.Body->Seek(0);
        request.Body->Seek(500); // reads what it skips
        again = StandIn::ReadAll(*request.Body);
        return FAnswer{.Body = "{}"};
    }};
    auto request = post(somewhere, "{\"image\":\"");
    request.body.append(source, wan::body_encoding::none);
    request.body.append("\"}");
    const auto result = exchange(request);
    CHECK(sent(result) == wan::delivery::not_sent);
    CHECK(result.error().message ==
          "a media file of the request cannot be read at byte 1000 of the body: check that it was not "
          "changed or removed, and start again");
    CHECK(out.find('}') == std::string::npos);
    CHECK(again.find_first_not_of('\0') == std::string::npos);
    CHECK(source->reads == 2);
}

TEST_CASE("a medium that cannot be read after all of it went out does not make that undone") {
    const StandIn::FScript script{[](FSent& request) {
        (void)StandIn::ReadAll(*request.Body);
        request.Body->Seek(0);
        request.Body->Seek(1500); // reads what it skips
        return FAnswer{.bHasSucceeded = false, .Reason = EHttpFailureReason::ConnectionError};
    }};
    struct read_once final : wan::byte_source {
        std::uint64_t size() const noexcept override { return 2000; }
        std::size_t read(std::uint64_t offset, std::span<std::byte> to) const noexcept override {
            if (offset < 1000 && ++reads > 1) return 0;
            std::fill(to.begin(), to.end(), std::byte{'x'});
            return to.size();
        }
        mutable std::atomic<int> reads{0};
    };
    auto request = post(somewhere, {});
    request.body.append(std::make_shared<read_once>(), wan::body_encoding::none);
    CHECK(sent(exchange(request)) == wan::delivery::maybe_sent);
}

TEST_CASE("a redirect that was followed is no answer, but the same address written in another way is one") {
    struct row {
        std::string asked, effective;
        bool is_answer;
    };
    for (const auto& r : {row{"https://api.example/a", "https://elsewhere.example/a", false},
                          row{"https://api.example/a", "http://api.example/a", false},
                          row{"https://api.example/a", "https://api.example:444/a", false},
                          row{"https://api.example/a", "https://api.example/A", false},
                          row{"https://api.example/a", "https://api.example/a?b", false},
                          row{"https://api.example/a", "https://api.example/a/", false},
                          row{"https://api.example/a", "https://someone@api.example/a", false},
                          row{"https://api.example/a", "no URL", false},
                          row{"https://api.example/a", "https://api.example:443/a", true},
                          row{"https://api.example:443/a", "https://api.example/a", true},
                          row{"http://api.example/a", "http://api.example:80/a", true},
                          row{"https://API.example/a", "HTTPS://api.EXAMPLE/a", true},
                          row{"https://api.example", "https://api.example/", true},
                          row{"https://api.example?q", "https://api.example/?q", true},
                          row{"https://api.example/a%7eb?c=[1]&d=%2f", "https://api.example/a~b?c=%5B1%5D&d=%2F", true}}) {
        CAPTURE(r.asked);
        CAPTURE(r.effective);
        const StandIn::FScript script{[&](FSent& request) {
            (void)StandIn::ReadAll(*request.Body);
            return FAnswer{.Body = "{}", .EffectiveUrl = r.effective};
        }};
        const auto result = exchange(post(r.asked, "{}"));
        if (r.is_answer)
            CHECK(result.has_value());
        else
            CHECK(sent(result) == wan::delivery::maybe_sent);
    }
}

TEST_CASE("where the engine does not tell where an answer came from, it is one") {
    StandIn::Abilities().bTellsEffectiveUrl = false;
    const StandIn::FScript script{[](FSent& request) {
        (void)StandIn::ReadAll(*request.Body);
        return FAnswer{.Body = "{}"};
    }};
    const auto result = exchange(post(somewhere, "{}"));
    StandIn::Abilities() = {};
    REQUIRE(result);
    CHECK(result->body == "{}");
}

TEST_CASE("a reply is taken up to its limit, by stream or whole") {
    for (const bool by_stream : {true, false}) {
        StandIn::Abilities().bGivesStreams = by_stream;
        for (const std::size_t size : {2500u, 2501u}) {
            const StandIn::FScript script{[&](FSent&) { return FAnswer{.Body = std::string(size, 'x')}; }};
            const auto result = exchange({.url = somewhere, .max_reply_bytes = 2500});
            if (size == 2500)
                CHECK(result->body == std::string(2500, 'x'));
            else
                CHECK(result.error().message == "the response is larger than 2500 bytes, the limit of the request; check the base URL, "
                      "or raise policy::max_reply_bytes");
        }
    }
    StandIn::Abilities() = {};
}

TEST_CASE("where the engine takes no stream, the body is given whole") {
    StandIn::Abilities().bTakesStreams = false;
    std::string content;
    const StandIn::FScript script{[&](FSent& request) {
        content.assign(request.Content.begin(), request.Content.end());
        return FAnswer{.bHasSucceeded = false, .Reason = EHttpFailureReason::ConnectionError};
    }};
    CHECK(sent(exchange(post(somewhere, "{}"))) == wan::delivery::maybe_sent);
    CHECK(content == "{}");
    auto request = post(somewhere, "{");
    request.body.append(std::make_shared<support::unreadable_bytes>(3000u, 1500u), wan::body_encoding::none);
    CHECK(sent(exchange(request)) == wan::delivery::not_sent);
    StandIn::Abilities() = {};
}

TEST_CASE("a request that the engine does not begin is not sent, and ends once") {
    StandIn::Abilities().bBegins = false;
    auto http = std::make_unique<FWanHttp>();
    int ends = 0;
    http->Begin(post(somewhere, "{}"), [&](wan::http_result result) {
        ++ends;
        CHECK(sent(result) == wan::delivery::not_sent);
    });
    http.reset(); // the engine tells the end of such a request as well
    for (int i = 0; i < 20; ++i) StandIn::Frame();
    CHECK(ends == 1);
    StandIn::Abilities() = {};
}

TEST_CASE("text goes to and fro") {
    for (const std::string text : {"", "plain", "Kätzchen", "小猫", "🐈"}) CHECK(WanToUtf8(WanFromUtf8(text)) == text);
}
