// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/http/server.hpp"

#include "sandbox/http/session.hpp"
#include "sandbox/log.hpp"

#include <boost/asio/ip/address_v4.hpp>

#include <fcntl.h>

#include <chrono>

namespace sandbox {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

namespace {

// A child process must not keep the port or a connection open.
template <class Socket>
void keep_from_children(Socket& socket) {
    ::fcntl(socket.native_handle(), F_SETFD, FD_CLOEXEC);
}

} // namespace

server::server(asio::io_context& context, std::uint16_t port)
    : acceptor_(context, tcp::endpoint(asio::ip::address_v4::loopback(), port)), pause_(context) {
    keep_from_children(acceptor_);
}

void server::start(request_handler& handler) {
    handler_ = &handler;
    accept();
}

void server::accept() {
    acceptor_.async_accept([this](boost::system::error_code error, tcp::socket socket) {
        if (error) return accept_later(error);
        keep_from_children(socket);
        start_session(std::move(socket), *handler_);
        accept();
    });
}

// Probably there are too many open connections: an immediate retry would fail again.
void server::accept_later(const boost::system::error_code& reason) {
    log("cannot accept a connection: " + reason.message());
    pause_.expires_after(std::chrono::milliseconds{100});
    pause_.async_wait([this](const boost::system::error_code& error) {
        if (!error) accept();
    });
}

} // namespace sandbox
