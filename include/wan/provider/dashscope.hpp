// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// DashScope (Alibaba Cloud Model Studio), and services that pass its API through.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/provider/provider.hpp>

#include <string>
#include <string_view>

namespace wan::inline WAN_ABI::dashscope {

/// DashScope's API, as its guides and API references describe it. Other services pass it through.
WAN_DECLARE_DATA(dialect, api);

/// The region that an address is known to be in, by its host; `unknown` for a relay or the sandbox, which are
/// not checked.
WAN_DECL region region_at(std::string_view base_url) noexcept;

/// Any address that speaks DashScope's API: a workspace's own host, a relay, the sandbox. The path up to the
/// version belongs to it: `https://HOST/api/v1`.
WAN_DECL provider at(std::string base_url, api_key key);

/// `https://dashscope-intl.aliyuncs.com/api/v1`. Key, address and model must be of the same region.
WAN_DECL provider singapore(api_key key);
/// `https://dashscope-us.aliyuncs.com/api/v1`: no keyframe models (DashScope's API reference).
WAN_DECL provider virginia(api_key key);
/// `https://dashscope.aliyuncs.com/api/v1`.
WAN_DECL provider beijing(api_key key);

} // namespace wan::inline WAN_ABI::dashscope

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/provider/impl/dashscope.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
