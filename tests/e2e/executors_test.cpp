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
#ifdef WAN_QT_NETWORK
#include "executors/qt_network.hpp"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTimer>
#endif

#include <wan/run/callback.hpp>
#include <wan/wan.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
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

using clock = std::chrono::steady_clock;

struct subject {
    std::string name;
    std::function<http_result(const http_request&)> exchange;
    /// The same, canceled by the caller after that time.
    std::function<http_result(const http_request&, std::chrono::milliseconds after)> canceled;
    // What a library does not let its executor do; each says so at its head.
    bool skips_interim_answers = true;
    bool bounds_head = true;
    bool bounds_from_the_first = true;
};

/// What executors ask that can be aborted. Copies share the time.
class abort_time {
public:
    bool operator()() const { return clock::now() >= *at_; }
    void set(clock::time_point at) { *at_ = at; }

private:
    std::shared_ptr<clock::time_point> at_ = std::make_shared<clock::time_point>(clock::time_point::max());
};

template <class Executor>
subject blocking(std::string name, const std::string& ca_file) {
    abort_time when;
    const auto http = std::make_shared<Executor>(when, ca_file);
    return {.name = std::move(name),
            .exchange = [http](const http_request& r) { return (*http)(r); },
            .canceled =
                [http, when](const http_request& r, std::chrono::milliseconds after) mutable {
                    when.set(clock::now() + after);
                    auto result = (*http)(r);
                    when.set(clock::time_point::max());
                    return result;
                }};
}

http_result await(wan::executors::curl_multi& http, const http_request& request,
                  std::optional<std::chrono::milliseconds> cancel_after = {}) {
    std::optional<http_result> result;
    int told = 0;
    http(request, [&](http_result r) {
        ++told;
        result = std::move(r);
    });
    CHECK(told == 0);
    if (cancel_after) {
        const auto at = clock::now() + *cancel_after;
        while (clock::now() < at && http.poll(10ms)) {}
        http.cancel_all();
    }
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
    boost::asio::co_spawn(
        context, http(request),
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

#ifdef WAN_QT_NETWORK
http_result await(wan::executors::qt_network& http, const http_request& request,
                  std::optional<std::chrono::milliseconds> cancel_after = {}) {
    QEventLoop loop;
    std::optional<http_result> result;
    int told = 0;
    http(request, [&](http_result r) {
        ++told;
        result = std::move(r);
        loop.quit();
    });
    CHECK(told == 0);
    CHECK(http.running() == 1);
    QTimer timer;
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, &timer, [&] { http.cancel_all(); });
    if (cancel_after) timer.start(*cancel_after);
    loop.exec();
    REQUIRE(told == 1);
    CHECK(http.running() == 0);
    return *std::move(result);
}

/// Qt wants one for its event loops. After the subjects it outlives.
void need_application() {
    static int count = 1;
    static char name[] = "executors";
    static char* arguments[] = {name, nullptr};
    static const QCoreApplication application{count, arguments};
}
#endif

/// For executors whose call begins what is awaited.
template <class Executor>
subject awaited(std::string name, std::shared_ptr<Executor> http) {
    return {.name = std::move(name),
            .exchange = [http](const http_request& r) { return await(*http, r); },
            .canceled = [http](const http_request& r,
                               std::chrono::milliseconds after) { return await(*http, r, after); }};
}

std::vector<subject> subjects(const std::string& ca_file = {}) {
    std::vector<subject> all;
    all.push_back(blocking<wan::executors::curl>("curl", ca_file));
    all.push_back(awaited("curl_multi", std::make_shared<wan::executors::curl_multi>(
                                            wan::executors::curl_multi::options{.ca_file = ca_file})));
#ifdef BOOST_ASIO_HAS_CO_AWAIT
    all.push_back(awaited("beast", std::make_shared<const wan::executors::beast>(ca_file)));
#endif
#ifdef WAN_QT_NETWORK
    need_application();
    all.push_back(awaited("qt_network", std::make_shared<wan::executors::qt_network>(
                                            wan::executors::qt_network::options{.ca_file = ca_file})));
    all.back().skips_interim_answers = false;
    all.back().bounds_head = false;
    all.back().bounds_from_the_first = false;
#endif
    return all;
}

std::vector<subject> libcurl_subjects(const std::string& ca_file = {}) {
    auto all = subjects(ca_file);
    std::erase_if(all, [](const subject& s) { return !s.name.starts_with("curl"); });
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

const std::string ok =
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nRetry-After:  7 \r\nConnection: close\r\n\r\n{}";

std::string with_scheme_https(const std::string& url) { return "https" + url.substr(4); }

raw_peer::behaviour resetting() {
    return [](raw_peer::socket& s, const std::string&) {
        boost::system::error_code ignored;
        (void)s.set_option(boost::asio::socket_base::linger{true, 0}, ignored);
        (void)s.close(ignored);
    };
}

/// Sends `head` and then up to 100 blocks of 1 MiB; `sent` counts the blocks that were taken.
raw_peer::behaviour flooding(std::string head, std::string block, std::atomic<int>& sent,
                             std::chrono::milliseconds pause) {
    return [head = std::move(head), block = std::move(block), &sent, pause](raw_peer::socket& s,
                                                                            const std::string&) {
        raw_peer::send(s, head);
        boost::system::error_code failed;
        for (int i = 0; i < 100 && !failed; ++i) {
            boost::asio::write(s, boost::asio::buffer(block), failed);
            sent += !failed;
            std::this_thread::sleep_for(pause);
        }
    };
}

/// Sets a variable of the environment, and at the end what it was before.
class environment_variable {
public:
    environment_variable(const char* name, const std::string& value) : name_(name) {
        if (const char* before = std::getenv(name)) before_ = before;
        ::setenv(name, value.c_str(), 1);
    }
    ~environment_variable() {
        if (before_)
            ::setenv(name_, before_->c_str(), 1);
        else
            ::unsetenv(name_);
    }
    environment_variable(const environment_variable&) = delete;
    environment_variable& operator=(const environment_variable&) = delete;

private:
    const char* name_;
    std::optional<std::string> before_;
};

void copy_to_end(raw_peer::socket& from, raw_peer::socket& to) {
    std::string piece(1 << 16, '\0');
    for (boost::system::error_code failed; !failed;) {
        const auto n = from.read_some(boost::asio::buffer(piece), failed);
        if (n > 0) boost::asio::write(to, boost::asio::buffer(piece.data(), n), failed);
    }
    boost::system::error_code ignored;
    (void)to.shutdown(raw_peer::socket::shutdown_send, ignored);
}

const std::string tunnel_is_open = "HTTP/1.1 200 Connection established\r\n\r\n";

/// A proxy that leads there, whatever host is asked for.
raw_peer::behaviour tunneling(boost::asio::ip::tcp::endpoint there) {
    return [there](raw_peer::socket& s, const std::string&) {
        boost::asio::io_context context;
        raw_peer::socket far{context};
        boost::system::error_code failed;
        (void)far.connect(there, failed);
        if (failed) return;
        raw_peer::send(s, tunnel_is_open);
        const std::jthread back{[&] { copy_to_end(far, s); }};
        copy_to_end(s, far);
    };
}

/// A proxy whose tunnel leads to a peer that answers TLS's first message so, or not at all.
raw_peer::behaviour tunneling_to(raw_peer::behaviour no_tls) {
    return [no_tls = std::move(no_tls)](raw_peer::socket& s, const std::string& head) {
        raw_peer::send(s, tunnel_is_open);
        std::string hello(1 << 16, '\0');
        boost::system::error_code failed;
        (void)s.read_some(boost::asio::buffer(hello), failed);
        no_tls(s, head);
    };
}

std::string repeated(const std::string& text, std::size_t bytes) {
    std::string all;
    while (all.size() < bytes) all += text;
    return all;
}

/// A medium whose bytes tell where they stand, readable up to some place.
class numbered_bytes final : public wan::byte_source {
public:
    explicit numbered_bytes(std::uint64_t size, std::uint64_t readable = std::uint64_t(-1))
        : size_(size), readable_(readable) {}

    static char at(std::uint64_t offset) noexcept { return static_cast<char>(offset % 251); }

    std::uint64_t size() const noexcept override { return size_; }
    std::size_t read(std::uint64_t offset, std::span<std::byte> to) const noexcept override {
        largest_ = std::max(largest_.load(), to.size());
        const auto end = std::min({size_, readable_, offset + to.size()});
        std::size_t n = 0;
        for (; offset < end; ++offset) to[n++] = static_cast<std::byte>(at(offset));
        return n;
    }
    std::size_t largest_read() const noexcept { return largest_; }

private:
    std::uint64_t size_, readable_;
    mutable std::atomic<std::size_t> largest_{0};
};

} // namespace

TEST_CASE("executors whose library is not there are left out, and named") {
    std::string missing;
#ifndef BOOST_ASIO_HAS_CO_AWAIT
    missing += " beast";
#endif
#ifndef WAN_QT_NETWORK
    missing += " qt_network";
#endif
    if (!missing.empty()) MESSAGE("not tested:" << missing);
    CHECK(subjects().size() + static_cast<std::size_t>(std::count(missing.begin(), missing.end(), ' ')) == 4);
}

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
            raw_peer::send(
                from, (s.skips_interim_answers ? "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" : "") + ok);
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

TEST_CASE("a header without a value is sent as one") {
    raw_peer peer{raw_peer::answering(ok)};
    for (const auto& s : subjects()) {
        CAPTURE(s.name);
        auto request = post(peer.url());
        request.headers.push_back({"X-Empty", ""});
        request.headers.push_back({"X-Last", "1"});
        REQUIRE(s.exchange(request));
        const auto head = peer.last_head();
        const auto at = head.find("\r\nX-Empty:");
        REQUIRE_MESSAGE(at != std::string::npos, head);
        CHECK(head.substr(head.find(':', at) + 1).find_first_not_of(" \t") ==
              head.substr(head.find(':', at) + 1).find("\r\n"));
        CHECK(head.find("\r\nX-Last: 1\r\n") != std::string::npos);
    }
}

TEST_CASE("what an error says of the request is true") {
    const support::sandbox plain;
    const raw_peer silent{raw_peer::holding()}, resets{resetting()},
        closes{[](raw_peer::socket&, const std::string&) {}},
        garbage{raw_peer::answering("\x01\x02\x03 not HTTP\r\n\r\n")},
        half{raw_peer::answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")},
        half_chunk{raw_peer::answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{")},
        hangs_up_on_hello{[](raw_peer::socket&, const std::string&) {}, raw_peer::begin_of_client_hello},
        resets_on_hello{resetting(), raw_peer::begin_of_client_hello};
    const support::unfinished_handshake connecting;
    const struct {
        const char* what;
        std::string url;
        delivery sent;
    } rows[] = {
        {"no URL", "", delivery::not_sent},
        {"not HTTP", "ftp://127.0.0.1/", delivery::not_sent},
        {"almost HTTP", "httpx://127.0.0.1/", delivery::not_sent},
        {"unknown host", "http://no-such-host.invalid/", delivery::not_sent},
        {"refused connection", "http://127.0.0.1:1/", delivery::not_sent},
        {"no end to connecting", connecting.url(), delivery::not_sent},
        {"TLS to a plain port", with_scheme_https(plain.url()), delivery::not_sent},
        {"TLS to a silent port", with_scheme_https(silent.url()), delivery::not_sent},
        {"TLS to a peer that hangs up in the handshake", with_scheme_https(hangs_up_on_hello.url()),
         delivery::not_sent},
        {"TLS to a peer that resets in the handshake", with_scheme_https(resets_on_hello.url()),
         delivery::not_sent},
        {"silence", silent.url(), delivery::maybe_sent},
        {"reset", resets.url(), delivery::maybe_sent},
        {"closed", closes.url(), delivery::maybe_sent},
        {"not an HTTP answer", garbage.url(), delivery::maybe_sent},
        {"half an answer", half.url(), delivery::maybe_sent},
        {"half a chunk", half_chunk.url(), delivery::maybe_sent},
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
    CHECK(hangs_up_on_hello.requests() >= each);
    CHECK(resets_on_hello.requests() >= each);
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

TEST_CASE("libcurl's executors: of a request that did not get through the proxy nothing was sent") {
    const struct {
        std::string what;
        raw_peer::behaviour proxy;
    } rows[] = {
        {"wants a password",
         raw_peer::answering("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic "
                             "realm=\"x\"\r\nContent-Length: 0\r\n\r\n")},
        {"cannot reach the service",
         raw_peer::answering("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nbusy")},
        {"says nothing", raw_peer::holding()},
        {"hangs up", [](raw_peer::socket&, const std::string&) {}},
        {"is no proxy", raw_peer::answering("\x01\x02\x03 not HTTP\r\n\r\n")},
        {"leads to what is no TLS", tunneling_to(raw_peer::answering("HTTP/1.1 400 Bad Request\r\n\r\n"))},
        {"leads to what hangs up", tunneling_to([](raw_peer::socket&, const std::string&) {})},
        {"leads to what resets", tunneling_to(resetting())},
        {"leads to what says nothing", tunneling_to(raw_peer::holding())},
    };
    for (const auto& s : libcurl_subjects()) {
        for (const auto& row : rows) {
            CAPTURE(s.name);
            CAPTURE(row.what);
            raw_peer proxy{row.proxy};
            const environment_variable https_proxy{"https_proxy", proxy.url()},
                no_proxy{"no_proxy", "other.invalid"};
            const auto got = s.exchange(post("https://service.invalid/", "{}", 400ms));
            REQUIRE_FALSE(got);
            CHECK_MESSAGE(got.error().sent == delivery::not_sent, got.error().message);
            CHECK(proxy.requests() == 1);
            CHECK(proxy.last_head().starts_with("CONNECT service.invalid:443 HTTP/1.1\r\n"));
            CHECK(proxy.last_head().find("sk-1") == std::string::npos);
        }
    }
}

TEST_CASE("libcurl's executors: a request that got through the proxy has its answer, or may have been sent") {
    const support::temporary_folder folder;
    const auto ca_file = folder / "ca.pem";
    const support::certificate own;
    own.write(ca_file);
    for (const auto& answer : {ok, std::string{}}) {
        CAPTURE(answer);
        const support::tls_peer service{own, answer};
        const raw_peer proxy{tunneling(service.endpoint())};
        const environment_variable https_proxy{"https_proxy", proxy.url()},
            no_proxy{"no_proxy", "other.invalid"};
        for (const auto& s : libcurl_subjects(ca_file)) {
            CAPTURE(s.name);
            const auto before = service.requests();
            const auto got = s.exchange(post("https://service.invalid/"));
            CHECK(service.requests() == before + 1);
            REQUIRE(got.has_value() == !answer.empty());
            if (got)
                CHECK(got->status == 200);
            else
                CHECK_MESSAGE(got.error().sent == delivery::maybe_sent, got.error().message);
        }
    }
}

TEST_CASE("a reply over the bound is cut off, however it comes") {
    const std::string x(1 << 20, 'x');
    const struct {
        std::string what, head, block, message;
    } rows[] = {
        {"length told", "HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n", x, "larger than 1000 bytes"},
        {"until it closes", "HTTP/1.1 200 OK\r\n\r\n", x, "larger than 1000 bytes"},
        {"chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
         repeated("4\r\nxxxx\r\n", 1 << 20), "larger than 1000 bytes"},
        {"headers", "HTTP/1.1 200 OK\r\n", repeated("X-Y: z\r\n", 1 << 20), ""},
        {"one header", "HTTP/1.1 200 OK\r\nX: ", x, ""},
    };
    for (const auto& s : subjects()) {
        for (const auto& row : rows) {
            if (!s.bounds_head && row.message.empty()) continue;
            CAPTURE(s.name);
            CAPTURE(row.what);
            std::atomic<int> sent{0};
            {
                // 100 MB/s, as a network could, where some of it is taken before there is a bound.
                raw_peer peer{flooding(row.head, row.block, sent, s.bounds_from_the_first ? 0ms : 10ms)};
                auto request = get(peer.url());
                request.max_reply_bytes = 1000;
                const auto got = s.exchange(request);
                REQUIRE_FALSE(got);
                CHECK(got.error().sent == delivery::maybe_sent);
                CHECK_MESSAGE(got.error().message.find(row.message) != std::string::npos,
                              got.error().message);
            }
            CHECK(sent.load() < 50); // what the system's buffers hold
        }
    }
}

TEST_CASE("a reply as large as the bound is whole") {
    raw_peer peer{
        raw_peer::answering("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + std::string(1000, 'x'))};
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
    for (const char* status : {"301 Moved Permanently", "302 Found", "303 See Other",
                               "307 Temporary Redirect", "308 Permanent Redirect"}) {
        raw_peer redirects{raw_peer::answering("HTTP/1.1 " + std::string{status} + "\r\nLocation: " +
                                               elsewhere.url() + "\r\nContent-Length: 0\r\n\r\n")};
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

TEST_CASE("a POST without an answer arrives once, with a body or without one, also over TLS") {
    const support::temporary_folder folder;
    const auto ca_file = folder / "ca.pem";
    const support::certificate own;
    own.write(ca_file);
    raw_peer plain{[](raw_peer::socket&, const std::string&) {}};
    support::tls_peer secure{own, ""};
    for (const auto& s : subjects(ca_file)) {
        CAPTURE(s.name);
        for (const auto* body : {"{}", ""}) {
            CAPTURE(body);
            const auto before = plain.requests() + secure.requests();
            for (const auto& url : {plain.url(), secure.url("127.0.0.1")}) {
                const auto got = s.exchange(post(url, body));
                REQUIRE_FALSE(got);
                CHECK_MESSAGE(got.error().sent == delivery::maybe_sent, got.error().message);
            }
            CHECK(plain.requests() + secure.requests() == before + 2);
        }
    }
}

TEST_CASE("an error status is an answer, with its body") {
    for (const auto* status :
         {"400 Bad Request", "401 Unauthorized", "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"a\"",
          "403 Forbidden", "404 Not Found", "405 Method Not Allowed", "408 Request Timeout", "409 Conflict",
          "410 Gone", "413 Content Too Large", "418 I'm a Teapot", "425 Too Early", "429 Too Many Requests",
          "500 Internal Server Error", "501 Not Implemented", "502 Bad Gateway", "503 Service Unavailable",
          "504 Gateway Timeout"}) {
        raw_peer peer{
            raw_peer::answering("HTTP/1.1 " + std::string{status} +
                                "\r\nContent-Length: 13\r\nConnection: close\r\n\r\n{\"code\":\"No\"}")};
        for (const auto& s : subjects()) {
            CAPTURE(s.name);
            CAPTURE(status);
            const auto before = peer.requests();
            const auto got = s.exchange(post(peer.url()));
            REQUIRE(got);
            CHECK(got->status == static_cast<unsigned>(std::stoi(status)));
            CHECK(got->body == R"({"code":"No"})");
            CHECK(peer.requests() == before + 1);
        }
    }
}

TEST_CASE("a reply in gzip although identity was asked for: libcurl's executors unpack it, the others say "
          "what it is") {
    support::sandbox server{
        {"--fault", "query-gzip", "--video", WAN_SOURCE_DIR "/examples/frames/first.png"}};
    auto request = get(server.base_url() + "/tasks/none");
    request.headers.push_back({"Accept-Encoding", "identity"});
    // Not of a task: such a fault shows at every query of one. So a task is made.
    auto made = post(
        server.base_url() + "/services/aigc/image2video/video-synthesis",
        R"({"model":"wan2.2-kf2v-flash","input":{"first_frame_url":"https://example.com/a.png"},"parameters":{}})");
    made.headers.push_back({"X-DashScope-Async", "enable"});
    for (const auto& s : subjects()) {
        CAPTURE(s.name);
        const auto created = s.exchange(made);
        REQUIRE(created);
        const auto id =
            std::string{support::parse_json(created->body).at("output").at("task_id").as_string()};
        request.url = server.base_url() + "/tasks/" + id;
        const auto got = s.exchange(request);
        REQUIRE(got);
        CHECK(got->status == 200);
        const auto* const coding = wan::find_header(got->headers, "Content-Encoding");
        if (s.name.starts_with("curl")) {
            CHECK_FALSE(coding);
            // which was that of the packed reply
            CHECK_FALSE(wan::find_header(got->headers, "Content-Length"));
            CHECK(support::parse_json(got->body).at("output").at("task_id").as_string() == id);
        } else {
            REQUIRE(coding);
            CHECK(*coding == "gzip");
            CHECK(got->body.starts_with("\x1f\x8b"));
        }
    }
}

TEST_CASE("identity is asked for, once, whether the request says so or not") {
    raw_peer peer{raw_peer::answering(ok)};
    for (const auto& s : subjects()) {
        CAPTURE(s.name);
        for (const bool said : {false, true}) {
            CAPTURE(said);
            auto request = get(peer.url());
            if (said) request.headers.push_back({"Accept-Encoding", "identity"});
            REQUIRE(s.exchange(request));
            auto head = peer.last_head();
            std::transform(head.begin(), head.end(), head.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
            const bool asks_for_another =
                head.find("gzip") != std::string::npos || head.find("br\r\n") != std::string::npos;
            CHECK_FALSE(asks_for_another);
            const auto at = head.find("accept-encoding: identity\r\n");
            if (said) CHECK(at != std::string::npos);
            if (at != std::string::npos) CHECK(head.find("accept-encoding", at + 1) == std::string::npos);
        }
    }
}

TEST_CASE("libcurl's executors: a coding that is not known, or is broken, is an error that names it") {
    for (const char* coding : {"gzip", "zz-unknown"}) {
        raw_peer peer{raw_peer::answering("HTTP/1.1 200 OK\r\nContent-Encoding: " + std::string{coding} +
                                          "\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")};
        for (const auto& s : libcurl_subjects()) {
            CAPTURE(s.name);
            const auto got = s.exchange(post(peer.url()));
            REQUIRE_FALSE(got);
            CHECK(got.error().sent == delivery::maybe_sent);
            CHECK_MESSAGE(got.error().message.find(coding) != std::string::npos, got.error().message);
        }
    }
}

TEST_CASE("curl: of a part that is asked for nothing is unpacked") {
    raw_peer peer{raw_peer::answering(
        "HTTP/1.1 206 Partial Content\r\nContent-Encoding: gzip\r\nContent-Range: bytes 5-9/10\r\n"
        "Content-Length: 5\r\nConnection: close\r\n\r\nhello")};
    for (const auto& s : libcurl_subjects()) {
        CAPTURE(s.name);
        auto request = get(peer.url());
        request.headers.push_back({"Range", "bytes=5-"});
        const auto got = s.exchange(request);
        REQUIRE(got);
        CHECK(got->body == "hello");
        CHECK(wan::find_header(got->headers, "Content-Encoding"));
    }
}

TEST_CASE("curl: what the caller's functions throw ends the exchange with an error, and the next goes well") {
    raw_peer peer{raw_peer::answering(ok)};
    wan::executors::curl http;
    struct {
        const char* where;
        wan::executors::answer_taker taker;
    } const rows[] = {
        {"head",
         {[](unsigned, const auto&) -> bool { throw std::runtime_error{"stop"}; },
          [](std::string_view) { return true; }}},
        {"body", {[](unsigned, const auto&) { return true; }, [](std::string_view) -> bool { throw 1; }}},
        {"memory",
         {[](unsigned, const auto&) { return true; },
          [](std::string_view) -> bool { throw std::bad_alloc{}; }}},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string{row.where});
        const auto got = http.stream(get(peer.url()), row.taker);
        REQUIRE_FALSE(got);
        CHECK(got.error().sent == delivery::maybe_sent);
        CHECK_MESSAGE((got.error().message.find("exception") != std::string::npos ||
                       got.error().message.find("memory") != std::string::npos),
                      got.error().message);
        CHECK(http(get(peer.url())));
    }
    raw_peer silent{raw_peer::holding()};
    wan::executors::curl stopped{[]() -> bool { throw std::runtime_error{"stop"}; }};
    const auto before = clock::now();
    CHECK_FALSE(stopped(get(silent.url(), 20s)));
    CHECK(clock::now() - before < 5s);
}

TEST_CASE(
    "libcurl's executors: a reply without a body calls for its head, and what that throws is an error") {
    raw_peer peer{raw_peer::answering("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")};
    wan::executors::curl http;
    const auto got = http.stream(get(peer.url()), {[](unsigned, const auto&) -> bool { throw 1; },
                                                   [](std::string_view) { return true; }});
    REQUIRE_FALSE(got);
    CHECK(got.error().message.find("exception") != std::string::npos);
}

TEST_CASE("the time-out is for the whole exchange, however little comes at a time") {
    const struct {
        const char* what;
        std::string at_once, again;
    } rows[] = {
        {"head", "HTTP/1.1 200 OK\r\nX-Y: ", "z"},
        {"headers", "HTTP/1.1 200 OK\r\n", "X-Y: z\r\n"},
        {"body", "HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n", "x"},
        {"chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"},
    };
    for (const auto& row : rows) {
        raw_peer trickles{[&](raw_peer::socket& to, const std::string&) {
            raw_peer::send(to, row.at_once);
            boost::system::error_code failed;
            for (int i = 0; i < 100 && !failed; ++i) {
                boost::asio::write(to, boost::asio::buffer(row.again), failed);
                std::this_thread::sleep_for(50ms);
            }
        }};
        for (const auto& s : subjects()) {
            CAPTURE(s.name);
            CAPTURE(row.what);
            const auto before = clock::now();
            const auto got = s.exchange(get(trickles.url(), 300ms));
            CHECK(clock::now() - before < 2s);
            REQUIRE_FALSE(got);
            CHECK(got.error().sent == delivery::maybe_sent);
        }
    }
}

TEST_CASE("the caller may cancel in the middle of an exchange, and go on with the next") {
    const raw_peer silent{raw_peer::holding()}, answers{raw_peer::answering(ok)};
    const raw_peer trickles{[](raw_peer::socket& to, const std::string&) {
        raw_peer::send(to, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
        raw_peer::hold(to);
    }};
    for (const auto& s : subjects()) {
        CAPTURE(s.name);
        for (const auto* peer : {&silent, &trickles}) {
            const auto before = clock::now();
            const auto got = s.canceled(post(peer->url(), "{}", 20s), 200ms);
            CHECK(clock::now() - before < 3s); // libcurl asks about once a second
            REQUIRE_FALSE(got);
            CHECK(got.error().sent == delivery::maybe_sent);
            CHECK_FALSE(got.error().message.empty());
            CHECK(s.exchange(post(answers.url())));
        }
    }
    CHECK(silent.requests() == static_cast<int>(subjects().size()));
}

TEST_CASE("what is canceled before the request began was not sent") {
    const raw_peer silent{raw_peer::holding(), raw_peer::begin_of_client_hello};
    const support::unfinished_handshake connecting;
    for (const auto& s : subjects()) {
        for (const auto& url :
             {connecting.url(), with_scheme_https(connecting.url()), with_scheme_https(silent.url())}) {
            CAPTURE(s.name);
            CAPTURE(url);
            const auto before = clock::now();
            // Until then the handshake has begun, also where a TLS library is first used, under a sanitizer.
            const auto after = url == with_scheme_https(silent.url()) ? 1000ms : 200ms;
            const auto got = s.canceled(post(url, "{}", 20s), after);
            CHECK(clock::now() - before < 3s);
            REQUIRE_FALSE(got);
            CHECK_MESSAGE(got.error().sent == delivery::not_sent, got.error().message);
        }
    }
    CHECK(silent.requests() == static_cast<int>(subjects().size()));
}

TEST_CASE("media are pulled while they are sent, never held as a whole") {
    constexpr std::uint64_t size = std::uint64_t{48} << 20;
    for (const auto& s : subjects()) {
        CAPTURE(s.name);
        const auto medium = std::make_shared<numbered_bytes>(size);
        std::atomic<std::uint64_t> got_bytes{0}, wrong{0};
        raw_peer peer{[&](raw_peer::socket& from, const std::string& head) {
            const auto body_at = head.find("\r\n\r\n") + 4;
            std::string piece = head.substr(body_at);
            boost::system::error_code failed;
            for (std::uint64_t at = 0; !failed;) {
                for (const char c : piece) wrong += c != numbered_bytes::at(at++);
                got_bytes = at;
                if (at == size) break;
                piece.resize(1 << 16);
                piece.resize(from.read_some(boost::asio::buffer(piece), failed));
            }
            raw_peer::send(from, ok);
        }};
        auto request = post(peer.url(), "", 60s);
        request.body.append(medium, wan::body_encoding::none);
        const auto got = s.exchange(request);
        CHECK_MESSAGE(got, s.name);
        CHECK(got_bytes == size);
        CHECK(wrong == 0);
        CHECK(medium->largest_read() <= std::size_t{1} << 20);
        CHECK(peer.last_head().find("Content-Length: " + std::to_string(size) + "\r\n") != std::string::npos);
    }
}

TEST_CASE("a body that turns unreadable never becomes whole, and counts as not sent") {
    constexpr std::uint64_t size = std::uint64_t{8} << 20;
    raw_peer answers{raw_peer::answering(ok)};
    for (const auto& s : subjects()) {
        for (const auto readable : {std::uint64_t{0}, std::uint64_t{100}, size / 2, size - 1}) {
            CAPTURE(s.name);
            CAPTURE(readable);
            std::atomic<std::uint64_t> got_bytes{0};
            {
                raw_peer peer{[&](raw_peer::socket& from, const std::string& head) {
                    got_bytes = head.size() - head.find("\r\n\r\n") - 4;
                    std::string piece(1 << 16, '\0');
                    boost::system::error_code failed;
                    while (!failed) got_bytes += from.read_some(boost::asio::buffer(piece), failed);
                }};
                auto request = post(peer.url(), "", 10s);
                request.body.append(std::make_shared<numbered_bytes>(size, readable),
                                    wan::body_encoding::none);
                const auto before = clock::now();
                const auto got = s.exchange(request);
                CHECK(clock::now() - before < 5s);
                REQUIRE_FALSE(got);
                CHECK_MESSAGE(got.error().sent == delivery::not_sent, got.error().message);
                CHECK(got.error().message.starts_with("a media file of the request cannot be read at byte "));
                CHECK(peer.requests() <= 1);
            }
            CHECK(got_bytes <= readable);
            CHECK(s.exchange(post(answers.url())));
        }
    }
}

TEST_CASE("curl_multi: 1,000 queries at once on one thread") {
    const support::sandbox server;
    wan::executors::curl_multi http;
    int answered = 0, failed = 0;
    for (int i = 0; i < 1000; ++i)
        http(get(server.url() + "/sandbox/stats", 30s),
             [&](http_result got) { ++(got && got->status == 200 ? answered : failed); });
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
    for (int i = 0; i < 60; ++i)
        http(post(peer.url()), [&](http_result got) { answered += got.has_value(); });
    while (http.poll(1s)) {}
    CHECK(answered == 60);
    CHECK(peer.requests() == 60);
    CHECK(most <= 3);
}

TEST_CASE(
    "curl_multi: the time-out runs while a request waits for a connection, and nothing of it was sent") {
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
            boost::asio::co_spawn(
                threads, http(get(peer.url())),
                [&](std::exception_ptr thrown, http_result got) { answered += !thrown && got.has_value(); });
    }
    threads.join();
    CHECK(answered == 50);
}

TEST_CASE("beast: certificates that cannot be loaded are told at once") {
    CHECK_THROWS_AS(wan::executors::beast{"/no/such/ca.pem"}, boost::system::system_error);
}
#endif

#ifdef WAN_QT_NETWORK
TEST_CASE("qt_network: a video is made on the event loop, by callbacks") {
    need_application();
    const support::sandbox server;
    wan::executors::qt_network http;
    wan::run_options options;
    options.policy.poll = {50ms, 1.0, 50ms};
    std::optional<wan::outcome> end;
    QEventLoop loop;
    const wan::keyframe_to_video shot{.first_frame_url = server.url() + "/assets/first.png",
                                      .last_frame_url = server.url() + "/assets/last.png",
                                      .resolution = wan::resolution::p480};
    const auto execute = [&http](const http_request& request, wan::http_done done) {
        http(request, std::move(done));
    };
    const auto run = wan::run_async(wan::dashscope::at(server.base_url(), support::secret), shot, execute,
                                    wan::executors::qt_timer{}, options, [&](wan::outcome o) {
                                        end = std::move(o);
                                        loop.quit();
                                    });
    loop.exec();
    REQUIRE(end);
    CHECK_MESSAGE(*end, to_string(*end));
    CHECK(run.is_done());
}

TEST_CASE("qt_network: many at once, each is told once") {
    need_application();
    raw_peer peer{raw_peer::answering(ok)};
    wan::executors::qt_network http;
    QEventLoop loop;
    int answered = 0, told = 0;
    for (int i = 0; i < 60; ++i) {
        auto request = i % 3 == 0 ? post(peer.url(), "{}", 30s) : get(peer.url(), 30s);
        http(std::move(request), [&](http_result got) {
            answered += got.has_value();
            if (++told == 60) loop.quit();
        });
    }
    CHECK(http.running() == 60);
    loop.exec();
    CHECK(answered == 60);
    CHECK(http.running() == 0);
}

TEST_CASE("qt_network: a callback may begin, cancel and destroy") {
    need_application();
    raw_peer peer{raw_peer::answering(ok)}, silent{raw_peer::holding()};
    auto http = std::make_unique<wan::executors::qt_network>();
    QEventLoop loop;
    std::vector<int> order;
    (*http)(get(peer.url()), [&](http_result got) {
        CHECK(got);
        order.push_back(1);
        (*http)(post(silent.url()), [&](http_result canceled) {
            REQUIRE_FALSE(canceled);
            CHECK(canceled.error().message == "canceled by the caller");
            order.push_back(2);
            (*http)(post(silent.url()), [&](http_result) { order.push_back(3); });
            http.reset();
            loop.quit();
        });
        http->cancel_all();
        CHECK(order.size() == 1); // told later
    });
    loop.exec();
    QTimer::singleShot(100ms, &loop, &QEventLoop::quit);
    loop.exec();
    CHECK(order == std::vector{1, 2});
}

TEST_CASE("qt_network: its end calls nothing") {
    need_application();
    raw_peer silent{raw_peer::holding()};
    int told = 0;
    QEventLoop loop;
    QTimer::singleShot(200ms, &loop, &QEventLoop::quit);
    {
        wan::executors::qt_network http;
        http(post(silent.url()), [&](http_result) { ++told; });
        loop.exec();
        http(post(silent.url()), [&](http_result) { ++told; });
        http.cancel_all();
    }
    QTimer::singleShot(100ms, &loop, &QEventLoop::quit);
    loop.exec();
    CHECK(told == 0);
    CHECK(silent.requests() == 1);
}
#endif
