// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include "sandbox/http/message.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstdint>
#include <optional>

namespace sandbox {

/// Handles requests, on the thread that runs the context.
class request_handler {
public:
    virtual ~request_handler() = default;

    /// Returns the fault of a request whose body has not arrived yet.
    virtual std::optional<fault> plan(const request& head) = 0;
    virtual reply answer(const request& asked) = 0;
    /// Returns the response to a request whose body is too large.
    virtual reply too_large(const request& head) = 0;
};

/// An HTTP server on 127.0.0.1.
class server {
public:
    /// Throws boost::system::system_error if the port is not available; 0 selects any free port.
    server(boost::asio::io_context& context, std::uint16_t port);

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
    /// The handler must outlive the context's run.
    void start(request_handler& handler);

private:
    void accept();
    void accept_later(const boost::system::error_code& reason);

    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::steady_timer pause_;
    request_handler* handler_ = nullptr;
};

} // namespace sandbox
