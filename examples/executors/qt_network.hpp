// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// An executor over Qt Network 6.3 or newer, on the event loop of its thread. Needs no moc. Copy it with the
/// folder `qt_network`, or include it.
///
/// Limits of Qt Network that this executor cannot remove:
/// - Qt does not report when a request starts to be sent, but reads the body of a POST when its head is sent.
///   Until then a failed POST with a body is `not_sent`: no server has all of it. Other requests are
///   `not_sent` only after an unknown host, a refused connection, a failed TLS handshake or a wrong URL.
/// - Qt repeats requests whose connection was closed without a response. Here this affects only GETs: the
///   body of a POST can be read once only, and has its own connection.
/// - Qt has its own HTTP threads, one for all GETs and one for each POST in flight; bodies are read on the
///   thread of the event loop.
/// - Qt starts a GET before the limit of its buffer can be set. If the event loop is blocked at that moment,
///   all arriving data is kept in memory.
/// - Qt 6.4 does not limit the size of a response head before it is complete: an endless head fills the
///   memory and keeps Qt's thread busy.
/// - An interim response other than `100 Continue` (103 Early Hints) ends the exchange with Qt 6.4, as
///   `maybe_sent`.
/// - At most six GETs run at once per host. Further ones wait, while their timeouts are running.
/// - The application configures proxies (QNetworkProxyFactory).
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

/// Starts exchanges and reports their outcomes by callback, from the event loop of the thread that created
/// it:
///
///     wan::executors::qt_network http;
///     http(request, [](wan::http_result result) { ... });
///
/// Checks TLS certificates, follows no redirect, never sends a POST twice, and limits the size of responses.
/// Use it only on the thread of its event loop. The destructor aborts the exchanges in flight without calling
/// any callback.
class qt_network {
public:
    struct options {
        /// PEM file of the only trusted certificates; if it cannot be read, none is trusted. Empty: the
        /// system's certificates.
        std::string ca_file = {};
    };

    qt_network() : qt_network(options{}) {}
    explicit qt_network(const options& chosen) {
        if (chosen.ca_file.empty()) return;
        tls_.setCaCertificates(QSslCertificate::fromPath(QString::fromStdString(chosen.ca_file)));
    }
    qt_network(const qt_network&) = delete;
    qt_network& operator=(const qt_network&) = delete;

    /// Starts an exchange. The event loop calls `done` later, exactly once. `done` may start further
    /// exchanges, cancel them, and destroy this object. Keeps no reference to `request`; pass it as an rvalue
    /// to avoid a copy of its body.
    void operator()(http_request request, std::function<void(http_result)> done) {
        const auto number = ++begun_;
        auto tell = [this, number, done = std::move(done)](http_result result) {
            const auto ended = exchanges_.extract(number); // keeps the exchange alive until `done` returns
            done(std::move(result));
        };
        exchanges_.emplace(number, std::make_unique<detail::qt_exchange>(manager_, std::move(request), tls_,
                                                                         std::move(tell)));
    }

    /// Returns the number of exchanges whose `done` has not been called.
    std::size_t running() const noexcept { return exchanges_.size(); }

    /// Aborts every exchange; the event loop reports them.
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
        constexpr std::chrono::milliseconds longest{
            0x7FFFFFFF}; // a timer that expires too early is set again by the caller
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(at - now());
        QTimer::singleShot(std::clamp(left, std::chrono::milliseconds{0}, longest), Qt::PreciseTimer,
                           std::move(callback));
    }
};

} // namespace wan::executors
