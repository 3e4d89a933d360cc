// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/prologue.hpp>

#include <wan/http/api_key.hpp>

#include <cstddef>
#include <string>

namespace wan::inline WAN_ABI::detail {

/// A service may repeat the key in what it says; it goes no further. Shorter keys are none.
inline void hide_key(const api_key& key, std::string& text) {
    const auto& secret = key.reveal();
    constexpr std::size_t shortest_key = 6;
    if (secret.size() < shortest_key) return;
    const auto hide = [&text](const std::string& form) {
        for (auto at = text.find(form); at != std::string::npos; at = text.find(form, at)) text.replace(at, form.size(), "***");
    };
    hide(secret);
    if (secret.find('/') == std::string::npos) return;
    std::string in_json; // as some servers write it
    for (const char c : secret) in_json.append(c == '/' ? "\\/" : std::string(1, c));
    hide(in_json);
}

} // namespace wan::inline WAN_ABI::detail

#include <wan/detail/epilogue.hpp>
