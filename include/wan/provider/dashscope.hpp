// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// DashScope (Alibaba Cloud Model Studio), and services that pass its API through.
#pragma once

#include <wan/config.hpp>
#include <wan/provider/provider.hpp>

#include <string>
#include <string_view>

namespace wan::dashscope {

extern const dialect api;

/// The region that an address is known to be in.
WAN_DECL region region_at(std::string_view base_url) noexcept;

/// Any address that speaks DashScope's API: a workspace's own host, a relay, the sandbox. The path up to the
/// version belongs to it: `https://HOST/api/v1`.
WAN_DECL provider at(std::string base_url, api_key key);

WAN_DECL provider singapore(api_key key);
WAN_DECL provider virginia(api_key key);
WAN_DECL provider beijing(api_key key);

} // namespace wan::dashscope

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/impl/dashscope.ipp>
#endif
