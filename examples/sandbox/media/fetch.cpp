// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/media/fetch.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include <charconv>
#include <chrono>
#include <functional>
#include <vector>

namespace sandbox {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

namespace {

// Names are not resolved: the meaning of "localhost" must not depend on the resolver.
std::vector<asio::ip::tcp::endpoint> endpoints_of(const wan::url_view& url) {
    unsigned port = 80;
    if (!url.port.empty()) std::from_chars(url.port.data(), url.port.data() + url.port.size(), port);
    if (port == 0 || port > 65535) return {};
    const auto number = static_cast<unsigned short>(port);
    const asio::ip::tcp::endpoint six{asio::ip::address_v6::loopback(), number};
    if (url.host == "[::1]") return {six};
    boost::system::error_code error;
    const auto four = asio::ip::make_address_v4(std::string{url.host}, error);
    if (!error) return {{four, number}};
    return {{asio::ip::address_v4::loopback(), number}, six};
}

http::request<http::empty_body> request_for(const wan::url_view& url) {
    auto target = std::string{url.rest.substr(0, url.rest.find('#'))};
    if (!target.starts_with('/')) target.insert(0, 1, '/');
    http::request<http::empty_body> request{http::verb::get, target, 11};
    std::string host{url.host};
    if (!url.port.empty()) host.append(1, ':').append(url.port);
    request.set(http::field::host, host);
    request.set(http::field::user_agent, "wan-sandbox");
    request.keep_alive(false);
    return request;
}

/// Runs one asynchronous operation after another; a stop can interrupt each of them.
class steps {
public:
    steps(asio::io_context& context, const std::stop_token& stop)
        : context_(context), stop_(stop), on_stop_(stop, [this] { context_.stop(); }) {}

    auto handler() {
        return [this](boost::system::error_code error, auto&&...) { error_ = error; };
    }

    boost::system::error_code error() const { return error_; }

    bool done() {
        context_.restart();
        // After the restart, which would discard an earlier stop; a later stop ends run().
        if (stop_.stop_requested()) return false;
        context_.run();
        return !error_ && !stop_.stop_requested();
    }

private:
    asio::io_context& context_;
    std::stop_token stop_;
    boost::system::error_code error_ = {};
    std::stop_callback<std::function<void()>> on_stop_;
};

} // namespace

std::variant<std::string, fetch_failure> fetch_from_loopback(const wan::url_view& url, std::uint64_t most,
                                                             const std::stop_token& stop) {
    const auto endpoints = endpoints_of(url);
    asio::io_context context{1};
    steps step(context, stop);
    beast::tcp_stream stream(context);
    stream.expires_after(std::chrono::seconds{10});

    stream.async_connect(endpoints, step.handler());
    if (!step.done()) return fetch_failure::no_answer;

    const auto request = request_for(url);
    http::async_write(stream, request, step.handler());
    if (!step.done()) return fetch_failure::no_answer;

    beast::flat_buffer buffer;
    http::response_parser<http::string_body> parser;
    parser.body_limit(most);
    http::async_read(stream, buffer, parser, step.handler());
    const bool whole = step.done();
    if (parser.get().result() != http::status::ok) return fetch_failure::no_answer;
    if (step.error() == http::error::body_limit) return fetch_failure::too_large;
    if (!whole) return fetch_failure::no_answer;
    return std::move(parser.get().body());
}

} // namespace sandbox
