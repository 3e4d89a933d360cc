// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// One HTTP exchange over Boost.Beast, on its own connection.
#pragma once

#include <wan/http/body.hpp>
#include <wan/http/executor.hpp>
#include <wan/http/url.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http.hpp>

#include <openssl/ssl.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#ifndef BOOST_ASIO_HAS_CO_AWAIT
#error "This executor needs a compiler with C++20 coroutines that Boost.Asio supports."
#endif

namespace wan::executors {

namespace detail {

/// The destination of a request, as owned text.
struct beast_target {
    bool tls = false;
    std::string host = {}; ///< without the brackets of an IPv6 address
    std::string port = {};
    std::string authority = {}; ///< the value of Host
    std::string path = {};      ///< with the query

    /// Returns nothing if the text is not an HTTP URL, or is a URL with credentials.
    static std::optional<beast_target> of(std::string_view text) {
        const auto url = parse_url(text);
        if (!url || !url->userinfo.empty() || url->port.size() > 5) return std::nullopt;
        const boost::beast::string_view scheme{url->scheme.data(), url->scheme.size()};
        const bool tls = boost::beast::iequals(scheme, "https");
        if (!tls && !boost::beast::iequals(scheme, "http")) return std::nullopt;
        if (!url->port.empty() && std::stoi(std::string{url->port}) > 65535) return std::nullopt;
        beast_target target{.tls = tls,
                            .host = std::string{url->host},
                            .port = std::string{!url->port.empty() ? url->port
                                                : tls              ? "443"
                                                                   : "80"},
                            .authority = std::string{url->host},
                            .path = std::string{url->rest.substr(0, url->rest.find('#'))}};
        if (target.host.starts_with('[') && target.host.ends_with(']'))
            target.host = target.host.substr(1, target.host.size() - 2);
        if (!url->port.empty()) target.authority.append(":").append(url->port);
        if (!target.path.starts_with('/')) target.path.insert(0, "/");
        return target;
    }

    /// Returns a URL for display, without its parts that may be secret.
    static std::string shown(std::string_view text) {
        const auto url = parse_url(text);
        if (!url) return "the request's URL (" + std::to_string(text.size()) + " bytes)";
        return std::string{url->scheme}.append("://").append(url->host);
    }
};

/// One exchange on its own connection. All of it runs on one strand.
class beast_exchange {
public:
    using strand = boost::asio::strand<boost::asio::any_io_executor>;
    template <class T>
    using awaitable = boost::asio::awaitable<T>;

    beast_exchange(strand on, std::shared_ptr<boost::asio::ssl::context> tls, http_request request)
        : strand_(std::move(on)), tls_(std::move(tls)), request_(std::move(request)), resolver_(strand_),
          socket_(strand_), over_(strand_) {}

    /// Ends at the deadline or when canceled, even during a name look-up: that cannot be stopped, so it is
    /// abandoned.
    static awaitable<http_result> run(std::shared_ptr<beast_exchange> self) {
        co_await boost::asio::this_coro::throw_if_cancelled(false);
        auto cancellation = co_await boost::asio::this_coro::cancellation_state;
        const auto is_canceled = [&] {
            return cancellation.cancelled() != boost::asio::cancellation_type::none;
        };
        if (!is_canceled()) {
            self->begin(self);
            boost::system::error_code ignored;
            co_await self->over_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
        }
        if (self->thrown_) std::rethrow_exception(self->thrown_);
        if (!self->result_) self->abandon(is_canceled());
        co_return std::move(*self->result_);
    }

private:
    static constexpr std::size_t max_header_bytes = std::size_t{1} << 18;
    static constexpr std::size_t block_size = std::size_t{1} << 16;
    using error_code = boost::system::error_code;

    void begin(const std::shared_ptr<beast_exchange>& self) {
        constexpr std::chrono::milliseconds longest{0x7FFFFFFF};
        over_.expires_after((std::min)(request_.timeout, longest));
        boost::asio::co_spawn(strand_, carry_out(), [self](std::exception_ptr thrown, http_result result) {
            if (self->abandoned_) return;
            self->thrown_ = thrown;
            self->result_ = std::move(result);
            self->over_.expires_at(boost::asio::steady_timer::time_point::min());
        });
    }

    void abandon(bool canceled) {
        abandoned_ = true;
        result_ =
            error(canceled ? "canceled by the caller"
                           : "no response within " + std::to_string(request_.timeout.count()) +
                                 " ms, the request's timeout; check the network, or set a longer timeout");
        error_code ignored;
        resolver_.cancel();
        socket_.close(ignored);
    }

    awaitable<http_result> carry_out() {
        const auto target = beast_target::of(request_.url);
        if (!target)
            co_return error(beast_target::shown(request_.url) +
                            " is not an http or https URL, or has credentials; correct it");
        auto failed = co_await connect(*target);
        if (failed) co_return error(failed.message());
        if (!target->tls) co_return co_await converse(socket_, *target);

        boost::asio::ssl::stream<boost::asio::ip::tcp::socket&> stream{socket_, *tls_};
        failed = co_await shake_hands(stream, *target);
        if (failed) co_return error(failed.message());
        co_return co_await converse(stream, *target);
    }

    awaitable<error_code> connect(const beast_target& target) {
        error_code failed;
        const auto found = co_await resolver_.async_resolve(
            target.host, target.port, boost::asio::redirect_error(boost::asio::use_awaitable, failed));
        if (!failed && abandoned_) failed = boost::asio::error::operation_aborted;
        if (failed) co_return failed;
        co_await boost::asio::async_connect(socket_, found,
                                            boost::asio::redirect_error(boost::asio::use_awaitable, failed));
        if (failed) co_return failed;
        error_code ignored;
        // sends a small body without waiting for the acknowledgment of the head
        socket_.set_option(boost::asio::ip::tcp::no_delay{true}, ignored);
        co_return failed;
    }

    template <class Stream>
    static awaitable<error_code> shake_hands(Stream& stream, const beast_target& target) {
        error_code failed;
        stream.set_verify_callback(boost::asio::ssl::host_name_verification{target.host});
        (void)boost::asio::ip::make_address(target.host, failed);
        const bool is_name = failed.failed();
        failed.clear();
        if (is_name && SSL_set_tlsext_host_name(stream.native_handle(), target.host.c_str()) != 1)
            co_return make_error_code(boost::system::errc::invalid_argument);
        co_await stream.async_handshake(boost::asio::ssl::stream_base::client,
                                        boost::asio::redirect_error(boost::asio::use_awaitable, failed));
        co_return failed;
    }

    template <class Stream>
    awaitable<http_result> converse(Stream& stream, const beast_target& target) {
        if (abandoned_) co_return error("abandoned by the caller");
        sent_ = delivery::maybe_sent;
        const auto not_written = co_await write(stream, target);
        if (sent_ == delivery::not_sent) co_return error(to_string(broken_));
        // A server may respond and close before it has read all of a large body.
        auto answer = co_await read(stream);
        if (!answer && not_written) co_return error(not_written.message());
        co_return answer;
    }

    template <class Stream>
    awaitable<error_code> write(Stream& stream, const beast_target& target) {
        const auto head = make_head(target);
        error_code failed;
        co_await boost::beast::http::async_write(
            stream, head, boost::asio::redirect_error(boost::asio::use_awaitable, failed));
        if (request_.method != http_method::post) co_return failed;
        http_body_reader body{request_.body};
        std::string block(std::min<std::uint64_t>(block_size, request_.body.size()), '\0');
        auto n = body.read(block);
        for (; n && *n != 0 && !failed; n = body.read(block))
            co_await boost::asio::async_write(
                stream, boost::asio::buffer(block.data(), *n),
                boost::asio::redirect_error(boost::asio::use_awaitable, failed));
        if (n) co_return failed;
        broken_ = n.error();
        sent_ = delivery::not_sent; // an incomplete request is not processed
        co_return make_error_code(boost::system::errc::io_error);
    }

    boost::beast::http::request<boost::beast::http::empty_body> make_head(const beast_target& target) const {
        namespace http = boost::beast::http;
        const bool posts = request_.method == http_method::post;
        http::request<http::empty_body> head{posts ? http::verb::post : http::verb::get, target.path, 11};
        head.set(http::field::host, target.authority);
        for (const auto& h : request_.headers) head.insert(h.name, h.value);
        if (posts) head.content_length(request_.body.size());
        head.keep_alive(false);
        return head;
    }

    template <class Stream>
    awaitable<http_result> read(Stream& stream) {
        namespace http = boost::beast::http;
        boost::beast::flat_buffer buffer{max_header_bytes + block_size};
        while (true) {
            http::response_parser<http::string_body> parser;
            parser.header_limit(max_header_bytes);
            parser.body_limit(request_.max_reply_bytes);
            error_code failed;
            co_await http::async_read(stream, buffer, parser,
                                      boost::asio::redirect_error(boost::asio::use_awaitable, failed));
            if (failed == http::error::body_limit)
                co_return error(
                    "the response is larger than " + std::to_string(request_.max_reply_bytes) +
                    " bytes, the limit of the request; check the base URL, or raise policy::max_reply_bytes");
            if (failed) co_return error(failed.message());
            if (!is_interim(parser.get().result_int())) co_return to_response(parser.release());
        }
    }

    static bool is_interim(unsigned status) noexcept { return status / 100 == 1 && status != 101; }

    static http_response to_response(boost::beast::http::response<boost::beast::http::string_body> message) {
        http_response response{.status = message.result_int()};
        for (const auto& field : message)
            response.headers.push_back({std::string{field.name_string()}, std::string{field.value()}});
        response.body = std::move(message.body());
        return response;
    }

    transport_error error(std::string message) const { return {sent_, std::move(message)}; }

    strand strand_;
    std::shared_ptr<boost::asio::ssl::context> tls_;
    const http_request request_;
    boost::asio::ip::tcp::resolver resolver_;
    boost::asio::ip::tcp::socket socket_;
    boost::asio::steady_timer over_; ///< expires at the deadline, or earlier when there is a result
    delivery sent_ = delivery::not_sent;
    unreadable_body broken_; ///< where the body could not be read
    bool abandoned_ = false;
    std::exception_ptr thrown_;
    std::optional<http_result> result_;
};

} // namespace detail

} // namespace wan::executors
