// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// SinanCode: flat bodies, a path per job, results as strings or objects.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/provider/provider.hpp>

#include <string>

namespace wan::inline WAN_ABI::sinancode {

/// The dialect of SinanCode's API. Its error codes are not documented: errors are classified by HTTP status.
WAN_DECLARE_DATA(dialect, api);

/// Creates a provider at any address that offers this API. The address ends with the version:
/// `https://HOST/v1`.
WAN_DECL wan::provider at(std::string base_url, api_key key);
/// Creates the provider SinanCode, at `https://api.sinancode.com/v1`.
WAN_DECL wan::provider provider(api_key key);

} // namespace wan::inline WAN_ABI::sinancode

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/provider/impl/sinancode.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
