// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// DashScope (Alibaba Cloud Model Studio), and providers that pass its API through.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/provider/provider.hpp>

#include <string>
#include <string_view>

namespace wan::inline WAN_ABI::dashscope {

/// The dialect of DashScope's API, as its guides and API references describe it. Some other providers pass
/// this API through.
WAN_DECLARE_DATA(dialect, api);

/// Returns the region of an address, according to its host. Returns `unknown` for a host that belongs to no
/// region, such as a relay or the sandbox; regions are then not checked.
WAN_DECL region region_at(std::string_view base_url) noexcept;

/// Creates a provider at any address that offers DashScope's API: a workspace's own host, a relay or the
/// sandbox. The address includes the path up to the version: `https://HOST/api/v1`.
WAN_DECL wan::provider at(std::string base_url, api_key key);

/// Creates the provider DashScope in a region. Key, address and model must belong to the same region.
///
/// | region | address |
/// |---|---|
/// | `singapore` | `https://dashscope-intl.aliyuncs.com/api/v1` |
/// | `virginia` | `https://dashscope-us.aliyuncs.com/api/v1`: no keyframe models according to its docs |
/// | `beijing` | `https://dashscope.aliyuncs.com/api/v1` |
///
/// For any region that is not in the table, no address is documented, and `validate` rejects the provider.
/// Use `at` for such a region.
WAN_DECL wan::provider provider(api_key key, region where);

} // namespace wan::inline WAN_ABI::dashscope

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/provider/impl/dashscope.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
