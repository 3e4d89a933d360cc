// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// The secret that pays. Nothing in this library prints it.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace wan {

/// An API key. Cannot be streamed or formatted; `reveal()` is the one way to its text, for the Authorization header.
class api_key {
public:
    api_key() = default;
    api_key(std::string text) noexcept : text_(std::move(text)) {}
    api_key(std::string_view text) : text_(text) {}
    api_key(const char* text) : text_(text == nullptr ? "" : text) {}

    bool empty() const noexcept { return text_.empty(); }

    /// Whether an HTTP header can carry it: visible ASCII, no spaces, no line ends.
    bool fits_a_header() const noexcept {
        for (const char c : text_)
            if (c <= 0x20 || c >= 0x7F) return false;
        return true;
    }

    const std::string& reveal() const noexcept { return text_; }

    template <class Stream>
    friend Stream& operator<<(Stream&, const api_key&) = delete;

private:
    std::string text_;
};

} // namespace wan
