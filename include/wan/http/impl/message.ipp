// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/text.hpp>
#include <wan/http/message.hpp>

namespace wan::inline WAN_ABI {

WAN_DECL const std::string* find_header(const std::vector<http_header>& headers,
                                        std::string_view name) noexcept {
    for (const auto& h : headers)
        if (detail::equal_ignoring_case(h.name, name)) return &h.value;
    return nullptr;
}

WAN_DECL std::string masked(const http_header& h) {
    if (!h.sensitive) return h.value;
    const auto space =
        detail::equal_ignoring_case(h.name, "Authorization") ? h.value.find(' ') : std::string::npos;
    return space == std::string::npos ? "***" : h.value.substr(0, space + 1) + "***";
}

} // namespace wan::inline WAN_ABI
