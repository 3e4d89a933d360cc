// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// The secret that pays: nothing in this library prints it, and it goes only to https.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace wan::inline WAN_ABI {

/// An API key. Cannot be streamed or formatted; `reveal()` is the one way to its text, for the Authorization
/// header.
class api_key {
public:
    api_key() = default;
    /// Accepts any text; `validate` checks whether it can be a key.
    api_key(std::string text) noexcept : text_(std::move(text)) {}
    /// A copy of the text.
    api_key(std::string_view text) : text_(text) {}
    /// A copy of the text; null, as `std::getenv` gives it, is treated as empty.
    api_key(const char* text) : text_(text == nullptr ? "" : text) {}

    /// Without a key every request is invalid.
    bool empty() const noexcept { return text_.empty(); }

    /// Whether an HTTP header can carry it: visible ASCII, no spaces, no line ends.
    bool fits_a_header() const noexcept {
        for (const char c : text_)
            if (c <= 0x20 || c >= 0x7F) return false;
        return true;
    }

    /// The text. Do not log it.
    const std::string& reveal() const noexcept { return text_; }

    template <class Stream>
    friend Stream& operator<<(Stream&, const api_key&) = delete;

private:
    std::string text_;
};

/// Whether a request to that base URL may carry an API key: over https, or over http to a loopback host.
WAN_DECL bool may_carry_key(std::string_view base_url) noexcept;

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/http/impl/api_key.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
