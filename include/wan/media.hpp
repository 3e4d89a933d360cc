// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// An image, sound or clip that a request refers to.
#pragma once

#include <wan/reflect.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace wan {

/// How a medium can be named. `oss` is DashScope's own store, `data` holds the medium itself.
enum class url_scheme { http, https, oss, data };
BOOST_DESCRIBE_ENUM(url_scheme, http, https, oss, data)

/// A medium by its URL: http, https, oss:// or, of an image, `data:image/...;base64,`.
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
