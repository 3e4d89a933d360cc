// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The libcurl executor against peers that behave and peers that do not.
#include "support/doctest.hpp"
#include "support/program.hpp"
#include "support/raw_peer.hpp"

#include "executors/curl.hpp"

#include <atomic>
#include <chrono>
#include <string>

TEST_SUITE_BEGIN("curl executor");

using namespace std::chrono_literals;
using support::raw_peer;
using wan::delivery;
using wan::http_method;
using wan::http_request;

static_assert(wan::http_executor<wan::executors::curl>);

namespace {

http_request get(const std::string& url) { return {.url = url, .timeout = 5s}; }
http_request post(const std::string& url, std::string body) {
    return {.method = http_method::post,
            .url = url,
            .headers = {{"Authorization", "Bearer sk-1", true}},
            .body = std::move(body),
            .timeout = 5s};
}

const std::string ok =
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nRetry-After:  7 \r\nConnection: close\r\n\r\n{}";

} // namespace

TEST_CASE("an answer comes whole, with its headers") {
    raw_peer peer{raw_peer::answering(ok)};
    const auto got = wan::executors::curl{}(get(peer.url()));
    REQUIRE(got);
    CHECK(got->status == 200);
    CHECK(got->body == "{}");
    REQUIRE(wan::find_header(got->headers, "retry-after"));
    CHECK(*wan::find_header(got->headers, "retry-after") == "7");
}

TEST_CASE("a request goes out as it is: method, headers, body") {
    std::string body;
    raw_peer peer{[&](raw_peer::socket& s, const std::string& head) {
        body = head.substr(head.find("\r\n\r\n") + 4);
        boost::system::error_code ignored;
        if (body.size() < 100'000) {
            std::string rest(100'000 - body.size(), '\0');
            boost::asio::read(s, boost::asio::buffer(rest), ignored);
            body += rest;
        }
        raw_peer::send(s, ok);
    }};
    const std::string sent(100'000, 'x');
    REQUIRE(wan::executors::curl{}(post(peer.url() + "/path?q=1", sent)));
    CHECK(body == sent);
    CHECK(peer.last_head().starts_with("POST /path?q=1 HTTP/1.1\r\n"));
    CHECK(peer.last_head().find("Authorization: Bearer sk-1\r\n") != std::string::npos);
    CHECK(peer.last_head().find("Content-Length: 100000\r\n") != std::string::npos);
    CHECK(peer.last_head().find("Expect:") == std::string::npos);
    CHECK(peer.last_head().find("Transfer-Encoding:") == std::string::npos);
}

TEST_CASE("whether a request may have been seen is told truthfully") {
    wan::executors::curl http;
    const auto sent = [&](const std::string& url) {
        const auto got = http(post(url, "{}"));
        REQUIRE_FALSE(got);
        CHECK_FALSE(got.error().message.empty());
        return got.error().sent;
    };
    CHECK(sent("http://127.0.0.1:1/") == delivery::not_sent);          // refused
    CHECK(sent("http://no-such-host.invalid/") == delivery::not_sent); // name look-up
    CHECK(sent("ftp://127.0.0.1/") == delivery::not_sent);             // not HTTP
    raw_peer closes{[](raw_peer::socket&, const std::string&) {}};
    CHECK(sent(closes.url()) == delivery::maybe_sent); // read the request, said nothing
    CHECK(closes.requests() == 1);
    raw_peer no_tls{raw_peer::answering("hello\r\n\r\n")};
    CHECK(sent("https" + no_tls.url().substr(4)) == delivery::not_sent); // TLS failed before the request
    raw_peer half{raw_peer::answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")};
    CHECK(sent(half.url()) == delivery::maybe_sent); // the reply broke off
    raw_peer garbage{raw_peer::answering("\x01\x02\x03 not HTTP\r\n\r\n")};
    CHECK(sent(garbage.url()) == delivery::maybe_sent);
}

TEST_CASE("a POST is never repeated, not even on a reused connection that turns out to be dead") {
    // Answers the first request on a connection, and hangs up on a second one after reading it.
    std::atomic<int> second_requests{0};
    raw_peer peer{[&](raw_peer::socket& s, const std::string&) {
        raw_peer::send(s, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        std::string second;
        boost::system::error_code failed;
        boost::asio::read_until(s, boost::asio::dynamic_buffer(second), "\r\n\r\n", failed);
        if (!failed) ++second_requests;
    }};
    wan::executors::curl http;
    REQUIRE(http(get(peer.url())));
    REQUIRE(http(post(peer.url(), "{}")));
    CHECK(second_requests == 0);
    CHECK(peer.requests() == 2);

    raw_peer drops{[](raw_peer::socket&, const std::string&) {}};
    CHECK_FALSE(http(post(drops.url(), "{}")));
    CHECK(drops.requests() == 1);
}

TEST_CASE("a time-out is kept") {
    raw_peer silent{raw_peer::holding()};
    auto request = post(silent.url(), "");
    request.timeout = 200ms;
    const auto before = std::chrono::steady_clock::now();
    const auto got = wan::executors::curl{}(request);
    REQUIRE_FALSE(got);
    CHECK(got.error().sent == delivery::maybe_sent);
    CHECK(std::chrono::steady_clock::now() - before < 3s);
}

TEST_CASE("a reply over the bound is cut off") {
    raw_peer endless{[](raw_peer::socket& s, const std::string&) {
        raw_peer::send(s, "HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
        const std::string block(1 << 20, 'x');
        boost::system::error_code failed;
        for (int i = 0; i < 100 && !failed; ++i) boost::asio::write(s, boost::asio::buffer(block), failed);
    }};
    auto request = get(endless.url());
    request.max_reply_bytes = 1000;
    const auto got = wan::executors::curl{}(request);
    REQUIRE_FALSE(got);
    CHECK(got.error().message.find("larger than 1000 bytes") != std::string::npos);
}

TEST_CASE("a redirect is an answer, not an order: the key stays here") {
    raw_peer elsewhere{raw_peer::answering(ok)};
    raw_peer redirects{raw_peer::answering("HTTP/1.1 307 Temporary Redirect\r\nLocation: " + elsewhere.url() +
                                           "\r\nContent-Length: 0\r\n\r\n")};
    const auto got = wan::executors::curl{}(post(redirects.url(), "{}"));
    REQUIRE(got);
    CHECK(got->status == 307);
    CHECK(elsewhere.requests() == 0);
}

TEST_CASE("the caller can abort") {
    raw_peer silent{raw_peer::holding()};
    wan::executors::curl http{[] { return true; }};
    const auto before = std::chrono::steady_clock::now();
    CHECK_FALSE(http(get(silent.url())));
    CHECK(std::chrono::steady_clock::now() - before < 4s);
}

TEST_CASE("an answer can be taken as it comes") {
    wan::executors::curl http;
    unsigned status = 0;
    std::string type, body;
    bool wanted = true;
    const wan::executors::answer_taker taker{.head =
                                                 [&](unsigned s, const auto& headers) {
                                                     status = s;
                                                     const auto* value =
                                                         wan::find_header(headers, "Content-Type");
                                                     type = value != nullptr ? *value : "";
                                                     body.clear();
                                                     return wanted;
                                                 },
                                             .body =
                                                 [&](std::string_view piece) {
                                                     body += piece;
                                                     return body.size() < 100;
                                                 }};
    raw_peer good{raw_peer::answering(
        "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 5\r\nConnection: close\r\n\r\nvideo")};
    REQUIRE(http(post(good.url(), "{}")));
    REQUIRE(http.stream(get(good.url()), taker));
    CHECK(status == 200);
    CHECK(type == "video/mp4");
    CHECK(body == "video");

    raw_peer empty{
        raw_peer::answering("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")};
    REQUIRE(http.stream(get(empty.url()), taker)); // any status is an answer, also one without a body
    CHECK(status == 404);
    CHECK(type.empty());

    raw_peer half{
        raw_peer::answering("HTTP/1.1 200 OK\r\nContent-Length: 50\r\nConnection: close\r\n\r\nvid")};
    const auto cut = http.stream(get(half.url()), taker);
    REQUIRE_FALSE(cut);
    CHECK(cut.error().sent == wan::delivery::maybe_sent);
    CHECK(body == "vid");

    raw_peer large{
        raw_peer::answering("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + std::string(5000, 'x'))};
    CHECK_FALSE(http.stream(get(large.url()), taker)); // the taker has enough
    auto small = get(large.url());
    small.max_reply_bytes = 50;
    const auto too_large = http.stream(small, taker);
    REQUIRE_FALSE(too_large);
    CHECK(too_large.error().message.find("larger than 50 bytes") != std::string::npos);
    wanted = false;
    CHECK_FALSE(http.stream(get(good.url()), taker));
    CHECK(body.empty());
}

TEST_CASE("what is streamed follows a redirect, unless it holds a secret") {
    raw_peer elsewhere{
        raw_peer::answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nvideo")};
    raw_peer redirects{raw_peer::answering("HTTP/1.1 302 Found\r\nLocation: " + elsewhere.url() +
                                           "\r\nContent-Length: 4\r\nConnection: close\r\n\r\ngone")};
    std::string body;
    unsigned status = 0;
    const wan::executors::answer_taker taker{
        .head = [&](unsigned s, const auto&) { return status = s, true; },
        .body = [&](std::string_view piece) { return body += piece, true; }};
    wan::executors::curl http;
    auto request = get(redirects.url());
    request.headers = {{"Authorization", "Bearer key", true}};
    REQUIRE(http.stream(request, taker));
    CHECK(status == 302);
    CHECK(elsewhere.requests() == 0);
    request.headers.clear();
    body.clear();
    REQUIRE(http.stream(request, taker));
    CHECK(status == 200);
    CHECK(body == "video");
}
