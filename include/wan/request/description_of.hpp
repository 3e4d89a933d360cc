// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// Descriptions of the members of requests, for help texts, forms and schemas.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>

#include <string_view>

namespace wan::inline WAN_ABI {

/// Returns the description of the member with this wire name, such as "How long the video is, in seconds".
/// Returns an empty text if the name is unknown.
WAN_DECL std::string_view description_of(std::string_view member) noexcept;

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/request/impl/description_of.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
