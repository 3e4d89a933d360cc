// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// API keys: the library never prints them and sends them only over https, or over http to a loopback host.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace wan::inline WAN_ABI {

/// An API key. It cannot be streamed or formatted; only `reveal()` returns its text, for the Authorization
/// header.
/// Thread safety: a value; const access from several threads is safe.
/// \code
/// const wan::api_key key{std::getenv("DASHSCOPE_API_KEY")}; // null is treated as empty
/// if (key.empty()) return fail("DASHSCOPE_API_KEY is not set");
/// \endcode
class api_key {
public:
    api_key() = default;
    /// Accepts any text; `validate` checks whether it can be a key.
    api_key(std::string text) noexcept : text_(std::move(text)) {}
    /// Copies the text.
    api_key(std::string_view text) : text_(text) {}
    /// Copies the text. Null, which `std::getenv` may return, is treated as empty.
    api_key(const char* text) : text_(text == nullptr ? "" : text) {}

    /// Returns true if there is no key; every request is then invalid.
    bool empty() const noexcept { return text_.empty(); }

    /// Returns whether an HTTP header can carry the key: it must consist of visible ASCII characters, without
    /// spaces or line breaks.
    bool fits_a_header() const noexcept {
        for (const char c : text_)
            if (c <= 0x20 || c >= 0x7F) return false;
        return true;
    }

    /// Returns the text of the key. Do not log it.
    const std::string& reveal() const noexcept { return text_; }

    template <class Stream>
    friend Stream& operator<<(Stream&, const api_key&) = delete;

private:
    std::string text_;
};

/// Returns whether requests to this base URL may carry an API key: over https, or over http to a loopback
/// host.
WAN_DECL bool may_carry_key(std::string_view base_url) noexcept;

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/http/impl/api_key.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
