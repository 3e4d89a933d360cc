// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// All executors against the same peers, and what is special to each.
#include "support/doctest.hpp"
#include "support/raw_peer.hpp"
#include "support/sandbox.hpp"
#include "support/tls_peer.hpp"

#include "executors/curl.hpp"
#include "executors/curl_multi.hpp"
#ifdef BOOST_ASIO_HAS_CO_AWAIT
#include "executors/beast.hpp"
#endif

#include <wan/wan.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("executors");

using namespace std::chrono_literals;
using support::raw_peer;
using wan::delivery;
using wan::http_method;
using wan::http_request;
using wan::http_result;

namespace {

struct subject {
    std::string name;
    std::function<http_result(const http_request&)> exchange;
};

http_result await(wan::executors::curl_multi& http, const http_request& request) {
    std::optional<http_result> result;
    int told = 0;
    http(request, [&](http_result r) {
        ++told;
        result = std::move(r);
    });
    CHECK(told == 0);
    while (http.poll(1s)) {}
    REQUIRE(told == 1);
    return *std::move(result);
}

#ifdef BOOST_ASIO_HAS_CO_AWAIT
http_result await(const wan::executors::beast& http, const http_request& request,
                  std::optional<std::chrono::milliseconds> cancel_after = {}) {
    boost::asio::io_context context;
    boost::asio::cancellation_signal cancel;
    boost::asio::steady_timer timer{context};
    std::optional<http_result> result;
    boost::asio::co_spawn(context, http(request),
                          boost::asio::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr thrown, http_result r) {
                              CHECK_FALSE(thrown);
                              result = std::move(r);
                              timer.cancel();
                          }));
    if (cancel_after) {
        timer.expires_after(*cancel_after);
        timer.async_wait([&](boost::system::error_code stopped) {
            if (!stopped) cancel.emit(boost::asio::cancellation_type::terminal);
        });
    }
    context.run();
    REQUIRE(result);
    return *std::move(result);
}
#endif

std::vector<subject> subjects(const std::string& ca_file = {}) {
    std::vector<subject> all;
    const auto curl = std::make_shared<wan::executors::curl>(std::function<bool()>{}, ca_file);
    all.push_back({"curl", [curl](const http_request& r) { return (*curl)(r); }});
    const auto multi = std::make_shared<wan::executors::curl_multi>(wan::executors::curl_multi::options{.ca_file = ca_file});
    all.push_back({"curl_multi", [multi](const http_request& r) { return await(*multi, r); }});
#ifdef BOOST_ASIO_HAS_CO_AWAIT
    const auto beast = std::make_shared<wan::executors::beast>(ca_file);
    all.push_back({"beast", [beast](const http_request& r) { return await(*beast, r); }});
#endif
    return all;
}

http_request get(std::string url, std::chrono::milliseconds timeout = 5s) {
    return {.url = std::move(url), .headers = {{"Authorization", "Bearer sk-1", true}}, .timeout = timeout};
}

http_request post(std::string url, std::string body = "{}", std::chrono::milliseconds timeout = 5s) {
    auto request = get(std::move(url), timeout);
    request.method = http_method::post;
    request.body = std::move(body);
    return request;
}

const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nRetry-After:  7 \r\nConnection: close\r\n\r\n{}";

std::string with_scheme_https(const std::string& url) { return "https" + url.substr(4); }

raw_peer::behaviour resetting() {
    return [](raw_peer::socket& s, const std::string&) {
        boost::system::error_code ignored;
        (void)s.set_option(boost::asio::socket_base::linger{true, 0}, ignored);
        (void)s.close(ignored);
    };
}

/// Sends `head` and then up to 100 blocks of 1 MiB; `sent` counts the blocks that were taken.
raw_peer::behaviour flooding(std::string head, std::string block, std::atomic<int>& sent) {
    return [head = std::move(head), block = std::move(block), &sent](raw_peer::socket& s, const std::string&) {
        raw_peer::send(s, head);
        boost::system::error_code failed;
        for (int i = 0; i < 100 && !failed; ++i) {
            boost::asio::write(s, boost::asio::buffer(block), failed);
            sent += !failed;
        }
    };
}

std::string repeated(const std::string& text, std::size_t bytes) {
    std::string all;
    while (all.size() < bytes) all += text;
    return all;
}

} // namespace

TEST_CASE("a video is made with every executor") {
    const support::sandbox server;
    const auto provider = wan::dashscope::at(server.base_url(), support::secret);
    wan::run_options options;
    options.policy.poll = {50ms, 1.0, 50ms};
    for (const auto& s : subjects()) {
        CAPTURE(s.name);
        const wan::keyframe_to_video shot{.first_frame_url = server.url() + "/assets/first.png",
                                          .last_frame_url = server.url() + "/assets/last.png",
                                          .resolution = wan::resolution::p480};
        const auto end = wan::run(provider, shot, s.exchange, options);
        CHECK_MESSAGE(end, to_string(end));
    }
}

TEST_CASE("request and answer travel whole") {
    for (const auto& s : subjects()) {
        CAPTURE(s.name);
        const std::string sent(1'000'000, 'x');
        std::string body;
        raw_peer peer{[&](raw_peer::socket& from, const std::string& head) {
            body = head.substr(head.find("\r\n\r\n") + 4);
            std::string rest(sent.size() - body.size(), '\0');
            boost::system::error_code ignored;
            boost::asio::read(from, boost::asio::buffer(rest), ignored);
            body += rest;
            raw_peer::send(from, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + ok);
        }};
        const auto got = s.exchange(post(peer.url() + "/path?q=1#part", sent));
        REQUIRE(got);
        CHECK(got->status == 200);
        CHECK(got->body == "{}");
        CHECK_FALSE(wan::find_header(got->headers, "link"));
        REQUIRE(wan::find_header(got->headers, "retry-after"));
        CHECK(*wan::find_header(got->headers, "retry-after") == "7");
        CHECK(body == sent);
        const auto head = peer.last_head();
        CHECK(head.starts_with("POST /path?q=1 HTTP/1.1\r\n"));
        CHECK(head.find("Host: " + peer.url().substr(7) + "\r\n") != std::string::npos);
        CHECK(head.find("Authorization: Bearer sk-1\r\n") != std::string::npos);
        CHECK(head.find("Content-Length: 1000000\r\n") != std::string::npos);
        CHECK(head.find("Expect:") == std::string::npos);
        CHECK(head.find("Transfer-Encoding:") == std::string::npos);
    }
}

TEST_CASE("what an error says of the request is true") {
    const support::sandbox plain;
    const raw_peer silent{raw_peer::holding()}, resets{resetting()},
        closes{[](raw_peer::socket&, const std::string&) {}}, garbage{raw_peer::answering("\x01\x02\x03 not HTTP\r\n\r\n")},
        half{raw_peer::answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")};
    const struct {
        const char* what;
        std::string url;
        delivery sent;
    } rows[] = {
        {"no URL", "", delivery::not_sent},
        {"not HTTP", "ftp://127.0.0.1/", delivery::not_sent},
        {"unknown host", "http://no-such-host.invalid/", delivery::not_sent},
        {"refused connection", "http://127.0.0.1:1/", delivery::not_sent},
        {"TLS to a plain port", with_scheme_https(plain.url()), delivery::not_sent},
        {"TLS to a silent port", with_scheme_https(silent.url()), delivery::not_sent},
        {"silence", silent.url(), delivery::maybe_sent},
        {"reset", resets.url(), delivery::maybe_sent},
        {"closed", closes.url(), delivery::maybe_sent},
        {"not an HTTP answer", garbage.url(), delivery::maybe_sent},
        {"half an answer", half.url(), delivery::maybe_sent},
    };
    for (const auto& s : subjects()) {
        for (const auto& row : rows) {
            CAPTURE(s.name);
            CAPTURE(row.what);
            const auto before = std::chrono::steady_clock::now();
            const auto got = s.exchange(post(row.url, "{}", 400ms));
            CHECK(std::chrono::steady_clock::now() - before < 10s);
            REQUIRE_FALSE(got);
            CHECK_MESSAGE(got.error().sent == row.sent, got.error().message);
            CHECK_FALSE(got.error().message.empty());
        }
    }
    const auto each = static_cast<int>(subjects().size());
    CHECK(silent.requests() == each);
    CHECK(resets.requests() == each);
    CHECK(closes.requests() == each);
}

TEST_CASE("a certificate is trusted for its host only") {
    const support::temporary_folder folder;
    const auto ca_file = folder / "ca.pem";
    const support::certificate own;
    own.write(ca_file);
    support::tls_peer peer{own, ok};
    for (const auto& s : subjects(ca_file)) {
        CAPTURE(s.name);
        const auto before = peer.requests();
        const auto got = s.exchange(get(peer.url("127.0.0.1")));
        CHECK(got);
        CHECK(peer.requests() == before + 1);
        const auto other_name = s.exchange(post(peer.url("localhost")));
        REQUIRE_FALSE(other_name);
        CHECK(other_name.error().sent == delivery::not_sent);
        CHECK(peer.requests() == before + 1);
    }
    for (const auto& s : subjects()) {
        CAPTURE(s.name);
        const auto before = peer.requests();
        const auto unknown = s.exchange(post(peer.url("127.0.0.1")));
        REQUIRE_FALSE(unknown);
        CHECK(unknown.error().sent == delivery::not_sent);
        CHECK(peer.requests() == before);
    }
}

TEST_CASE("a reply over the bound is cut off, however it comes") {
    const std::string x(1 << 20, 'x');
    const struct {
        const char* what;
        std::string head, block, message;
    } rows[] = {
        {"length told", "HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n", x, "larger than 1000 bytes"},
        {"until it closes", "HTTP/1.1 200 OK\r\n\r\n", x, "larger than 1000 bytes"},
        {"chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", repeated("4\r\nxxxx\r\n", 1 << 20), "larger than 1000 bytes"},
        {"headers", "HTTP/1.1 200 OK\r\n", repeated("X-Y: z\r\n", 1 << 20), ""},
        {"one header", "HTTP/1.1 200 OK\r\nX: ", x, ""},
    };
    for (const auto& s : subjects()) {
        for (const auto& row : rows) {
            CAPTURE(s.name);
            CAPTURE(row.what);
            std::atomic<int> sent{0};
            {
                raw_peer peer{flooding(row.head, row.block, sent)};
                auto request = get(peer.url());
                request.max_reply_bytes = 1000;
                const auto got = s.exchange(request);
                REQUIRE_FALSE(got);
                CHECK(got.error().sent == delivery::maybe_sent);
                CHECK_MESSAGE(got.error().message.find(row.message) != std::string::npos, got.error().message);
            }
            CHECK(sent < 50); // what the system's buffers hold
        }
    }
}

TEST_CASE("a reply as large as the bound is whole") {
    raw_peer peer{raw_peer::answering("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + std::string(1000, 'x'))};
    for (const auto& s : subjects()) {
        CAPTURE(s.name);
        auto request = get(peer.url());
        request.max_reply_bytes = 1000;
        const auto got = s.exchange(request);
        REQUIRE(got);
        CHECK(got->body.size() == 1000);
    }
}

TEST_CASE("a redirect is an answer, and the key stays here") {
    const raw_peer elsewhere{raw_peer::answering(ok)};
    for (const char* status : {"302 Found", "307 Temporary Redirect"}) {
        raw_peer redirects{raw_peer::answering("HTTP/1.1 " + std::string{status} + "\r\nLocation: " + elsewhere.url() +
                                               "\r\nContent-Length: 0\r\n\r\n")};
        for (const auto& s : subjects()) {
            CAPTURE(s.name);
            for (const auto& request : {get(redirects.url()), post(redirects.url())}) {
                const auto got = s.exchange(request);
                REQUIRE(got);
                CHECK(got->status / 100 == 3);
            }
        }
    }
    CHECK(elsewhere.requests() == 0);
}

TEST_CASE("a POST arrives at most once, also after a connection that the server has closed") {
    std::atomic<int> posts{0};
    const auto count = [&posts](const std::string& head) { posts += head.starts_with("POST"); };
    const std::string kept = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\n{}";
    // Reads a second request on a connection, and hangs up.
    const raw_peer hangs_up{[&](raw_peer::socket& from, const std::string& head) {
        count(head);
        raw_peer::send(from, kept);
        std::string second;
        boost::system::error_code failed;
        boost::asio::read_until(from, boost::asio::dynamic_buffer(second), "\r\n\r\n", failed);
        if (!failed) count(second);
    }};
    // Says that the connection stays open, and closes it.
    const raw_peer closes{[&](raw_peer::socket& from, const std::string& head) {
        count(head);
        raw_peer::send(from, kept);
    }};
    const raw_peer drops{[&](raw_peer::socket&, const std::string& head) { count(head); }};
    for (const auto& s : subjects()) { // gone before the peers, which wait for their connections
        CAPTURE(s.name);
        for (const auto* peer : {&hangs_up, &closes}) {
            posts = 0;
            REQUIRE(s.exchange(get(peer->url())));
            CHECK(s.exchange(post(peer->url())));
            CHECK(posts == 1);
        }
        posts = 0;
        CHECK_FALSE(s.exchange(post(drops.url())));
        CHECK(posts == 1);
    }
}

TEST_CASE("curl_multi: 1,000 queries at once on one thread") {
    const support::sandbox server;
    wan::executors::curl_multi http;
    int answered = 0, failed = 0;
    for (int i = 0; i < 1000; ++i)
        http(get(server.url() + "/sandbox/stats", 30s), [&](http_result got) { ++(got && got->status == 200 ? answered : failed); });
    CHECK(http.running() == 1000);
    CHECK(answered + failed == 0);
    while (http.poll(1s)) {}
    CHECK(answered == 1000);
    CHECK(failed == 0);
    CHECK(http.running() == 0);
}

TEST_CASE("curl_multi: posts wait for a connection, each arrives once") {
    std::atomic<int> now{0}, most{0};
    raw_peer peer{[&](raw_peer::socket& s, const std::string&) {
        const int with_this = ++now;
        for (int seen = most; seen < with_this && !most.compare_exchange_weak(seen, with_this);) {}
        std::this_thread::sleep_for(10ms);
        --now;
        raw_peer::send(s, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    }};
    wan::executors::curl_multi http{{.max_connections_per_host = 3}};
    int answered = 0;
    for (int i = 0; i < 60; ++i) http(post(peer.url()), [&](http_result got) { answered += got.has_value(); });
    while (http.poll(1s)) {}
    CHECK(answered == 60);
    CHECK(peer.requests() == 60);
    CHECK(most <= 3);
}

TEST_CASE("curl_multi: the time-out runs while a request waits for a connection, and nothing of it was sent") {
    raw_peer silent{raw_peer::holding()};
    wan::executors::curl_multi http{{.max_connections_per_host = 1}};
    std::vector<delivery> ends;
    const auto done = [&](http_result got) {
        REQUIRE_FALSE(got);
        ends.push_back(got.error().sent);
    };
    http(post(silent.url(), "{}", 1s), done);
    http.poll(100ms);
    http(post(silent.url(), "{}", 200ms), done);
    while (http.poll(1s)) {}
    CHECK(ends == std::vector{delivery::not_sent, delivery::maybe_sent});
    CHECK(silent.requests() == 1);
}

TEST_CASE("curl_multi: cancel_all ends everything, and poll tells it") {
    raw_peer silent{raw_peer::holding()};
    wan::executors::curl_multi http;
    std::vector<delivery> ends;
    const auto done = [&](http_result got) {
        REQUIRE_FALSE(got);
        ends.push_back(got.error().sent);
    };
    http(post(silent.url()), done);
    while (silent.requests() == 0) http.poll(10ms);
    http(post(silent.url()), done);
    http.cancel_all();
    CHECK(ends.empty());
    CHECK(http.running() == 2);
    CHECK_FALSE(http.poll(0ms));
    std::sort(ends.begin(), ends.end());
    CHECK(ends == std::vector{delivery::not_sent, delivery::maybe_sent});
    CHECK_FALSE(http.poll(1s));
    CHECK(ends.size() == 2);
}

TEST_CASE("curl_multi: a callback may begin, cancel and own what cannot be copied") {
    raw_peer peer{raw_peer::answering(ok)};
    wan::executors::curl_multi http;
    std::vector<int> order;
    http(get(peer.url()), [&, first = std::make_unique<int>(1)](http_result got) {
        CHECK(got);
        order.push_back(*first);
        http(get("http://127.0.0.1:1/"), [&](http_result refused) {
            CHECK_FALSE(refused);
            order.push_back(2);
            http(get(peer.url()), [&](http_result canceled) {
                CHECK_FALSE(canceled);
                order.push_back(3);
            });
            http.cancel_all();
        });
    });
    while (http.poll(1s)) {}
    CHECK(order == std::vector{1, 2, 3});
}

TEST_CASE("curl_multi: its end calls nothing") {
    raw_peer silent{raw_peer::holding()};
    int told = 0;
    {
        wan::executors::curl_multi http;
        http(post(silent.url()), [&](http_result) { ++told; });
        http.poll(50ms);
        http(post(silent.url()), [&](http_result) { ++told; });
    }
    CHECK(told == 0);
}

#ifdef BOOST_ASIO_HAS_CO_AWAIT
TEST_CASE("beast: a cancellation tells whether the request was sent") {
    const wan::executors::beast http;
    const raw_peer silent{raw_peer::holding()};
    const struct {
        std::string url;
        delivery sent;
    } rows[] = {{silent.url(), delivery::maybe_sent}, {with_scheme_https(silent.url()), delivery::not_sent}};
    for (const auto& row : rows) {
        CAPTURE(row.url);
        const auto before = std::chrono::steady_clock::now();
        const auto got = await(http, post(row.url), 200ms);
        CHECK(std::chrono::steady_clock::now() - before < 2s);
        REQUIRE_FALSE(got);
        CHECK(got.error().sent == row.sent);
        CHECK(got.error().message == "canceled by the caller");
    }
}

TEST_CASE("beast: many exchanges at once on several threads, and the executor need not outlive them") {
    raw_peer peer{raw_peer::answering(ok)};
    boost::asio::thread_pool threads{3};
    std::atomic<int> answered{0};
    {
        const wan::executors::beast http;
        for (int i = 0; i < 50; ++i)
            boost::asio::co_spawn(threads, http(get(peer.url())), [&](std::exception_ptr thrown, http_result got) {
                answered += !thrown && got.has_value();
            });
    }
    threads.join();
    CHECK(answered == 50);
}

TEST_CASE("beast: certificates that cannot be loaded are told at once") {
    CHECK_THROWS_AS(wan::executors::beast{"/no/such/ca.pem"}, boost::system::system_error);
}
#endif
