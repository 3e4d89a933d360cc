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
WAN_DECL wan::provider at(std::string base_url, api_key key);

/// DashScope in a region. Key, address and model must be of the same region.
///
/// | region | address |
/// |---|---|
/// | `singapore` | `https://dashscope-intl.aliyuncs.com/api/v1` |
/// | `virginia` | `https://dashscope-us.aliyuncs.com/api/v1`: no keyframe models, by its API reference |
/// | `beijing` | `https://dashscope.aliyuncs.com/api/v1` |
///
/// Of any other region no address is documented: `validate` rejects the provider. Use `at`.
WAN_DECL wan::provider provider(api_key key, region where);

} // namespace wan::inline WAN_ABI::dashscope

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/provider/impl/dashscope.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
