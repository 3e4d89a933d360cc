// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// YutoAI: DashScope's API, passed through under a prefix.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>
#include <wan/provider/provider.hpp>

#include <string>

namespace wan::inline WAN_ABI::yutoai {

/// The dialect of YutoAI: DashScope's API without uploads, task lists or cancels.
WAN_DECLARE_DATA(dialect, api);

/// Creates a provider at the base URL that your account shows: the host is not published. `/qwen/api/v1` is
/// appended if it is missing.
WAN_DECL provider at(std::string base_url, api_key key);

} // namespace wan::inline WAN_ABI::yutoai

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/provider/impl/yutoai.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
