// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
/// \file
/// What the members of requests mean, in a sentence: for help texts, forms and schemas.
#pragma once

#include <wan/detail/push_macros.hpp>

#include <wan/config.hpp>

#include <string_view>

namespace wan::inline WAN_ABI {

/// Returns what a member is, by its wire name: "How long the video is, in seconds". Empty: it is not known.
WAN_DECL std::string_view description_of(std::string_view member) noexcept;

} // namespace wan::inline WAN_ABI

#ifndef WAN_SEPARATE_COMPILATION
#include <wan/request/impl/description_of.ipp>
#endif

#include <wan/detail/pop_macros.hpp>
