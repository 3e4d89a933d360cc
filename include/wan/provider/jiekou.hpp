// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// JieKou, Novita and PPIO: one API at three addresses. A path per model, flat bodies, media by URL alone.
#pragma once

#include <wan/config.hpp>
#include <wan/provider/provider.hpp>

#include <string>

namespace wan::jiekou {

extern const dialect api;
extern const dialect novita_api;
extern const dialect ppio_api;

/// The path is JieKou's by analogy with its other models and with Novita's and PPIO's pages for this one.
WAN_DECL wan::provider provider(api_key key);
WAN_DECL wan::provider novita(api_key key);
WAN_DECL wan::provider ppio(api_key key);
WAN_DECL wan::provider at(std::string base_url, api_key key);

} // namespace wan::jiekou

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/impl/jiekou.ipp>
#endif
