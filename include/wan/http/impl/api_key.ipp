// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma once

#include <wan/detail/text.hpp>
#include <wan/http/api_key.hpp>
#include <wan/http/url.hpp>

namespace wan::inline WAN_ABI {

WAN_DECL bool may_carry_key(std::string_view base_url) noexcept {
    const auto url = parse_url(base_url);
    return url && (detail::equal_ignoring_case(url->scheme, "https") ||
                   (detail::equal_ignoring_case(url->scheme, "http") && is_loopback(url->host)));
}

} // namespace wan::inline WAN_ABI
