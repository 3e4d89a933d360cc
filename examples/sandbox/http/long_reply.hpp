// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A response that is never completely in memory.
#pragma once

#include "sandbox/http/message.hpp"

#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/serializer.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace sandbox {

/// The part of a long response that is being sent. Must not be moved.
class long_reply {
    using buffer_body = boost::beast::http::buffer_body;
    using head = boost::beast::http::response<buffer_body>;

    head message_;
    filled_content rest_;
    std::string piece_ = {};

public:
    boost::beast::http::response_serializer<buffer_body> serializer{message_};

    long_reply(head message, filled_content content)
        : message_(std::move(message)), rest_(std::move(content)) {
        message_.content_length(rest_.head.size() + rest_.filler + rest_.tail.size());
        message_.body().data = nullptr;
        message_.body().more = true;
    }
    long_reply(const long_reply&) = delete;
    long_reply& operator=(const long_reply&) = delete;

    /// Provides the next part to the serializer.
    void next_piece() {
        constexpr std::uint64_t most = 64 * 1024;
        piece_ = std::exchange(rest_.head, {});
        const auto filler = (std::min)(most, rest_.filler);
        piece_.append(static_cast<std::size_t>(filler), 'x');
        rest_.filler -= filler;
        if (rest_.filler == 0) piece_ += std::exchange(rest_.tail, {});
        message_.body().data = piece_.data();
        message_.body().size = piece_.size();
        message_.body().more = rest_.filler != 0;
    }
};

} // namespace sandbox
