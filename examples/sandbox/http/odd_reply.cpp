// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#include "sandbox/http/odd_reply.hpp"

#include <boost/beast/http/write.hpp>

#include <cstdint>
#include <ostream>
#include <sstream>

namespace sandbox {

namespace {

bool sends_half(manner how) {
    return how == manner::cut || how == manner::short_chunks || how == manner::short_close;
}

/// Returns one chunk and the final chunk.
std::string in_chunks(const std::string& content) {
    std::ostringstream bytes;
    if (!content.empty()) bytes << std::hex << content.size() << "\r\n" << content << "\r\n";
    bytes << "0\r\n\r\n";
    return bytes.str();
}

} // namespace

odd_reply::odd_reply(manner its_manner, head message, const std::string& content) : how(its_manner) {
    constexpr std::uint64_t too_much = 64;
    auto length = content.size();
    if (how == manner::long_length) length += too_much;
    if (how == manner::short_length) length /= 2;
    if (how == manner::short_chunks)
        message.chunked(true);
    else if (how != manner::short_close)
        message.content_length(length);
    std::ostringstream head_bytes;
    head_bytes << message.base();
    auto body = content.substr(0, sends_half(how) ? content.size() / 2 : content.size());
    if (how == manner::short_chunks) body = in_chunks(body);
    bytes = head_bytes.str() + body;
}

} // namespace sandbox
