// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// An executor over cpp-httplib, from 0.11.4 on (tried up to 0.53): blocking, with a thread for each
/// exchange. Copy it or include it.
///
/// Limits of the library, which this executor cannot take away:
/// - A name look-up that is under way is not interrupted: the resolver's own time-outs come on top of the
/// request's.
/// - Versions before 0.20.1 do not bound the lines of a reply's head, and the oldest crash when its first is
/// a megabyte long; from
///   0.22 on their number is bounded as well. Do not take an older one for servers that are not trusted.
/// - An interim answer other than `100 Continue` (103 Early Hints) ends the exchange, as `maybe_sent`.
/// - Versions before 0.30.2 do not read an answer that comes while a large body is still being sent: the end
/// is `maybe_sent`.
/// - Each exchange has a connection of its own. Proxies are not used. Not for Windows.
/// - Without CPPHTTPLIB_OPENSSL_SUPPORT, to be defined before <httplib.h> is included first, https is
/// refused, as `not_sent`.
/// - CPPHTTPLIB_EXPECT_100_THRESHOLD, which this header defines, has no effect if <httplib.h> was included
/// before it.
#pragma once

#include <wan/http/executor.hpp>
#include <wan/http/url.hpp>

// A pause before each large body, in newer versions, during which a server that ignores `Expect` costs a
// second.
#ifndef CPPHTTPLIB_EXPECT_100_THRESHOLD
#define CPPHTTPLIB_EXPECT_100_THRESHOLD 0
#endif
#include <httplib.h>

#include <fcntl.h>
#include <netdb.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace wan::executors {

namespace detail {

/// Where a request goes, as text of its own.
struct httplib_target {
    bool tls = false;
    std::string host = {}; ///< without the brackets of an IPv6 address
    int port = 0;
    std::string authority = {}; ///< the value of Host
    std::string path = {};      ///< with the query

    /// Nothing for what is no HTTP URL, or one with credentials.
    static std::optional<httplib_target> of(std::string_view text) {
        const auto url = parse_url(text);
        if (!url || !url->userinfo.empty() || url->port.size() > 5) return std::nullopt;
        std::string scheme{url->scheme};
        for (char& c : scheme)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
        const bool tls = scheme == "https";
        if (!tls && scheme != "http") return std::nullopt;
        httplib_target target{.tls = tls,
                              .host = std::string{url->host},
                              .port = !url->port.empty() ? std::stoi(std::string{url->port})
                                      : tls              ? 443
                                                         : 80,
                              .authority = std::string{url->host},
                              .path = std::string{url->rest.substr(0, url->rest.find('#'))}};
        if (target.port > 65535) return std::nullopt;
        if (target.host.starts_with('[') && target.host.ends_with(']'))
            target.host = target.host.substr(1, target.host.size() - 2);
        if (!url->port.empty()) target.authority.append(":").append(url->port);
        if (!target.path.starts_with('/')) target.path.insert(0, "/");
        return target;
    }

    /// The numeric addresses of the host; none if it is unknown.
    std::vector<std::string> addresses() const {
        addrinfo wanted{};
        wanted.ai_socktype = SOCK_STREAM;
        addrinfo* first = nullptr;
        std::vector<std::string> found;
        if (getaddrinfo(host.c_str(), nullptr, &wanted, &first) != 0) return found;
        for (const auto* a = first; a != nullptr; a = a->ai_next) {
            char text[NI_MAXHOST];
            if (getnameinfo(a->ai_addr, a->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST) == 0)
                found.emplace_back(text);
        }
        freeaddrinfo(first);
        return found;
    }
};

/// A descriptor that closes itself.
class httplib_descriptor {
public:
    explicit httplib_descriptor(int number = -1) noexcept : number_(number) {}
    ~httplib_descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    httplib_descriptor(httplib_descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    httplib_descriptor& operator=(httplib_descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    int get() const noexcept { return number_; }

private:
    int number_;
};

/// The connection of an exchange, as the thread that waits for it sees it: it can cut it.
class httplib_connection {
public:
    httplib_connection() : nowhere_(::open("/dev/null", O_RDONLY | O_CLOEXEC)) {}

    bool is_ready() const noexcept { return nowhere_.get() >= 0; }

    /// Before each attempt to connect to one address.
    void begin_attempt() noexcept { sockets_ = 0; }

    /// Called by httplib before it connects. A second socket in one attempt means that it wants to repeat the
    /// request: newer versions may do so when they find a TLS connection closed after the request was
    /// written.
    void opened(int socket) {
        const std::lock_guard lock{mutex_};
        ++sockets_;
        // httplib asks nobody whether to connect, but what is no socket it cannot connect.
        if (is_cut_ || sockets_ > 1)
            ::dup2(nowhere_.get(), socket);
        else
            // httplib may close its own at any time
            socket_ = httplib_descriptor{::fcntl(socket, F_DUPFD_CLOEXEC, 0)};
    }

    bool was_repeat_refused() const noexcept { return sockets_ > 1; }

    /// From the waiting thread.
    void cut() {
        const std::lock_guard lock{mutex_};
        is_cut_ = true;
        if (socket_.get() >= 0) ::shutdown(socket_.get(), SHUT_RDWR);
    }
    bool is_cut() const {
        const std::lock_guard lock{mutex_};
        return is_cut_;
    }

private:
    httplib_descriptor nowhere_;
    mutable std::mutex mutex_;
    httplib_descriptor socket_;
    bool is_cut_ = false;
    int sockets_ = 0; ///< of the exchange's thread
};

/// One exchange: `carry_out` on a thread of its own, `watch` on the caller's. Refers to all it is given.
class httplib_exchange {
public:
    httplib_exchange(const http_request& request, const std::string& ca_file)
        : request_(request), ca_file_(ca_file), deadline_(clock::now() + bounded(request.timeout)),
          body_(request.body) {}

    void carry_out() noexcept {
        // A server that hangs up would end the program: httplib writes without MSG_NOSIGNAL.
        sigset_t pipe;
        sigemptyset(&pipe);
        sigaddset(&pipe, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
        try {
            result_ = exchange();
        } catch (...) { thrown_ = std::current_exception(); }
        const std::lock_guard lock{mutex_};
        has_ended_ = true;
        ended_.notify_one();
    }

    /// Until the exchange has ended, which is soon after the deadline, or after `aborted` said so.
    void watch(const std::function<bool()>& aborted) {
        constexpr std::chrono::milliseconds slice{50};
        std::unique_lock lock{mutex_};
        while (!has_ended_) {
            const auto slice_end = clock::now() + slice;
            const auto next = !why_cut_.empty() ? slice_end
                              : aborted         ? (std::min)(slice_end, deadline_)
                                                : deadline_;
            if (ended_.wait_until(lock, next, [this] { return has_ended_; })) return;
            lock.unlock();
            if (why_cut_.empty() && aborted && aborted()) why_cut_ = "canceled by the caller";
            if (why_cut_.empty() && clock::now() >= deadline_)
                why_cut_ = "no answer within " + std::to_string(request_.timeout.count()) + " ms";
            if (!why_cut_.empty()) connection_.cut();
            lock.lock();
        }
    }
    void cut() { connection_.cut(); }

    http_result result() {
        if (thrown_) std::rethrow_exception(thrown_);
        if (*result_ || why_cut_.empty()) return *std::move(result_);
        return transport_error{result_->error().sent, why_cut_};
    }

private:
    using clock = std::chrono::steady_clock;
    using error_code = ::httplib::Error;
    static constexpr std::size_t block_size = std::size_t{1} << 16;
#ifdef CPPHTTPLIB_OPENSSL_SUPPORT
    static constexpr bool has_tls = true;
#else
    static constexpr bool has_tls = false;
#endif

    static std::chrono::milliseconds bounded(std::chrono::milliseconds time) noexcept {
        return std::clamp(time, std::chrono::milliseconds{1}, std::chrono::milliseconds{0x7FFFFFFF});
    }

    http_result exchange() {
        const auto target = httplib_target::of(request_.url);
        if (!target) return not_sent("not an http or https URL, or one with credentials");
        if (target->tls && !has_tls)
            return not_sent("no https: cpp-httplib is used without CPPHTTPLIB_OPENSSL_SUPPORT");
        if (!connection_.is_ready()) return not_sent("no descriptor is left");
        const auto addresses = target->addresses();
        if (addresses.empty()) return not_sent("the host " + target->host + " is unknown");
        http_result result = not_sent("no time is left");
        for (const auto& address : addresses) {
            if (connection_.is_cut()) break;
            connection_.begin_attempt();
            bool is_refused = false;
            result = converse(*target, address, is_refused);
            if (!is_refused) break;
        }
        return result;
    }

    std::unique_ptr<::httplib::ClientImpl> client_for(const httplib_target& target) const {
        if (!target.tls) return std::make_unique<::httplib::ClientImpl>(target.host, target.port);
#ifdef CPPHTTPLIB_OPENSSL_SUPPORT
        auto client = std::make_unique<::httplib::SSLClient>(target.host, target.port);
        if (!ca_file_.empty()) client->set_ca_cert_path(ca_file_);
        client->enable_server_certificate_verification(true);
        return client;
#else
        return nullptr;
#endif
    }

    http_result converse(const httplib_target& target, const std::string& address, bool& is_refused) {
        const auto client = client_for(target);
        if (!client || !client->is_valid()) return not_sent("TLS could not be set up");
        set_up(*client, target, address);
        auto question = to_httplib(target);
        ::httplib::Response answer;
        auto code = error_code::Success;
        const bool is_answered = client->send(question, answer, code);
        if (is_body_broken_) return not_sent("a file of the request cannot be read");
        if (!cut_off_.empty()) return transport_error{delivery::maybe_sent, cut_off_};
        if (connection_.was_repeat_refused())
            return transport_error{delivery::maybe_sent, "the connection was closed"};
        if (!is_answered) {
            is_refused = code == error_code::Connection || code == error_code::ConnectionTimeout;
            return transport_error{is_before_request(code) ? delivery::not_sent : delivery::maybe_sent,
                                   to_string(code)};
        }
        if (answer.status / 100 == 1) return transport_error{delivery::maybe_sent, interim};
        return to_response(answer);
    }

    void set_up(::httplib::ClientImpl& client, const httplib_target& target, const std::string& address) {
        const auto left = (std::max)(std::chrono::ceil<std::chrono::milliseconds>(deadline_ - clock::now()),
                                     std::chrono::milliseconds{1});
        client.set_connection_timeout((std::min)(left, std::chrono::milliseconds{15'000}));
        client.set_read_timeout(left);
        client.set_write_timeout(left);
        client.set_keep_alive(false);
        client.set_follow_location(false); // the key would travel along
        client.set_decompress(false);
        client.set_tcp_nodelay(true);
        client.set_hostname_addr_map({{target.host, address}});
        client.set_socket_options([this](auto socket) { connection_.opened(socket); });
        keep_path_as_it_is(client);
    }

    template <class Client>
    static void keep_path_as_it_is(Client& client) {
        if constexpr (requires { client.set_path_encode(false); })
            client.set_path_encode(false);
        else
            client.set_url_encode(false);
    }

    ::httplib::Request to_httplib(const httplib_target& target) {
        ::httplib::Request question;
        question.method = to_wire(request_.method);
        question.path = target.path;
        question.headers.emplace("Host", target.authority);
        for (const auto& h : request_.headers) question.headers.emplace(h.name, h.value);
        if (request_.method == http_method::post) {
            question.content_length_ = static_cast<std::size_t>(request_.body.size());
            question.content_provider_ = [this](std::size_t, std::size_t, ::httplib::DataSink& to) {
                return pull(to);
            };
        }
        question.response_handler = [this](const ::httplib::Response& head) { return check(head); };
        question.content_receiver = [this](const char* data, std::size_t size, auto, auto) {
            return append({data, size});
        };
        return question;
    }

    bool pull(::httplib::DataSink& to) {
        std::string block(std::min<std::uint64_t>(block_size, request_.body.size()), '\0');
        const auto n = body_.read(block);
        is_body_broken_ = !n;
        if (is_body_broken_) connection_.cut(); // newer versions would wait for an answer
        return n && (*n == 0 || to.write(block.data(), *n));
    }

    bool check(const ::httplib::Response& head) {
        if (head.status / 100 == 1) cut_off_ = interim;
        if (const auto length = head.get_header_value("Content-Length"); !length.empty())
            check_size(std::strtoull(length.c_str(), nullptr, 10));
        return cut_off_.empty();
    }

    bool append(std::string_view piece) {
        if (check_size(std::uint64_t{body_of_answer_.size()} + piece.size())) body_of_answer_.append(piece);
        return cut_off_.empty() && !connection_.is_cut();
    }

    bool check_size(std::uint64_t bytes) {
        if (bytes > request_.max_reply_bytes)
            cut_off_ = "the reply is larger than " + std::to_string(request_.max_reply_bytes) + " bytes";
        return cut_off_.empty();
    }

    http_response to_response(const ::httplib::Response& answer) {
        http_response response{.status = static_cast<unsigned>(answer.status)};
        for (const auto& [name, value] : answer.headers) response.headers.push_back({name, value});
        response.body = std::move(body_of_answer_);
        return response;
    }

    /// Newer versions tell it apart.
    template <class Code>
    static bool is_wrong_host(Code code) noexcept {
        if constexpr (requires { Code::SSLServerHostnameVerification; })
            return code == Code::SSLServerHostnameVerification;
        else
            return false;
    }

    static bool is_before_request(error_code code) noexcept {
        switch (code) {
        case error_code::Connection:
        case error_code::ConnectionTimeout:
        case error_code::BindIPAddress:
        case error_code::SSLConnection:
        case error_code::SSLLoadingCerts:
        case error_code::SSLServerVerification: return true;
        default: return is_wrong_host(code);
        }
    }

    static transport_error not_sent(std::string message) { return {delivery::not_sent, std::move(message)}; }

    static constexpr const char* interim = "the server sent an interim answer, which cpp-httplib cannot skip";

    const http_request& request_;
    const std::string& ca_file_;
    const clock::time_point deadline_;
    http_body_reader body_;
    httplib_connection connection_;
    bool is_body_broken_ = false;
    std::string cut_off_; ///< why the reply was not taken to its end
    std::string body_of_answer_;
    std::optional<http_result> result_;
    std::exception_ptr thrown_;
    std::string why_cut_; ///< of the waiting thread

    std::mutex mutex_;
    std::condition_variable ended_;
    bool has_ended_ = false;
};

} // namespace detail

/// TLS certificates are checked, redirects are not followed, nothing is ever sent twice. Any number of
/// threads may call one object, if `aborted` allows it.
class httplib {
public:
    /// `aborted` is asked on the calling thread, about 20 times a second; true ends the exchange. `ca_file`
    /// (PEM) takes the place of the system's certificates.
    explicit httplib(std::function<bool()> aborted = {}, std::string ca_file = {})
        : aborted_(std::move(aborted)), ca_file_(std::move(ca_file)) {}

    http_result operator()(const http_request& request) const {
        detail::httplib_exchange exchange{request, ca_file_};
        {
            const std::jthread worker{[&exchange] { exchange.carry_out(); }};
            const cut_at_end guard{exchange}; // in case that `aborted` throws
            exchange.watch(aborted_);
        }
        return exchange.result();
    }

private:
    struct cut_at_end {
        detail::httplib_exchange& exchange;
        ~cut_at_end() { exchange.cut(); }
    };

    std::function<bool()> aborted_;
    std::string ca_file_;
};

} // namespace wan::executors
