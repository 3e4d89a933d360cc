// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// What a request carries: its size is known before the first byte, and it is pulled, not copied.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace wan {

/// The body of a request.
class http_body {
public:
    http_body() = default;
    http_body(std::string text) noexcept : text_(std::move(text)) {}

    /// The value of Content-Length.
    std::uint64_t size() const noexcept { return text_.size(); }
    bool empty() const noexcept { return text_.empty(); }

    /// The whole body in one string, for executors that want no less.
    std::string flatten() const { return text_; }

private:
    friend class http_body_reader;
    std::string text_;
};

/// Pulls a body piece by piece. Refers to the body, which must outlive it.
class http_body_reader {
public:
    explicit http_body_reader(const http_body& body) noexcept : body_(&body) {}

    /// Fills `buffer` from the front and returns how many bytes that were; 0 at the end.
    std::size_t read(std::span<char> buffer) noexcept {
        const std::size_t n = (std::min)(buffer.size(), body_->text_.size() - position_);
        if (n != 0) std::memcpy(buffer.data(), body_->text_.data() + position_, n);
        position_ += n;
        return n;
    }

    /// Back to the first byte, for an executor that must start again before anything was sent.
    void rewind() noexcept { position_ = 0; }

private:
    const http_body* body_;
    std::size_t position_ = 0;
};

} // namespace wan
