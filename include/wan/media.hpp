// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// An image that a request refers to.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace wan {

/// A medium by its URL: http, https, oss:// or `data:image/...;base64,`.
class media {
public:
    media() = default;
    media(std::string url) noexcept : url_(std::move(url)) {}
    media(std::string_view url) : url_(url) {}
    media(const char* url) : url_(url == nullptr ? "" : url) {}

    bool empty() const noexcept { return url_.empty(); }
    std::string_view url() const noexcept { return url_; }

    friend bool operator==(const media&, const media&) = default;

private:
    std::string url_;
};

} // namespace wan
