// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// JieKou, Novita and PPIO: one API at three addresses. A path per model, flat bodies, media by URL alone.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/provider/provider.hpp>

#include <string>

namespace wan::inline WAN_ABI::jiekou {

/// JieKou's API, which serves wan2.7-i2v alone here.
WAN_DECLARE_DATA(dialect, api);

/// JieKou, at `https://api.jiekou.ai`. The path is by analogy with its other models and with Novita's and
/// PPIO's pages for this one.
WAN_DECL wan::provider provider(api_key key);
/// Any address that speaks this API. It is what stands before `/v3/async`.
WAN_DECL wan::provider at(std::string base_url, api_key key);

} // namespace wan::inline WAN_ABI::jiekou

namespace wan::inline WAN_ABI::novita {

/// JieKou's API, as Novita offers it.
WAN_DECLARE_DATA(dialect, api);

/// Novita, at `https://api.novita.ai`.
WAN_DECL wan::provider provider(api_key key);
/// Any address that speaks this API. It is what stands before `/v3/async`.
WAN_DECL wan::provider at(std::string base_url, api_key key);

} // namespace wan::inline WAN_ABI::novita

namespace wan::inline WAN_ABI::ppio {

/// JieKou's API, as PPIO offers it.
WAN_DECLARE_DATA(dialect, api);

/// PPIO, at `https://api.ppio.com`.
WAN_DECL wan::provider provider(api_key key);
/// Any address that speaks this API. It is what stands before `/v3/async`.
WAN_DECL wan::provider at(std::string base_url, api_key key);

} // namespace wan::inline WAN_ABI::ppio

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/provider/impl/jiekou.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
