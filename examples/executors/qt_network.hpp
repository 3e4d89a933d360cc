// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// An executor over Qt Network, from 6.3 on, on the event loop of its thread. Needs no moc. Copy it or
/// include it.
///
/// Limits of the library, which this executor cannot take away:
/// - Qt does not say when a request begins to leave, but asks for the body of a POST when its head leaves.
/// Until then the end of
///   one with a body is `not_sent`: no server has the whole of it. Of all other requests only an unknown
///   host, a refused connection, a failed TLS handshake and a wrong URL are.
/// - Qt repeats requests whose connection was closed without an answer. Here that happens to GETs only: the
/// body of a POST is
///   handed out once, on a connection of its own.
/// - Qt has threads of its own for HTTP, one for all GETs and one for each POST under way; bodies are pulled
/// on the event loop's.
/// - Qt begins a GET before it can be told the bound of its buffer. If the event loop's thread stands still
/// just then, what arrives
///   meanwhile is kept in memory.
/// - Qt 6.4 does not bound the head of a reply before it is whole: one without an end fills memory, and keeps
/// Qt's thread busy.
/// - An interim answer other than `100 Continue` (103 Early Hints) ends the exchange with Qt 6.4, as
/// `maybe_sent`.
/// - Of GETs, at most six at once go to one host. Further ones wait; their time-out runs already.
/// - Proxies are the application's (QNetworkProxyFactory).
#pragma once

#include <wan/http/executor.hpp>
#include <wan/http/url.hpp>
#include <wan/task/policy.hpp>

#include <QByteArray>
#include <QIODevice>
#include <QLatin1String>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QObject>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QString>
#include <QTimer>
#include <QUrl>
#include <QVariant>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace wan::executors {

namespace detail {

/// The body of a POST, pulled once. That it cannot go back keeps Qt from repeating the request.
class qt_body final : public QIODevice {
public:
    qt_body(std::shared_ptr<const http_request> request, std::function<bool()> may_leave,
            std::function<void()> on_broken, std::function<bool()> is_answered)
        : request_(std::move(request)), reader_(request_->body), may_leave_(std::move(may_leave)),
          on_broken_(std::move(on_broken)), is_answered_(std::move(is_answered)) {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }

    bool isSequential() const override { return true; }
    /// Qt asks before it repeats the request, but also when a 307 was the answer, which it does not follow.
    bool reset() override { return is_answered_(); }
    bool seek(qint64) override { return false; }
    bool atEnd() const override { return !is_broken_ && read_ == request_->body.size(); }
    qint64 bytesAvailable() const override {
        return is_broken_ ? 0 : static_cast<qint64>(request_->body.size() - read_);
    }

protected:
    qint64 readData(char* to, qint64 size) override {
        if (is_broken_ || !may_leave_()) return 0;
        const auto n = reader_.read({to, static_cast<std::size_t>(size)});
        if (!n) {
            is_broken_ = true;
            on_broken_();
            return 0; // an error would count as the end
        }
        read_ += *n;
        return *n == 0 ? -1 : static_cast<qint64>(*n);
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    std::shared_ptr<const http_request> request_;
    http_body_reader reader_;
    std::function<bool()> may_leave_;
    std::function<void()> on_broken_;
    std::function<bool()> is_answered_;
    std::uint64_t read_ = 0;
    bool is_broken_ = false;
};

/// One exchange, from its construction on. Tells its end once, later, from the event loop.
class qt_exchange final : public QObject {
public:
    qt_exchange(QNetworkAccessManager& manager, http_request request, const QSslConfiguration& tls,
                std::function<void(http_result)> tell)
        : request_(std::make_shared<const http_request>(std::move(request))), tell_(std::move(tell)) {
        deadline_.setSingleShot(true);
        deadline_.setTimerType(Qt::PreciseTimer);
        connect(&deadline_, &QTimer::timeout, this, [this] {
            end(broken_off("no answer within " + std::to_string(request_->timeout.count()) + " ms"));
        });
        deadline_.start(std::clamp(request_->timeout, std::chrono::milliseconds{1},
                                   std::chrono::milliseconds{0x7FFFFFFF}));
        const auto url = to_url(request_->url);
        if (url)
            begin(manager, to_qt(*url, tls));
        else
            end(transport_error{delivery::not_sent, "not an http or https URL, or one with credentials"});
    }
    ~qt_exchange() override { let_go(); }

    void cancel() { end(broken_off("canceled by the caller")); }

private:
    static constexpr qint64 block_size = qint64{1} << 16;
    static constexpr std::size_t max_header_bytes = std::size_t{1} << 18;

    static std::optional<QUrl> to_url(const std::string& text) {
        const auto parts = parse_url(text);
        if (!parts || !parts->userinfo.empty()) return std::nullopt;
        auto url = QUrl::fromEncoded(QByteArray::fromStdString(text), QUrl::StrictMode);
        if (!url.isValid() || url.host().isEmpty()) return std::nullopt;
        const auto scheme = url.scheme(); // in lower case
        if (scheme != QLatin1String{"http"} && scheme != QLatin1String{"https"}) return std::nullopt;
        return url;
    }

    QNetworkRequest to_qt(const QUrl& url, const QSslConfiguration& tls) const {
        QNetworkRequest question{url};
        question.setSslConfiguration(tls);
        // The key would travel along.
        question.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                              QNetworkRequest::ManualRedirectPolicy);
        question.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
        question.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
        question.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
        question.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
        question.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
        question.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
        question.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        question.setRawHeader("Accept-Encoding", "identity"); // else Qt unpacks replies
        if (request_->method == http_method::post) {
            // if there is none, Qt says it is a form
            question.setRawHeader("Content-Type", "application/octet-stream");
            question.setHeader(QNetworkRequest::ContentLengthHeader,
                               QVariant::fromValue<qulonglong>(request_->body.size()));
        }
        for (const auto& h : request_->headers)
            question.setRawHeader(QByteArray::fromStdString(h.name), QByteArray::fromStdString(h.value));
        return question;
    }

    void begin(QNetworkAccessManager& shared, const QNetworkRequest& question) {
        if (request_->method == http_method::post) {
            // A kept connection may be closed just now, and nobody could tell whether the server had read the
            // request.
            own_manager_ = std::make_unique<QNetworkAccessManager>();
            const auto broken = [this] {
                end(transport_error{delivery::not_sent, "a file of the request cannot be read"});
            };
            const auto is_answered = [this] { return is_redirect(); };
            // What has been told as not sent must not leave after all.
            const auto may_leave = [this] { return !has_ended_ && (is_on_its_way_ = true); };
            auto body = std::make_unique<qt_body>(request_, may_leave, broken, is_answered);
            reply_.reset(own_manager_->post(question, body.get()));
            body.release()->setParent(reply_.get()); // Qt reads it as long as there is a reply
        } else {
            reply_.reset(shared.get(question));
        }
        reply_->setReadBufferSize(block_size);
        connect(reply_.get(), &QNetworkReply::encrypted, this, [this] { is_on_its_way_ = true; });
        connect(reply_.get(), &QNetworkReply::requestSent, this, [this] { is_on_its_way_ = true; });
        connect(reply_.get(), &QNetworkReply::metaDataChanged, this, [this] { check_head(); });
        connect(reply_.get(), &QNetworkReply::readyRead, this, [this] { take(); });
        connect(reply_.get(), &QNetworkReply::finished, this, [this] { conclude(); });
    }

    bool is_redirect() const {
        const auto status = reply_ ? reply_->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() : 0;
        return status == 307 || status == 308;
    }

    void check_head() {
        const auto length = reply_->header(QNetworkRequest::ContentLengthHeader);
        if (length.isValid() && length.toULongLong() > request_->max_reply_bytes) return too_large();
        std::size_t bytes = 0;
        for (const auto& [name, value] : reply_->rawHeaderPairs())
            bytes += static_cast<std::size_t>(name.size() + value.size());
        if (bytes > max_header_bytes)
            end(error("the headers of the reply are larger than " + std::to_string(max_header_bytes) +
                      " bytes"));
    }

    void take() {
        char block[block_size];
        while (!has_ended_) {
            const auto n = reply_->read(block, block_size);
            if (n <= 0) return;
            if (static_cast<std::size_t>(n) > request_->max_reply_bytes - response_.body.size())
                return too_large();
            response_.body.append(block, static_cast<std::size_t>(n));
        }
    }

    void too_large() {
        end(transport_error{delivery::maybe_sent, "the reply is larger than " +
                                                      std::to_string(request_->max_reply_bytes) + " bytes"});
    }

    void conclude() {
        check_head();
        if (!has_ended_) take();
        if (has_ended_) return;
        const auto status = reply_->attribute(QNetworkRequest::HttpStatusCodeAttribute);
        const auto length = reply_->header(QNetworkRequest::ContentLengthHeader);
        const bool is_whole = !length.isValid() || length.toULongLong() == response_.body.size();
        if (!status.isValid() || !is_status_error(reply_->error()) || !is_whole) return end(failure());
        response_.status = status.toUInt();
        if (response_.status / 100 == 1)
            return end(error("the server sent an interim answer, which this Qt does not skip"));
        for (const auto& [name, value] : reply_->rawHeaderPairs())
            response_.headers.push_back({name.toStdString(), value.trimmed().toStdString()});
        end(std::move(response_));
    }

    transport_error failure() const {
        const auto code = reply_->error();
        const bool nothing_left =
            code == QNetworkReply::ConnectionRefusedError || code == QNetworkReply::HostNotFoundError ||
            code == QNetworkReply::SslHandshakeFailedError || code == QNetworkReply::ProtocolUnknownError;
        auto said = reply_->errorString().toStdString();
        if (code == QNetworkReply::NoError) said = "the reply broke off";
        // see qt_body::reset
        if (code == QNetworkReply::ContentReSendError) said = "the connection was closed without an answer";
        return nothing_left && !is_on_its_way_ ? transport_error{delivery::not_sent, std::move(said)}
                                               : broken_off(std::move(said));
    }

    /// Whether that is how Qt calls a status, so that there is an answer.
    static bool is_status_error(QNetworkReply::NetworkError code) noexcept {
        switch (code) {
        case QNetworkReply::NoError:
        case QNetworkReply::ProtocolInvalidOperationError:
        case QNetworkReply::AuthenticationRequiredError:
        case QNetworkReply::ProxyAuthenticationRequiredError:
        case QNetworkReply::ContentAccessDenied:
        case QNetworkReply::ContentNotFoundError:
        case QNetworkReply::ContentOperationNotPermittedError:
        case QNetworkReply::ContentConflictError:
        case QNetworkReply::ContentGoneError:
        case QNetworkReply::UnknownContentError:
        case QNetworkReply::InternalServerError:
        case QNetworkReply::OperationNotImplementedError:
        case QNetworkReply::ServiceUnavailableError:
        case QNetworkReply::UnknownServerError: return true;
        default: return false;
        }
    }

    static transport_error error(std::string message) { return {delivery::maybe_sent, std::move(message)}; }

    transport_error broken_off(std::string message) const {
        const bool lacks_body = !request_->body.empty() && !is_on_its_way_;
        return {lacks_body ? delivery::not_sent : delivery::maybe_sent, std::move(message)};
    }

    void end(http_result result) {
        if (std::exchange(has_ended_, true)) return;
        result_ = std::move(result);
        // Not now: this may be within a call of Qt's, or the constructor.
        QTimer::singleShot(0, this, [this] {
            let_go();
            const auto tell = std::move(tell_);
            tell(std::move(result_)); // the end of this
        });
    }

    void let_go() {
        deadline_.stop();
        if (!reply_) return;
        reply_->disconnect(this);
        reply_->abort();
        reply_.reset();
        own_manager_.reset();
    }

    std::shared_ptr<const http_request> request_;
    std::function<void(http_result)> tell_;
    QTimer deadline_;
    std::unique_ptr<QNetworkAccessManager> own_manager_; ///< of a POST
    std::unique_ptr<QNetworkReply> reply_;
    http_response response_;
    http_result result_ = transport_error{};
    bool is_on_its_way_ = false;
    bool has_ended_ = false;
};

} // namespace detail

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
