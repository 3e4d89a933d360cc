// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// The body of a request, as Qt reads it.
#pragma once

#include <wan/http/executor.hpp>

#include <QIODevice>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

namespace wan::executors {

namespace detail {

/// The body of a POST. It can be read once only, which keeps Qt from repeating the request.
class qt_body final : public QIODevice {
public:
    qt_body(std::shared_ptr<const http_request> request, std::function<bool()> may_leave,
            std::function<void(std::uint64_t)> on_broken, std::function<bool()> has_response)
        : request_(std::move(request)), reader_(request_->body), may_leave_(std::move(may_leave)),
          on_broken_(std::move(on_broken)), has_response_(std::move(has_response)) {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }

    bool isSequential() const override { return true; }
    /// Qt calls this before it repeats the request, but also after a 307, which it does not follow.
    bool reset() override { return has_response_(); }
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
            on_broken_(n.error().position);
            return 0; // an error would be treated as the end
        }
        read_ += *n;
        return *n == 0 ? -1 : static_cast<qint64>(*n);
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    std::shared_ptr<const http_request> request_;
    http_body_reader reader_;
    std::function<bool()> may_leave_;
    std::function<void(std::uint64_t)> on_broken_; ///< with the position in the body
    std::function<bool()> has_response_;
    std::uint64_t read_ = 0;
    bool is_broken_ = false;
};

} // namespace detail

} // namespace wan::executors
