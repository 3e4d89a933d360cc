// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "message.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstdint>
#include <functional>

namespace sandbox {

/// An HTTP server on 127.0.0.1. The handler runs in the thread that runs the context.
class server {
public:
    using handler = std::function<reply(const request&)>;

    /// Throws boost::system::system_error if the port cannot be had; 0 takes any free one.
    server(boost::asio::io_context& context, std::uint16_t port);

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
    void start(handler answer);

private:
    void accept();
    void accept_later(const boost::system::error_code& reason);

    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::steady_timer pause_;
    handler answer_;
};

} // namespace sandbox
