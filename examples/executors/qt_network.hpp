// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// An executor over Qt Network, from 6.3 on, on the event loop of its thread. Needs no moc. Copy it with the
/// folder `qt_network`, or include it.
///
/// Limits of the library, which this executor cannot take away:
/// - Qt does not say when a request begins to leave, but asks for the body of a POST when its head leaves.
///   Until then the end of one with a body is `not_sent`: no server has the whole of it. Of all other
///   requests only an unknown host, a refused connection, a failed TLS handshake and a wrong URL are.
/// - Qt repeats requests whose connection was closed without a response. Here that happens to GETs only: the
///   body of a POST is handed out once, on a connection of its own.
/// - Qt has threads of its own for HTTP, one for all GETs and one for each POST under way; bodies are pulled
///   on the event loop's.
/// - Qt begins a GET before it can be told the bound of its buffer. If the event loop's thread stands still
///   just then, what arrives meanwhile is kept in memory.
/// - Qt 6.4 does not bound the head of a response before it is whole: one without an end fills memory, and
///   keeps Qt's thread busy.
/// - An interim response other than `100 Continue` (103 Early Hints) ends the exchange with Qt 6.4, as
///   `maybe_sent`.
/// - Of GETs, at most six at once go to one host. Further ones wait; their timeout runs already.
/// - Proxies are the application's (QNetworkProxyFactory).
#pragma once

#include "qt_network/exchange.hpp"

#include <wan/http/executor.hpp>
#include <wan/task/policy.hpp>

#include <QNetworkAccessManager>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QString>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace wan::executors {

/// Begins exchanges and tells their ends by callback, from the event loop of the thread that made it:
///
///     wan::executors::qt_network http;
///     http(request, [](wan::http_result result) { ... });
///
/// TLS certificates are checked, redirects are not followed, no POST is ever sent twice, replies are bounded
/// as they come. Of one thread: that of its event loop. Its end ends what is under way, and then nothing is
/// called any more.
class qt_network {
public:
    struct options {
        /// PEM, trusted alone: if it cannot be read, nothing is; empty: the system's certificates.
        std::string ca_file = {};
    };

    qt_network() : qt_network(options{}) {}
    explicit qt_network(const options& chosen) {
        if (chosen.ca_file.empty()) return;
        tls_.setCaCertificates(QSslCertificate::fromPath(QString::fromStdString(chosen.ca_file)));
    }
    qt_network(const qt_network&) = delete;
    qt_network& operator=(const qt_network&) = delete;

    /// Begins an exchange. The event loop calls `done` later, exactly once. It may begin further exchanges,
    /// cancel them, and destroy this. Of `request` nothing is referred to afterwards; give it as an rvalue to
    /// save a copy of its body.
    void operator()(http_request request, std::function<void(http_result)> done) {
        const auto number = ++begun_;
        auto tell = [this, number, done = std::move(done)](http_result result) {
            const auto ended = exchanges_.extract(number); // lives until this returns, whatever `done` does
            done(std::move(result));
        };
        exchanges_.emplace(number, std::make_unique<detail::qt_exchange>(manager_, std::move(request), tls_,
                                                                         std::move(tell)));
    }

    /// How many exchanges were begun whose `done` has not been called.
    std::size_t running() const noexcept { return exchanges_.size(); }

    /// Ends every exchange; the event loop tells.
    void cancel_all() {
        for (auto& [number, exchange] : exchanges_) exchange->cancel();
    }

private:
    QNetworkAccessManager manager_;
    QSslConfiguration tls_ = QSslConfiguration::defaultConfiguration();
    std::map<std::uint64_t, std::unique_ptr<detail::qt_exchange>> exchanges_;
    std::uint64_t begun_ = 0;
};

/// The clocks and the timer of `wan::run_async`, on the event loop of the thread that calls it.
struct qt_timer {
    std::chrono::sys_seconds today() const {
        return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    }
    time_point now() const { return std::chrono::steady_clock::now(); }
    void call_at(time_point at, std::function<void()> callback) const {
        constexpr std::chrono::milliseconds longest{0x7FFFFFFF}; // one that rings too early is set again
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(at - now());
        QTimer::singleShot(std::clamp(left, std::chrono::milliseconds{0}, longest), Qt::PreciseTimer,
                           std::move(callback));
    }
};

} // namespace wan::executors
