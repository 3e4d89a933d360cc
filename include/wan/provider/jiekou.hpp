// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// JieKou, Novita and PPIO: one API at three addresses. Each model has its own path, bodies are flat, and
/// media are sent only as URLs.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/provider/provider.hpp>

#include <string>

namespace wan::inline WAN_ABI::jiekou {

/// The dialect of JieKou's API, for models of generation 2.7 and newer.
WAN_DECLARE_DATA(dialect, api);

/// Creates the provider JieKou, at `https://api.jiekou.ai`. JieKou does not document the path of the keyframe
/// model. It is inferred from JieKou's other models, and from the pages of Novita and PPIO for this model.
WAN_DECL wan::provider provider(api_key key);
/// Creates a provider at any address that offers this API. The address is the part of the URLs before
/// `/v3/async`.
WAN_DECL wan::provider at(std::string base_url, api_key key);

} // namespace wan::inline WAN_ABI::jiekou

namespace wan::inline WAN_ABI::novita {

/// The dialect of JieKou's API, as Novita offers it.
WAN_DECLARE_DATA(dialect, api);

/// Creates the provider Novita, at `https://api.novita.ai`.
WAN_DECL wan::provider provider(api_key key);
/// Creates a provider at any address that offers this API. The address is the part of the URLs before
/// `/v3/async`.
WAN_DECL wan::provider at(std::string base_url, api_key key);

} // namespace wan::inline WAN_ABI::novita

namespace wan::inline WAN_ABI::ppio {

/// The dialect of JieKou's API, as PPIO offers it.
WAN_DECLARE_DATA(dialect, api);

/// Creates the provider PPIO, at `https://api.ppio.com`.
WAN_DECL wan::provider provider(api_key key);
/// Creates a provider at any address that offers this API. The address is the part of the URLs before
/// `/v3/async`.
WAN_DECL wan::provider at(std::string base_url, api_key key);

} // namespace wan::inline WAN_ABI::ppio

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/provider/impl/jiekou.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
