// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// One HTTP exchange over Qt Network.
#pragma once

#include "body.hpp"

#include <wan/http/body.hpp>
#include <wan/http/executor.hpp>
#include <wan/http/url.hpp>

#include <QByteArray>
#include <QLatin1String>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QObject>
#include <QSslConfiguration>
#include <QTimer>
#include <QUrl>
#include <QVariant>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace wan::executors {

namespace detail {

/// One exchange; the constructor starts it. Reports its outcome once, later, from the event loop.
class qt_exchange final : public QObject {
public:
    qt_exchange(QNetworkAccessManager& manager, http_request request, const QSslConfiguration& tls,
                std::function<void(http_result)> tell)
        : request_(std::make_shared<const http_request>(std::move(request))), tell_(std::move(tell)) {
        deadline_.setSingleShot(true);
        deadline_.setTimerType(Qt::PreciseTimer);
        connect(&deadline_, &QTimer::timeout, this, [this] {
            end(broken_off("no response within " + std::to_string(request_->timeout.count()) +
                           " ms, the request's timeout; check the network, or set a longer timeout"));
        });
        deadline_.start(std::clamp(request_->timeout, std::chrono::milliseconds{1},
                                   std::chrono::milliseconds{0x7FFFFFFF}));
        const auto url = to_url(request_->url);
        if (url)
            begin(manager, to_qt(*url, tls));
        else
            end(transport_error{delivery::not_sent,
                                shown(request_->url) +
                                    " is not an http or https URL, or has credentials; correct it"});
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

    /// Returns a URL for display, without its parts that may be secret.
    static std::string shown(const std::string& text) {
        const auto url = parse_url(text);
        if (!url) return "the request's URL (" + std::to_string(text.size()) + " bytes)";
        return std::string{url->scheme}.append("://").append(url->host);
    }

    QNetworkRequest to_qt(const QUrl& url, const QSslConfiguration& tls) const {
        QNetworkRequest question{url};
        question.setSslConfiguration(tls);
        // The key would be sent along.
        question.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                              QNetworkRequest::ManualRedirectPolicy);
        question.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
        question.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
        question.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
        question.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
        question.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
        question.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
        question.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        question.setRawHeader("Accept-Encoding", "identity"); // otherwise Qt decodes responses
        if (request_->method == http_method::post) {
            // without it, Qt sends the type of a form
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
            // A reused connection may be closed at this moment, and it would be unknown whether the server
            // has read the request.
            own_manager_ = std::make_unique<QNetworkAccessManager>();
            const auto broken = [this](std::uint64_t position) {
                end(transport_error{delivery::not_sent, to_string(unreadable_body{position})});
            };
            const auto has_response = [this] { return is_redirect(); };
            // A request that was reported as not sent must not be sent afterwards.
            const auto may_leave = [this] { return !has_ended_ && (is_on_its_way_ = true); };
            auto body = std::make_unique<qt_body>(request_, may_leave, broken, has_response);
            reply_.reset(own_manager_->post(question, body.get()));
            body.release()->setParent(reply_.get()); // Qt reads the body as long as the reply exists
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
            end(error("the response headers are larger than " + std::to_string(max_header_bytes) +
                      " bytes, the limit of this executor; check the base URL and the proxy"));
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
        end(transport_error{
            delivery::maybe_sent,
            "the response is larger than " + std::to_string(request_->max_reply_bytes) +
                " bytes, the limit of the request; check the base URL, or raise policy::max_reply_bytes"});
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
            return end(error("the server sent an interim response, which this version of Qt cannot skip; use "
                             "another executor"));
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
        if (code == QNetworkReply::NoError)
            said = "the connection was closed before the end of the response; check the network";
        // see qt_body::reset
        if (code == QNetworkReply::ContentReSendError)
            said = "the connection was closed without a response; check the network";
        return nothing_left && !is_on_its_way_ ? transport_error{delivery::not_sent, std::move(said)}
                                               : broken_off(std::move(said));
    }

    /// Returns whether the code stands for an HTTP status, so that there is a response.
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
        // Not now: this may be called by Qt or by the constructor.
        QTimer::singleShot(0, this, [this] {
            let_go();
            const auto tell = std::move(tell_);
            tell(std::move(result_)); // destroys this
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
    std::unique_ptr<QNetworkAccessManager> own_manager_; ///< only for a POST
    std::unique_ptr<QNetworkReply> reply_;
    http_response response_;
    http_result result_ = transport_error{};
    bool is_on_its_way_ = false;
    bool has_ended_ = false;
};

} // namespace detail

} // namespace wan::executors
