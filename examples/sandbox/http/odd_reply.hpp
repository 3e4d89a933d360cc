// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
// A response that is sent incorrectly.
#pragma once

#include "sandbox/http/message.hpp"

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>

#include <cstddef>
#include <string>

namespace sandbox {

/// The bytes of a response, and how many of them were sent.
struct odd_reply {
    using head = boost::beast::http::response<boost::beast::http::empty_body>;

    odd_reply(manner its_manner, head message, const std::string& content);

    manner how;
    std::string bytes;
    std::size_t sent = 0;
};

} // namespace sandbox
