// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// An executor over Boost.Beast, Asio's coroutines and OpenSSL, with a timer. Copy it with the folder
/// `beast`, or include it; link ssl and crypto.
#pragma once

#include "beast/exchange.hpp"

#include <wan/http/executor.hpp>
#include <wan/task/policy.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <utility>

namespace wan::executors {

/// One exchange for each call, on a connection of its own:
///
///     wan::http_result result = co_await http(request);
///
/// Checks the certificate and the host name, follows no redirect, never sends a request twice, and uses no
/// proxy. Runs on the coroutine's executor, with any number of threads. One object serves any number of
/// concurrent exchanges and need not outlive them. A terminal cancellation ends an exchange with a
/// `transport_error` that reports correctly whether the request was sent.
class beast {
public:
    /// Trusts the system's certificates, or only those in `ca_file` (PEM). Throws
    /// `boost::system::system_error` if they cannot be loaded.
    explicit beast(const std::string& ca_file = {}) : tls_(make_tls(ca_file)) {}

    /// Pass `request` as an rvalue to avoid a copy of its body.
    boost::asio::awaitable<http_result> operator()(http_request request) const {
        return carry_out(tls_, std::move(request));
    }

private:
    using tls_context = boost::asio::ssl::context;

    static std::shared_ptr<tls_context> make_tls(const std::string& ca_file) {
        auto tls = std::make_shared<tls_context>(tls_context::tls_client);
        tls->set_options(tls_context::default_workarounds | tls_context::no_sslv2 | tls_context::no_sslv3 |
                         tls_context::no_tlsv1 | tls_context::no_tlsv1_1);
        tls->set_verify_mode(boost::asio::ssl::verify_peer);
        if (ca_file.empty())
            tls->set_default_verify_paths();
        else
            tls->load_verify_file(ca_file);
        return tls;
    }

    static boost::asio::awaitable<http_result> carry_out(std::shared_ptr<tls_context> tls,
                                                         http_request request) {
        const auto executor = co_await boost::asio::this_coro::executor;
        const auto strand = boost::asio::make_strand(executor);
        auto exchange = std::make_shared<detail::beast_exchange>(strand, std::move(tls), std::move(request));
        co_return co_await boost::asio::co_spawn(strand, detail::beast_exchange::run(std::move(exchange)),
                                                 boost::asio::use_awaitable);
    }

    std::shared_ptr<tls_context> tls_;
};

/// The clocks and the sleep of `wan::run_as`, on the coroutine's executor. A terminal cancellation ends a
/// sleep with `boost::system::system_error`.
struct asio_timer {
    std::chrono::sys_seconds today() const {
        return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    }
    time_point now() const { return std::chrono::steady_clock::now(); }
    boost::asio::awaitable<void> sleep_until(time_point until) const { return sleep(until); }

private:
    static boost::asio::awaitable<void> sleep(time_point until) {
        const auto executor = co_await boost::asio::this_coro::executor;
        boost::asio::steady_timer timer{executor, until};
        co_await timer.async_wait(boost::asio::use_awaitable);
    }
};

} // namespace wan::executors
