// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "sandbox/http/message.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstdint>
#include <optional>

namespace sandbox {

/// What requests are given to. It runs in the thread that runs the context.
class request_handler {
public:
    virtual ~request_handler() = default;

    /// What is to go wrong with a request whose body has not come yet.
    virtual std::optional<fault> plan(const request& head) = 0;
    virtual reply answer(const request& asked) = 0;
    /// To a request whose body is larger than is read.
    virtual reply too_large(const request& head) = 0;
};

/// An HTTP server on 127.0.0.1.
class server {
public:
    /// Throws boost::system::system_error if the port cannot be had; 0 takes any free one.
    server(boost::asio::io_context& context, std::uint16_t port);

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
    /// The handler must live as long as the context runs.
    void start(request_handler& handler);

private:
    void accept();
    void accept_later(const boost::system::error_code& reason);

    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::steady_timer pause_;
    request_handler* handler_ = nullptr;
};

} // namespace sandbox
